import { numberClusters } from "../cluster/number-clusters.js";
import type { Starts, Trial } from "./fit-solution.js";
import { fitTrials, type WorkOptions } from "./fit-trials.js";
import { countSizes, judgePairs } from "./judge-solution.js";
import type { PairJudgement } from "./judgement.js";
import { findPairValleys } from "./pair-valleys.js";
import type { PreparedRows } from "./prepare-rows.js";
import type { WorkProgress } from "./work-progress.js";

/** What the separation of every count is measured with. */
export interface SeparationPlan {
  readonly copies: number;
  readonly mayStopEarly: boolean;
  readonly starts: Starts;
  readonly copyStarts: Starts;
}

/** A solution with its valleys. */
export interface Candidate {
  readonly trial: Trial;
  readonly labels: Int32Array;
  readonly weights: Float64Array;
  readonly pairs: readonly PairJudgement[];
}

/** What to compare: trials to choose from, further trials, and labellings that are there already. */
export interface Compared {
  readonly tried: readonly Trial[];
  readonly further: readonly Trial[];
  readonly own: readonly { readonly count: number; readonly labels: Int32Array }[];
}

/** What `measureSeparation` takes. */
export interface SeparationOptions {
  readonly compared: Compared;
  readonly plan: SeparationPlan;
  readonly work: WorkOptions;
  readonly progress: WorkProgress;
}

/** Fits every trial and measures its valleys: tried, further, then own. */
export function findCandidates(
  prepared: PreparedRows,
  { compared, plan, work, progress }: SeparationOptions,
): Candidate[] {
  const { tried, further, own } = compared;
  return [
    ...fitCandidates(prepared, [...tried, ...further], { ...work, starts: plan.starts, progress }),
    ...own.map(({ count, labels }) =>
      measureCandidate(prepared, {
        trial: { count, route: "plain" },
        labels,
        weights: new Float64Array(prepared.columnCount).fill(1),
      }),
    ),
  ];
}

/** Starts that so many trials take. */
export function startsOf(trials: readonly Trial[], starts: Starts): number {
  return trials.reduce((sum, { route }) => sum + starts[route], 0);
}

function fitCandidates(
  prepared: PreparedRows,
  trials: readonly Trial[],
  { starts, progress, ...work }: WorkOptions & { readonly starts: Starts; readonly progress: WorkProgress },
): Candidate[] {
  if (trials.length === 0) return [];
  const onProgress = progress.step(startsOf(trials, starts));
  return fitTrials(prepared, trials, { ...work, starts, onProgress }).map(({ labels, weights }, i) => {
    const trial = trials[i]!;
    return measureCandidate(prepared, {
      trial,
      labels: numberClusters(labels, trial.count).labels,
      weights,
    });
  });
}

function measureCandidate(
  { points, columnCount, rowCount }: PreparedRows,
  solution: Omit<Candidate, "pairs">,
): Candidate {
  const { trial, labels } = solution;
  const pairs = findPairValleys({ points, columnCount, labels, clusterCount: trial.count });
  return { ...solution, pairs: judgePairs(pairs, countSizes(labels, trial.count), rowCount) };
}

import { numberClusters } from "../cluster/number-clusters.js";
import type { Starts, Trial } from "./fit-solution.js";
import { fitTrials, type WorkOptions } from "./fit-trials.js";
import type { CopyModel } from "./group-free-copies.js";
import { judgeCopies } from "./judge-copies.js";
import { countSizes, judgePairs } from "./judge-solution.js";
import type { CountSeparation, PairJudgement } from "./judgement.js";
import { findPairValleys } from "./pair-valleys.js";
import type { PreparedRows } from "./prepare-rows.js";
import { bandOf, type ComparedFigure, separationPValues } from "./separation.js";
import type { WorkProgress } from "./work-progress.js";

/** Copies after which the rest is left out, if p is far from small by then: that can only make the answer more cautious. */
const firstCopies = 39;
const hopelessP = 0.25;

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

/** A candidate beside copies. */
export interface ComparedCandidate extends Candidate {
  readonly separation: CountSeparation;
}

/** Candidates in the order of what was asked for, and the copies they were compared with. */
export interface Separations {
  readonly candidates: readonly ComparedCandidate[];
  readonly copies: number;
}

/** What to compare: trials to choose from, further trials, and labellings that are there already. */
export interface Compared {
  readonly tried: readonly Trial[];
  readonly further: readonly Trial[];
  readonly own: readonly { readonly count: number; readonly labels: Int32Array }[];
}

/**
 * Fits every trial, measures its valleys and those of the same trial on copies without groups.
 *
 * @returns Candidates: tried, further, then own.
 */
export function measureSeparation(
  prepared: PreparedRows,
  model: CopyModel,
  options: SeparationOptions,
): Separations {
  const { tried } = options.compared;
  const candidates = findCandidates(prepared, options);
  const columns = distinctTrials(candidates.map(({ trial }) => trial));
  const compare = (valleys: Float64Array) =>
    compareCandidates(candidates, { columns, valleys, triedCount: tried.length });
  const valleys = drawValleys(prepared, model, { ...options, columns, compare });
  return { candidates: compare(valleys), copies: valleys.length / columns.length };
}

/** What {@link measureSeparation} takes. */
export interface SeparationOptions {
  readonly compared: Compared;
  readonly plan: SeparationPlan;
  readonly work: WorkOptions;
  readonly progress: WorkProgress;
}

function findCandidates(
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

type Compare = (valleys: Float64Array) => ComparedCandidate[];

/** Worst valleys of copies, shape (copies, columns); few copies where these show already that p is far from small. */
function drawValleys(
  prepared: PreparedRows,
  model: CopyModel,
  options: SeparationOptions & { readonly columns: readonly Trial[]; readonly compare: Compare },
): Float64Array {
  const { plan, work, progress, columns, compare } = options;
  const draw = (first: number, last: number) =>
    judgeCopies(
      { model, columns: routeColumnsOf(prepared), trials: columns, starts: plan.copyStarts },
      { first, last },
      { ...work, onProgress: progress.step((last - first) * startsOf(columns, plan.copyStarts)) },
    );
  const begun = draw(0, firstCopies);
  const smallestP = Math.min(...compare(begun).map(({ separation }) => separation.pValue));
  if (plan.mayStopEarly && smallestP > hopelessP) return begun;
  return Float64Array.of(...begun, ...draw(firstCopies, plan.copies));
}

function compareCandidates(
  candidates: readonly Candidate[],
  {
    columns,
    valleys,
    triedCount,
  }: { readonly columns: readonly Trial[]; readonly valleys: Float64Array; readonly triedCount: number },
): ComparedCandidate[] {
  const figures = candidates.map(({ trial, pairs }): ComparedFigure => {
    const place = columns.findIndex(({ count, route }) => count === trial.count && route === trial.route);
    const copies = valleys.filter((_, at) => at % columns.length === place);
    return { own: worstOf(pairs), copies };
  });
  const pValues = separationPValues(figures.slice(0, triedCount), figures.slice(triedCount));
  return candidates.map((candidate, i) => ({
    ...candidate,
    separation: {
      ...candidate.trial,
      worstValley: figures[i]!.own,
      null: bandOf(figures[i]!),
      pValue: pValues[i]!,
      everyPairOpen: candidate.pairs.every(({ open }) => open),
    },
  }));
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

/** What a worker needs to know of the columns, without the rows. */
export function routeColumnsOf({
  columnCount,
  spreads,
  free,
}: PreparedRows): Pick<PreparedRows, "columnCount" | "spreads" | "free"> {
  return { columnCount, spreads, free };
}

function worstOf(pairs: readonly PairJudgement[]): number {
  return pairs.reduce((worst, { valley }) => Math.max(worst, valley), 0);
}

function distinctTrials(trials: readonly Trial[]): Trial[] {
  return trials.filter(
    (trial, i) =>
      trials.findIndex(({ count, route }) => count === trial.count && route === trial.route) === i,
  );
}

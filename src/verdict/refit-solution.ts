import { numberClusters } from "../cluster/number-clusters.js";
import type { DoTask } from "../core/do-tasks.js";
import type { Random } from "../core/random.js";
import { shareTasks, type TaskJob } from "../core/shared-tasks.js";
import { type FitSolution, openFits, type Starts, streamOf, type Trial } from "./fit-solution.js";
import type { WorkOptions } from "./fit-trials.js";
import type { CopyModel } from "./group-free-copies.js";
import { openCopyStream } from "./judge-copies.js";
import type { RouteColumns } from "./prepare-rows.js";

/** How many refits stability is judged by. */
export interface RefitPlan {
  readonly refits: number;
  /** Copies without groups, and the refits of each. */
  readonly copies: number;
  readonly copyRefits: number;
  /** Starts of a refit, and of a copy's own solution. */
  readonly starts: Starts;
  readonly copyStarts: Starts;
}

interface RefitInput {
  readonly scores: Float64Array;
  readonly labels: Int32Array;
  readonly columns: RouteColumns;
  readonly model: CopyModel;
  readonly trial: Trial;
  readonly plan: RefitPlan;
  readonly seed: number;
}

/** How well clusters came back: shape (any, clusterCount) each. */
export interface RefitOverlaps {
  /** One row per refit of the solution. */
  readonly own: readonly Float64Array[];
  /** One row per copy: the mean over its refits, its clusters by size, the largest first, and their sizes' shares. */
  readonly copies: readonly { readonly overlaps: Float64Array; readonly mean: number }[];
}

/**
 * Refits a solution to bootstrap samples of its rows, and the solution of the same count to samples of group-free copies.
 *
 * Overlaps are Jaccard's on the distinct drawn rows, each cluster with its most alike; a row that was drawn twice counts
 * twice in the refit.
 *
 * @see Hennig (2007), doi:10.1016/j.csda.2006.11.025
 */
export function refitSolution(
  input: Omit<RefitInput, "seed">,
  { seed, threads, onProgress }: WorkOptions,
): RefitOverlaps {
  const { count } = input.trial;
  const { copies, refits } = input.plan;
  const width = count + 1;
  const results = shareTasks(job, {
    input: { ...input, seed },
    taskCount: copies + refits,
    resultLength: width,
    threads,
    onProgress,
  });
  const rowAt = (task: number) => results.slice(task * width, task * width + width);
  return {
    copies: Array.from({ length: copies }, (_, copy) => {
      const row = rowAt(copy);
      return { overlaps: row.subarray(0, count), mean: row[count]! };
    }),
    own: Array.from({ length: refits }, (_, refit) => rowAt(copies + refit).subarray(0, count)),
  };
}

/** The copies first, for they take longest: one task each; then one task per refit. */
export function openTask(input: RefitInput): DoTask {
  const { scores, labels, columns, trial, plan, seed, model } = input;
  const fit = openFits(columns, labels.length, trial.count);
  const refit = openRefit(fit, trial, { columnCount: columns.columnCount, starts: plan.starts });
  const copyOf = openCopyStream(model, seed);
  return (task, result) => {
    if (task >= plan.copies) {
      result.set(refit(scores, labels, streamOf(seed, "refits").fork(task - plan.copies)));
      return;
    }
    const copy = copyOf(task);
    const { labels: found } = fit(copy.scores, trial, {
      starts: plan.copyStarts,
      random: copy.random.fork(2),
    });
    const numbered = numberClusters(found, trial.count);
    for (let i = 0; i < plan.copyRefits; i++) {
      const overlaps = refit(copy.scores, numbered.labels, copy.random.fork(3).fork(i));
      overlaps.forEach((overlap, rank) => {
        result[rank]! += overlap / plan.copyRefits;
      });
    }
    result[trial.count] = numbered.sizes.reduce(
      (sum, size, rank) => sum + (size * result[rank]!) / numbered.labels.length,
      0,
    );
  };
}

const job: TaskJob<RefitInput> = { module: import.meta.url, open: openTask };

/** Draws as many rows with repetition, fits again, and tells each cluster's best overlap. */
function openRefit(
  fit: FitSolution,
  trial: Trial,
  { columnCount, starts }: { readonly columnCount: number; readonly starts: Starts },
): (scores: Float64Array, labels: Int32Array, random: Random) => Float64Array {
  return (scores, labels, random) => {
    const rowCount = labels.length;
    const drawn = new Float64Array(scores.length);
    const placeOf = new Int32Array(rowCount).fill(-1);
    const draw = random.fork(0);
    for (let i = 0; i < rowCount; i++) {
      const row = draw.below(rowCount);
      placeOf[row] = i;
      drawn.set(scores.subarray(row * columnCount, (row + 1) * columnCount), i * columnCount);
    }
    const again = fit(drawn, trial, { starts, random: random.fork(1) });
    return bestOverlaps(labels, placeOf, { refitted: again.labels, clusterCount: trial.count });
  };
}

/** Best Jaccard overlap of each cluster on the rows that were drawn; rows in no cluster still count in the refitted ones. */
function bestOverlaps(
  labels: Int32Array,
  placeOf: Int32Array,
  { refitted, clusterCount }: { readonly refitted: Int32Array; readonly clusterCount: number },
): Float64Array {
  const both = new Int32Array(clusterCount * clusterCount);
  const before = new Int32Array(clusterCount);
  const after = new Int32Array(clusterCount);
  for (let row = 0; row < labels.length; row++) {
    if (placeOf[row]! < 0) continue;
    const now = refitted[placeOf[row]!]!;
    after[now]!++;
    if (labels[row]! < 0) continue;
    before[labels[row]!]!++;
    both[labels[row]! * clusterCount + now]!++;
  }
  return Float64Array.from(before, (size, a) => {
    let best = 0;
    for (let b = 0; b < clusterCount; b++) {
      const shared = both[a * clusterCount + b]!;
      if (shared > 0) best = Math.max(best, shared / (size + after[b]! - shared));
    }
    return best;
  });
}

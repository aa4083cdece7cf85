import type { DoTask } from "../core/do-tasks.js";
import type { Progress } from "../core/progress.js";
import { shareTasks, type TaskJob } from "../core/shared-tasks.js";
import { openFits, type Solution, type Starts, streamOf, type Trial } from "./fit-solution.js";
import type { PreparedRows, RouteColumns } from "./prepare-rows.js";

interface TrialInput extends RouteColumns {
  readonly scores: Float64Array;
  readonly trials: readonly Trial[];
  readonly starts: Starts;
  readonly seed: number;
}

/** What every judging step takes about threads and listeners. */
export interface WorkOptions {
  readonly seed: number;
  readonly threads?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** One task per trial; writes its labels, then its weights. */
export function openTask({ scores, trials, starts, seed, ...columns }: TrialInput): DoTask {
  const mostClusters = Math.max(...trials.map(({ count }) => count));
  const fit = openFits(columns, scores.length / columns.columnCount, mostClusters);
  return (task, result) => {
    const { labels, weights } = fit(scores, trials[task]!, { starts, random: streamOf(seed, "fits") });
    result.set(labels);
    result.set(weights, labels.length);
  };
}

const job: TaskJob<TrialInput> = { module: import.meta.url, open: openTask };

/** The best solution of every trial on the rows themselves. */
export function fitTrials(
  { scores, columnCount, spreads, free }: PreparedRows,
  trials: readonly Trial[],
  { seed, starts, threads, onProgress }: WorkOptions & { readonly starts: Starts },
): Solution[] {
  const rowCount = scores.length / columnCount;
  const resultLength = rowCount + columnCount;
  // The trials with most clusters take longest and come first.
  const tasks = trials.map((_, place) => place).sort((a, b) => trials[b]!.count - trials[a]!.count);
  const results = shareTasks(job, {
    input: { scores, columnCount, spreads, free, trials: tasks.map((place) => trials[place]!), starts, seed },
    taskCount: trials.length,
    resultLength,
    threads,
    onProgress,
  });
  return trials.map((_, place) => {
    const task = tasks.indexOf(place);
    const result = results.subarray(task * resultLength, (task + 1) * resultLength);
    return { labels: Int32Array.from(result.subarray(0, rowCount)), weights: result.slice(rowCount) };
  });
}

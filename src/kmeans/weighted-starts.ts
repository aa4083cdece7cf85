import type { DoTask } from "../core/do-tasks.js";
import type { Progress } from "../core/progress.js";
import { createRandom } from "../core/random.js";
import { shareTasks, type TaskJob } from "../core/shared-tasks.js";
import { loadPoints, openRouteMemory } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";
import { runRoute } from "./run-route.js";
import { beginStart } from "./seed-route.js";

/** What every thread needs to run starts. */
export interface WeightedSearch {
  /** Shape (rowCount, nColumns), z-scores, in shared memory; rows beyond `rowCount` are not looked at. */
  readonly points: Float64Array;
  readonly problem: RouteProblem;
  readonly seed: number;
}

/** Where a start began and where it ended, as z-scores. */
export interface WeightedStart {
  readonly objective: number;
  readonly steps: number;
  readonly converged: boolean;
  readonly weights: Float64Array;
  /** Shape (clusterCount, nColumns), row-major. */
  readonly centres: Float64Array;
  readonly initialCentres: Float64Array;
}

/** One start per task: its end in three numbers, then weights, centres and the centres it began from. */
export function openTask({ points, problem, seed }: WeightedSearch): DoTask {
  const { rowCount, clusterCount, free } = problem;
  const columnCount = free.length;
  const memory = openRouteMemory({ rowCapacity: rowCount, columnCount, clusterCapacity: clusterCount });
  loadPoints(memory, points, rowCount);
  const { weights, centres } = memory.arrays;
  const random = createRandom(seed);
  return (start, result) => {
    beginStart(memory, problem, { random: random.fork(start), start });
    result.set(centres, 3 + columnCount + centres.length);
    const { objective, steps, converged } = runRoute(memory, problem);
    result.set([objective, steps, Number(converged), ...weights, ...centres]);
  };
}

const job: TaskJob<WeightedSearch> = { module: import.meta.url, open: openTask };

/** Runs the starts on all threads. */
export function runWeightedStarts(
  search: WeightedSearch,
  options: {
    readonly starts: number;
    readonly threads: number | undefined;
    readonly onProgress: ((progress: Progress) => void) | undefined;
  },
): readonly WeightedStart[] {
  const { starts, threads, onProgress } = options;
  const columnCount = search.problem.free.length;
  const places = search.problem.clusterCount * columnCount;
  const resultLength = 3 + columnCount + 2 * places;
  const results = shareTasks(job, { input: search, taskCount: starts, resultLength, threads, onProgress });
  return Array.from({ length: starts }, (_, start) => {
    const [objective, steps, converged] = results.subarray(start * resultLength);
    const ends = results.slice(start * resultLength + 3, (start + 1) * resultLength);
    return {
      objective: objective!,
      steps: steps!,
      converged: converged === 1,
      weights: ends.subarray(0, columnCount),
      centres: ends.subarray(columnCount, columnCount + places),
      initialCentres: ends.subarray(columnCount + places),
    };
  });
}

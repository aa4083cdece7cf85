import type { DoTask } from "../core/do-tasks.js";
import { shareTasks, type TaskJob } from "../core/shared-tasks.js";
import { openFits, type Starts, streamOf, type Trial } from "./fit-solution.js";
import type { WorkOptions } from "./fit-trials.js";
import { type CopyModel, openCopies } from "./group-free-copies.js";
import { findWorstValley } from "./pair-valleys.js";
import { type RouteColumns, setAllAtomsAside } from "./prepare-rows.js";

interface CopiesInput {
  readonly model: CopyModel;
  readonly columns: RouteColumns;
  readonly trials: readonly Trial[];
  readonly starts: Starts;
  readonly seed: number;
  /** Number of the first copy; the copies before are known already. */
  readonly first: number;
}

/** Copy number `copy` of a judgement, the same wherever it is drawn. */
export function openCopyStream(
  model: CopyModel,
  seed: number,
): (copy: number) => { readonly scores: Float64Array; readonly random: ReturnType<typeof streamOf> } {
  const drawCopy = openCopies(model);
  return (copy) => {
    const random = streamOf(seed, "copies").fork(copy);
    return { scores: drawCopy(random.fork(0)), random };
  };
}

/** One task per copy: the worst valley of every trial, found as on the rows themselves. */
export function openTask({ model, columns, trials, starts, seed, first }: CopiesInput): DoTask {
  const copyOf = openCopyStream(model, seed);
  const fit = openFits(columns, model.rowCount, Math.max(...trials.map(({ count }) => count)));
  return (task, result) => {
    const { scores, random } = copyOf(first + task);
    const points = setAllAtomsAside(scores, columns.columnCount, random.fork(1));
    for (const [place, trial] of trials.entries()) {
      const { labels } = fit(scores, trial, { starts, random: random.fork(2) });
      result[place] = findWorstValley({
        points,
        columnCount: columns.columnCount,
        labels,
        clusterCount: trial.count,
      });
    }
  };
}

const job: TaskJob<CopiesInput> = { module: import.meta.url, open: openTask };

/** Worst valleys of copies number `first` to `last` − 1, shape (copies, trials), row-major. */
export function judgeCopies(
  input: Omit<CopiesInput, "seed" | "first">,
  { first, last }: { readonly first: number; readonly last: number },
  { seed, threads, onProgress }: WorkOptions,
): Float64Array {
  return shareTasks(job, {
    input: { ...input, seed, first },
    taskCount: last - first,
    resultLength: input.trials.length,
    threads,
    onProgress,
  });
}

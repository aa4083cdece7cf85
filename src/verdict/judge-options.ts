import { checkCount, describeValue } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";

/** What {@link judgeSegments} takes. */
export interface JudgeOptions {
  /** Whole number; the same seed gives the same judgement, whatever the order of the rows and the number of threads. */
  readonly seed: number;
  /** Least and most segments that are tried, 2…20; if not given 2 to 8. */
  readonly counts?: readonly [number, number];
  /**
   * Solutions to judge beside the recommended one: counts of the plain route, or labellings of the rows (0…count − 1, −1:
   * in no segment), which are judged as they are.
   */
  readonly shown?: readonly (number | ArrayLike<number>)[];
  /** Twice as many copies and refits: chance moves the figures less. */
  readonly thorough?: boolean;
  /** If not given: one per core. */
  readonly threads?: number | undefined;
  /** Called on the calling thread, in k-means starts over the whole work. An error in it stops the work. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const mostCount = 20;
const caller = "judgeSegments";

/** A labelling of the caller's own. */
export interface OwnLabels {
  readonly count: number;
  readonly labels: Int32Array;
}

/** Options that are known to be right. */
export interface CheckedOptions {
  readonly lowCount: number;
  readonly highCount: number;
  readonly shownCounts: readonly number[];
  readonly ownLabels: readonly OwnLabels[];
}

/** @throws InputError if a value is not finite, the seed, a count or a labelling is not as {@link JudgeOptions} says. */
export function checkJudgeOptions(matrix: Matrix, options: JudgeOptions): CheckedOptions {
  const { seed, counts = [2, 8], shown = [], threads } = options;
  if (matrix.rowCount === 0) throw new InputError(`${caller}: matrix must hold at least one row, got none`);
  checkFiniteMatrix(caller, matrix);
  checkCount(caller, "seed", seed, 0);
  if (threads !== undefined) checkCount(caller, "threads", threads, 1);
  if (!Array.isArray(counts) || counts.length !== 2)
    throw new InputError(
      `${caller}: counts must be the least and the most segments to try, got ${describeValue(counts)}`,
    );
  const [lowCount, highCount] = counts;
  checkCount(caller, "the least of counts", lowCount, 2, mostCount);
  checkCount(caller, "the most of counts", highCount, lowCount, mostCount);
  const shownCounts = new Set<number>();
  const ownLabels: OwnLabels[] = [];
  for (const item of shown) {
    if (typeof item === "object" && item !== null) ownLabels.push(checkOwnLabels(item, matrix.rowCount));
    else {
      checkCount(caller, "a count under shown", item, 2, mostCount);
      shownCounts.add(item);
    }
  }
  return { lowCount, highCount, shownCounts: [...shownCounts], ownLabels };
}

function checkOwnLabels(given: ArrayLike<number>, rowCount: number): OwnLabels {
  let highest = -1;
  for (let i = 0; i < given.length; i++) highest = Math.max(highest, given[i]!);
  const count = Number.isInteger(highest) ? highest + 1 : mostCount;
  checkLabels(caller, given, rowCount, Math.min(count, mostCount));
  const labels = Int32Array.from(given);
  const found = new Set(labels);
  const empty = Array.from({ length: count }, (_, cluster) => cluster).find((cluster) => !found.has(cluster));
  if (count < 2 || empty !== undefined)
    throw new InputError(
      `${caller}: labels under shown must name at least two segments from 0 on and leave none empty, got ${empty === undefined ? `${count} of them` : `none of segment ${empty}`}`,
    );
  return { count, labels };
}

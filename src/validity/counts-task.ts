import { type Matrix, rowsOf } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import type { TaskJob } from "../core/shared-tasks.js";
import { drawWithReplacement } from "./draw-resample.js";
import { adjustedRandOfTable, bestJaccards, tableOverlaps } from "./overlap-table.js";
import { prepareAnew, type RawRows } from "./refit-recipe.js";
import { type Centres, nearestCentres } from "./resample-centres.js";
import { openCentreSearch } from "./search-centres.js";

/** Solutions of a matrix, rows in canonical order, and how they are to be fitted anew. */
export interface CountsInput {
  readonly matrix: Matrix;
  readonly source: RawRows | undefined;
  readonly counts: readonly number[];
  /** One per count, shape (nRows,). */
  readonly labellings: readonly Int32Array[];
  readonly starts: number;
  readonly seed: number;
}

/** Numbers per pair: for each count the adjusted Rand index, then an overlap per segment; NaN where too few rows differ. */
export function pairResultLength(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + 1 + count, 0);
}

export const countsJob: TaskJob<CountsInput> = { module: import.meta.url, open: openTask };

/** A task per pair of bootstrap samples. */
export function openTask(input: CountsInput): (task: number, result: Float64Array) => void {
  const { matrix, source, counts, labellings, starts, seed } = input;
  const { rowCount, columns } = matrix;
  const search = openCentreSearch(matrix, { clusterCapacity: Math.max(...counts), starts, seed });
  const refit = (rows: Int32Array): Refitted => {
    const found = source ? prepareAnew(source, { rows, columns, columnWeights: undefined }) : matrix;
    const drawn = rowsOf(found, rows);
    return { found, centres: counts.map((count) => search(drawn, count)) };
  };
  return (task, result) => {
    const random = createRandom(seed).fork(task);
    const [first, second] = [0, 1].map(() => refit(drawWithReplacement(rowCount, random)));
    let place = 0;
    counts.forEach((count, i) => {
      const pair = [first!, second!].map((refitted) => labelsOf(refitted, { count, i }));
      result.set(comparePair(labellings[i]!, count, pair), place);
      place += 1 + count;
    });
  };
}

interface Refitted {
  readonly found: Matrix;
  /** One per count. */
  readonly centres: readonly Centres[];
}

/** Undefined where the sample has fewer different rows than clusters asked for. */
function labelsOf(
  { found, centres }: Refitted,
  { count, i }: { readonly count: number; readonly i: number },
): Int32Array | undefined {
  return centres[i]!.length < count ? undefined : nearestCentres(found, centres[i]!);
}

/** The index of the pair, and each segment's overlap with its counterpart, averaged over the two. */
function comparePair(
  labels: Int32Array,
  count: number,
  [first, second]: readonly (Int32Array | undefined)[],
): readonly number[] {
  if (first === undefined || second === undefined) return new Array<number>(1 + count).fill(Number.NaN);
  const counts = { before: count, after: count };
  const [ofFirst, ofSecond] = [first, second].map((found) =>
    bestJaccards(tableOverlaps(labels, found, counts)),
  );
  return [
    adjustedRandOfTable(tableOverlaps(first, second, counts)),
    ...ofFirst!.map((overlap, segment) => (overlap + ofSecond![segment]!) / 2),
  ];
}

import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { blockRows, type LabelBlocks } from "./label-blocks.js";
import { takeLabelledRows } from "./labelled-rows.js";

/** Up to here every pair of rows is looked at; it takes about half a minute for 8 columns. */
const mostRows = 100_000;

/**
 * Dunn index: the smallest distance between rows of different clusters over the largest within one.
 *
 * Range 0…∞, higher is better, unit-free; one outlier decides it. Infinity where no cluster has two different rows.
 * There is no estimate from a sample: a sample misses the closest and the widest pair, so its index is too high.
 * Time O(nRows² · nColumns), memory O(nRows · nColumns).
 *
 * @param matrix - Shape (nRows, nColumns), at most 100,000 rows; scale columns first. No missing values.
 * @param labels - Shape (nRows,), 0…clusterCount − 1; rows labelled −1 are left out.
 * @throws InputError if there are fewer than 2 clusters, a number is unused, lengths differ, a value is not finite, or there are
 * more than 100,000 labelled rows.
 * @see Dunn (1974), doi:10.1080/01969727408546059. Checked against R's fpc in test/reference/count.json.
 * @example
 * dunnIndex(matrixOf({ x: [0, 1, 10, 12] }), [0, 0, 1, 1]) // => 4.5
 */
export function dunnIndex(matrix: Matrix, labels: ArrayLike<number>): number {
  const labelled = takeLabelledRows("dunnIndex", matrix, labels);
  const { rowCount } = labelled.matrix;
  if (rowCount > mostRows)
    throw new InputError(
      `dunnIndex: matrix must have at most ${mostRows} labelled rows (it compares every pair), got ${rowCount}. meanSilhouette takes any number`,
    );
  return dunnIndices(labelled.matrix, [labelled.labels])[0]!;
}

/** {@link dunnIndex} of several groupings of the same rows; distances are computed once. */
export function dunnIndices(matrix: Matrix, labelings: readonly Int32Array[]): readonly number[] {
  const blocks = blockRows(matrix, labelings);
  const { labels, starts } = blocks;
  const closest = labelings.map(() => Infinity);
  const widest = labelings.map(() => 0);
  const extremes = extremesOf(blocks);
  for (let block = 0; block + 1 < starts.length; block++)
    for (let other = block; other + 1 < starts.length; other++) {
      const [least, most] = extremes(block, other);
      labels.forEach((label, which) => {
        if (label[block] === label[other]) widest[which] = Math.max(widest[which]!, most);
        else closest[which] = Math.min(closest[which]!, least);
      });
    }
  return closest.map((least, which) => ratioOf(Math.sqrt(least), Math.sqrt(widest[which]!)));
}

/** The least and the largest squared distance between the rows of two blocks. */
function extremesOf({
  columnCount,
  starts,
  values,
}: LabelBlocks): (block: number, other: number) => readonly [least: number, most: number] {
  return (block, other) => {
    let least = Infinity;
    let most = 0;
    for (let row = starts[block]!; row < starts[block + 1]!; row++) {
      const own = row * columnCount;
      for (let second = Math.max(row + 1, starts[other]!); second < starts[other + 1]!; second++) {
        const at = second * columnCount;
        let squared = 0;
        for (let j = 0; j < columnCount; j++) {
          const difference = values[own + j]! - values[at + j]!;
          squared += difference * difference;
        }
        if (squared < least) least = squared;
        if (squared > most) most = squared;
      }
    }
    return [least, most];
  };
}

function ratioOf(numerator: number, denominator: number): number {
  return denominator === 0 && numerator === 0 ? 0 : numerator / denominator;
}

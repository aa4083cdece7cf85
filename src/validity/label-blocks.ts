import type { Matrix } from "../core/matrix.js";

/** Rows in an order in which those that share their cluster under every labelling lie together, as blocks. */
export interface LabelBlocks {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Row-major, in block order. */
  readonly values: Float64Array;
  /** Where each row came from. */
  readonly order: Int32Array;
  /** Block b holds the rows from `starts[b]` to before `starts[b + 1]`. */
  readonly starts: Int32Array;
  /** For each labelling the label of each block. */
  readonly labels: readonly Int32Array[];
  /** For each labelling its clusters' sizes. */
  readonly sizes: readonly (readonly number[])[];
}

/** Sorts rows into {@link LabelBlocks}; inside a block they keep their order. O(nRows · (nColumns + labelings)). */
export function blockRows(matrix: Matrix, labelings: readonly Int32Array[]): LabelBlocks {
  const { columnCount, rowCount } = matrix;
  const { blocks, firsts } = numberBlocks(labelings, rowCount);
  const starts = new Int32Array(firsts.length + 1);
  for (const block of blocks) starts[block + 1]!++;
  for (let block = 0; block < firsts.length; block++) starts[block + 1]! += starts[block]!;
  const next = starts.slice();
  const order = new Int32Array(rowCount);
  const values = new Float64Array(rowCount * columnCount);
  for (let row = 0; row < rowCount; row++) {
    const place = next[blocks[row]!]!++;
    order[place] = row;
    values.set(matrix.values.subarray(row * columnCount, (row + 1) * columnCount), place * columnCount);
  }
  const labels = labelings.map((labelling) => Int32Array.from(firsts, (row) => labelling[row]!));
  return { rowCount, columnCount, values, order, starts, labels, sizes: labelings.map(countLabels) };
}

/** Numbers the different combinations of labels by their first row, which stands for them. */
function numberBlocks(
  labelings: readonly Int32Array[],
  rowCount: number,
): { readonly blocks: Int32Array; readonly firsts: readonly number[] } {
  const blocks = new Int32Array(rowCount);
  let firsts: number[] = [];
  for (const labels of labelings) {
    const numbers = new Map<number, number>();
    firsts = [];
    for (let row = 0; row < rowCount; row++) {
      const pair = blocks[row]! * rowCount + labels[row]!;
      if (!numbers.has(pair)) {
        numbers.set(pair, firsts.length);
        firsts.push(row);
      }
      blocks[row] = numbers.get(pair)!;
    }
  }
  return { blocks, firsts };
}

function countLabels(labels: Int32Array): number[] {
  const sizes: number[] = [];
  for (const label of labels) {
    while (sizes.length <= label) sizes.push(0);
    sizes[label]!++;
  }
  return sizes;
}

import {
  canonicalOrder,
  countDistinctRows,
  finishHash,
  hashSeed,
  mixHash,
  orderByHash,
} from "../cluster/canonical-order.js";
import { checkDistinctCount } from "../cluster/check-cluster-options.js";
import type { Matrix } from "../core/matrix.js";
import { findLattice, strideOf, writeLatticeRows } from "../lattice/lattice-rows.js";

/**
 * Row numbers in an order that content alone decides, so that draws by place do not depend on how the table was sorted.
 *
 * @throws InputError if the rows hold fewer different ones than `clusterCount`, or a value is not finite.
 */
export function orderOfMatrix(caller: string, matrix: Matrix, clusterCount: number): Uint32Array {
  const { rowCount } = matrix;
  const stride = strideOf(matrix.columnCount);
  const rows = new Float32Array(rowCount * stride);
  writeLatticeRows(matrix, findLattice(caller, matrix), rows);
  checkDistinctCount(
    caller,
    clusterCount,
    countDistinctRows(rows, rowCount, { stride, limit: clusterCount }),
  );
  return canonicalOrder(rows, rowCount, stride);
}

/** The same of raw values, which may be missing. */
export function orderOfRaw({ rowCount, columnCount, values }: Matrix): Uint32Array {
  // Adding 0 makes −0 and 0 the same.
  const words = new Int32Array(values.map((value) => value + 0).buffer);
  const width = 2 * columnCount;
  const hashes = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let hash = hashSeed;
    for (let at = row * width; at < (row + 1) * width; at++) hash = mixHash(hash, words[at]!);
    hashes[row] = finishHash(hash);
  }
  return orderByHash(hashes, (a, b) => {
    for (let j = 0; j < width; j++) {
      const difference = words[a * width + j]! - words[b * width + j]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** The given rows, in memory that threads share. */
export function shareRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const { columnCount } = matrix;
  const values = new Float64Array(new SharedArrayBuffer(rows.length * columnCount * 8));
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * columnCount;
    values.set(matrix.values.subarray(start, start + columnCount), i * columnCount);
  }
  return { ...matrix, rowCount: rows.length, values };
}

import { canonicalOrder, countDistinctRows } from "../cluster/canonical-order.js";
import { checkDistinctCount } from "../cluster/check-cluster-options.js";
import { hasAtom } from "../core/atoms.js";
import type { Matrix } from "../core/matrix.js";
import { findLattice, strideOf, writeLatticeRows } from "../lattice/lattice-rows.js";

/** A matrix without units, its rows in canonical order. */
export interface ScaleFreeRows {
  /** Row of the matrix that each row is. */
  readonly order: Uint32Array;
  /** z-scores (n − 1), shape (nRows, nColumns), row-major, in shared memory. */
  readonly points: Float64Array;
  /** Of each column, in the matrix's units; the spread of a constant column is 1. */
  readonly means: readonly number[];
  readonly spreads: readonly number[];
  /** Whether no value of a column is held by 5 % of the rows. */
  readonly free: readonly boolean[];
}

/** Standardises the rows on the lattice where fitKMeans sees them, so that nothing depends on the order given. */
export function scaleFreeRows(
  matrix: Matrix,
  { caller, clusterCount }: { readonly caller: string; readonly clusterCount: number },
): ScaleFreeRows {
  const { rowCount, columnCount } = matrix;
  const lattice = findLattice(caller, matrix);
  const stride = strideOf(columnCount);
  const rows = new Float32Array(rowCount * stride);
  writeLatticeRows(matrix, lattice, rows);
  checkDistinctCount(
    caller,
    clusterCount,
    countDistinctRows(rows, rowCount, { stride, limit: clusterCount }),
  );
  const order = canonicalOrder(rows, rowCount, stride);
  const points = new Float64Array(new SharedArrayBuffer(8 * rowCount * columnCount));
  const columns = lattice.origins.map((origin, j) => {
    const integers = Float64Array.from(order, (row) => rows[row * stride + j]!);
    const { mean, spread } = momentsOf(integers);
    for (let i = 0; i < rowCount; i++) points[i * columnCount + j] = (integers[i]! - mean) / spread;
    const isFree = !hasAtom(integers.sort());
    return { mean: origin + mean * lattice.step, spread: spread * lattice.step, isFree };
  });
  return {
    order,
    points,
    means: columns.map(({ mean }) => mean),
    spreads: columns.map(({ spread }) => spread),
    free: columns.map(({ isFree }) => isFree),
  };
}

function momentsOf(values: Float64Array): { readonly mean: number; readonly spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: squares === 0 ? 1 : Math.sqrt(squares / (values.length - 1)) };
}

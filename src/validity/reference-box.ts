import type { Matrix } from "../core/matrix.js";
import { findPrincipalAxes } from "../core/principal-axes.js";
import type { Random } from "../core/random.js";

/** A box around the data along their principal axes, from which data without groups are drawn. */
export interface ReferenceBox {
  /** One axis per row, shape (nColumns, nColumns). */
  readonly axes: readonly (readonly number[])[];
  readonly lows: readonly number[];
  readonly highs: readonly number[];
}

/** The box of Tibshirani, Walther & Hastie's second kind: the range of the data along each principal axis. */
export function findReferenceBox(matrix: Matrix): ReferenceBox {
  const { columnCount, rowCount, values } = matrix;
  const { axes } = findPrincipalAxes(matrix);
  const lows = axes.map(() => Infinity);
  const highs = axes.map(() => -Infinity);
  for (let i = 0; i < rowCount; i++) {
    axes.forEach((axis, a) => {
      let score = 0;
      for (let j = 0; j < columnCount; j++) score += values[i * columnCount + j]! * axis[j]!;
      lows[a] = Math.min(lows[a]!, score);
      highs[a] = Math.max(highs[a]!, score);
    });
  }
  return { axes, lows, highs };
}

/** As many rows as `matrix` has, uniform in the box, in the matrix's own columns. */
export function drawReference(matrix: Matrix, box: ReferenceBox, random: Random): Matrix {
  const { columnCount, rowCount } = matrix;
  const values = new Float64Array(rowCount * columnCount);
  for (let i = 0; i < rowCount; i++) {
    box.axes.forEach((axis, a) => {
      const score = box.lows[a]! + (box.highs[a]! - box.lows[a]!) * random.next();
      for (let j = 0; j < columnCount; j++) values[i * columnCount + j]! += score * axis[j]!;
    });
  }
  return { ...matrix, values };
}

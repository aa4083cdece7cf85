import { type Matrix, rowsOf } from "../core/matrix.js";

/** The rows by their values, column by column, so that nothing computed from them depends on how the table was sorted. */
export function orderRows(matrix: Matrix): Matrix {
  const { columnCount, rowCount, values } = matrix;
  const order = Uint32Array.from({ length: rowCount }, (_, i) => i).sort((a, b) => {
    for (let j = 0; j < columnCount; j++) {
      const difference = values[a * columnCount + j]! - values[b * columnCount + j]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return rowsOf(matrix, order);
}

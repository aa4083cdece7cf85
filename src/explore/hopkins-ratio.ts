import type { Matrix } from "../core/matrix.js";

/**
 * Hopkins statistic of one draw: Σ uᵈ / (Σ uᵈ + Σ wᵈ) with d the number of columns.
 *
 * u: distance from each point to the nearest row; w: from each picked row to the nearest other row. Scaled by the largest
 * distance first, so that no power overflows; 0.5 where every distance is 0. Time O((nPoints + nPicked) · nRows · nColumns).
 *
 * @param points - Row-major, as many columns as the matrix.
 * @param picked - Row numbers.
 */
export function hopkinsRatio(matrix: Matrix, points: Float64Array, picked: ArrayLike<number>): number {
  const { columnCount } = matrix;
  const fromPoints = Array.from({ length: points.length / columnCount }, (_, p) =>
    nearestSquared(matrix, points.subarray(p * columnCount, (p + 1) * columnCount), -1),
  );
  const fromRows = Array.from(picked, (row) =>
    nearestSquared(matrix, matrix.values.subarray(row * columnCount, (row + 1) * columnCount), row),
  );
  const largest = Math.max(...fromPoints, ...fromRows);
  if (largest === 0) return 0.5;
  const power = (sum: number, squared: number): number => sum + (squared / largest) ** (columnCount / 2);
  const space = fromPoints.reduce(power, 0);
  return space / (space + fromRows.reduce(power, 0));
}

/** Squared distance from a point to the nearest row other than `except`. */
function nearestSquared(
  { rowCount, columnCount, values }: Matrix,
  point: Float64Array,
  except: number,
): number {
  let nearest = Infinity;
  for (let i = 0, start = 0; i < rowCount; i++, start += columnCount) {
    if (i === except) continue;
    let sum = 0;
    for (let j = 0; j < columnCount && sum < nearest; j++) {
      const difference = values[start + j]! - point[j]!;
      sum += difference * difference;
    }
    if (sum < nearest) nearest = sum;
  }
  return nearest;
}

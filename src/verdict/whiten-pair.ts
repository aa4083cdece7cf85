import { choleskyFactor } from "../models/gaussian-components.js";
import { solveLower, solveUpper } from "./part-direction.js";

/** Two clusters along the direction that parts them best. */
export interface ValleyPair {
  /** Rows of both, row-major, the lower cluster first; mean of each cluster. */
  readonly rows: Float64Array;
  readonly lowMean: Float64Array;
  readonly highMean: Float64Array;
  /** Pooled covariance within the clusters, lower triangle, row-major. */
  readonly covariance: Float64Array;
  /** Where the lowest point of the valley is: 0 at the lower mean, 1 at the higher. */
  readonly valleyShare: number;
}

/** Rows of a pair in coordinates in which both clusters have unit variance and no correlation, from the lower mean on. */
export interface WhitenedPair {
  readonly columnCount: number;
  readonly scores: Float64Array;
  /** Unit vector from the lower mean to the higher, and how far that is. */
  readonly forward: Float64Array;
  readonly distance: number;
  /** How long a unit along a direction is in the scale of the columns. */
  readonly lengthOf: (direction: Float64Array) => number;
}

export function whiten({ rows, lowMean, highMean, covariance }: ValleyPair): WhitenedPair {
  const columnCount = lowMean.length;
  const factor = choleskyFactor(covariance, columnCount);
  const scores = new Float64Array(rows.length);
  const offset = new Float64Array(columnCount);
  for (let start = 0; start < rows.length; start += columnCount) {
    for (let j = 0; j < columnCount; j++) offset[j] = rows[start + j]! - lowMean[j]!;
    solveLower(factor, offset);
    scores.set(offset, start);
  }
  const forward = highMean.map((value, j) => value - lowMean[j]!);
  solveLower(factor, forward);
  const distance = Math.hypot(...forward);
  return {
    columnCount,
    scores,
    forward: forward.map((value) => value / distance),
    distance,
    lengthOf(direction) {
      const gradient = Float64Array.from(direction);
      solveUpper(factor, gradient);
      return 1 / Math.hypot(...gradient);
    },
  };
}

/** Where rows lie along a unit vector. */
export function positionsAlong(scores: Float64Array, direction: Float64Array): Float64Array {
  const columnCount = direction.length;
  return Float64Array.from({ length: scores.length / columnCount }, (_, i) => {
    let position = 0;
    for (let j = 0; j < columnCount; j++) position += scores[i * columnCount + j]! * direction[j]!;
    return position;
  });
}

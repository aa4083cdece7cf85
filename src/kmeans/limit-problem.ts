/** Rows and centres to match, and how many rows a centre may have. */
export interface LimitProblem {
  /** Shape (rowCount, stride). */
  readonly points: Float32Array | Float64Array;
  readonly rowCount: number;
  readonly stride: number;
  /** Shape (clusterCount, stride). */
  readonly centres: Float32Array;
  readonly clusterCount: number;
  /** Rows that every cluster must have; least · clusterCount ≤ rowCount. */
  readonly least: number;
  /** Rows that no cluster may exceed; most · clusterCount ≥ rowCount. */
  readonly most: number;
}

/** From where a row stands to a centre: exact where rows are lattice integers. */
export function squaredDistance(
  { points, centres, stride }: LimitProblem,
  row: number,
  cluster: number,
): number {
  let squared = 0;
  for (let j = 0; j < stride; j++) {
    const difference = points[row * stride + j]! - centres[cluster * stride + j]!;
    squared += difference * difference;
  }
  return squared;
}

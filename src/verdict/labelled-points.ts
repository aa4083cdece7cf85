/** Rows with atoms set aside, row-major, and their cluster (−1: in none). */
export interface LabelledPoints {
  readonly points: Float64Array;
  readonly columnCount: number;
  readonly labels: Int32Array;
  readonly clusterCount: number;
}

/** Where rows belong, one value per row in each array. */
export interface RowAssignment {
  /** Number of the nearest centre or medoid, ties to the lowest. */
  readonly labels: Int32Array;
  /** Distance to it: for centres Euclidean, in the matrix's units; for medoids as fitted; for prototypes the root of the loss. */
  readonly distances: Float64Array;
  /** Number of the second nearest centre, −1 where there is only one. */
  readonly runnersUp: Int32Array;
  /** (second distance − distance) / second distance: 0 equidistant from the two nearest centres, 1 at its own. */
  readonly margins: Float64Array;
}

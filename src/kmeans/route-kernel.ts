/**
 * The inner loops of the route solver over one memory; addresses are byte offsets. Rows lie in it as f64 one after the
 * other (`rowBytes`, a multiple of 16) and as f32 in tiles of eight rows, column after column (`tileBytes`).
 * Two implementations give the same bits: WebAssembly SIMD (route-kernel.wat) and TypeScript (typed-route-kernel.ts).
 */
export interface RouteKernel {
  /** Rows 0…end−1 (a multiple of 4) whose threshold is not above `limit`, written to `list`; returns how many. */
  scan(thresholds: number, end: number, limit: number, list: number): number;
  /** Copies the listed rows (a multiple of 8) to tiles of their own, and their labels. */
  gather(
    tiles: number,
    tileBytes: number,
    list: number,
    listEnd: number,
    labels: number,
    target: number,
    targetLabels: number,
  ): void;
  /**
   * Scores every row of some tiles, whose numbers are at `rowIds` and whose labels at `labels`: a centre's score is its
   * offset plus the products of its coefficients and the row's columns (f32, the offset before the coefficients). Lists
   * the rows whose label is not that of the lowest score, their new label in `next`; where another score is not
   * `tolerance` above the lowest, −1, counted at `unsureCount`. Returns how many are listed.
   *
   * With `keep` also stores at each row's place in `thresholds` a lower bound of how much farther every other centre is,
   * times `scale` plus `drift`, and at `far` the largest squared distance to a nearest centre; a squared distance (a
   * score plus the sum of the row's squares times `weights`, f32) is off by `slack` at most.
   */
  assign(
    tiles: number,
    tileBytes: number,
    tilesEnd: number,
    centres: number,
    clusterCount: number,
    rowIds: number,
    labels: number,
    list: number,
    next: number,
    unsureCount: number,
    tolerance: number,
    keep: number,
    weights: number,
    thresholds: number,
    far: number,
    slack: number,
    drift: number,
    scale: number,
    scratch: number,
  ): number;
  /** Gives the listed rows their new labels and carries them from the old to the new cluster's sums and sizes. */
  move(
    rows: number,
    rowBytes: number,
    list: number,
    next: number,
    listEnd: number,
    labels: number,
    sums: number,
    sizes: number,
  ): void;
  /**
   * Lowers each row's weighted squared distance to the nearest centre by one more centre (f32, pairs of value and
   * weight) and writes the sum of every tile.
   */
  approach(
    tiles: number,
    tileBytes: number,
    tilesEnd: number,
    centre: number,
    nearest: number,
    tileSums: number,
  ): void;
}

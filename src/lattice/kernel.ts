/** The memory that all threads of a crew share. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/**
 * The inner loops of k-means over one shared memory. Addresses are byte offsets, `rowBytes` a multiple of 16.
 * Two implementations give the same bits: WebAssembly SIMD (kernel.wat) and TypeScript (typed-kernel.ts).
 */
export interface Kernel {
  /** Rows begin…end−1 (multiples of 16) whose threshold is not above `limit`, written to `list`; returns how many. */
  scan(thresholds: number, begin: number, end: number, limit: number, list: number): number;
  /**
   * Nearest centre of those listed rows (a multiple of four; repeat the last) where coarse integers prove it. Their
   * thresholds are stored and changes listed as by `assign`; the other rows go to `unsure`, after their number.
   */
  sift(
    narrowRows: number,
    narrowRowBytes: number,
    list: number,
    count: number,
    narrowCentres: number,
    narrowNorms: number,
    clusterCount: number,
    thresholds: number,
    labels: number,
    next: number,
    unsure: number,
    scratch: number,
    drift: number,
    margin: number,
    unit: number,
  ): number;
  /**
   * Nearest centre of the listed rows (a multiple of four; repeat the last), ties to the lowest number. Stores each
   * row's threshold: `drift` plus a lower bound of how much farther its second nearest centre is. Rows whose label
   * changes replace the head of `list`, their new labels go to `next`; returns how many.
   */
  assign(
    rows: number,
    rowBytes: number,
    list: number,
    count: number,
    centres: number,
    clusterCount: number,
    thresholds: number,
    labels: number,
    next: number,
    scratch: number,
    drift: number,
    margin: number,
  ): number;
  /**
   * Gives the listed rows their new labels and carries them from the old to the new cluster's sums and sizes, each as
   * often as the 32-bit integers at `weights` say; 0 there: once.
   */
  move(
    rows: number,
    rowBytes: number,
    list: number,
    next: number,
    count: number,
    labels: number,
    sums: number,
    sizes: number,
    weights: number,
  ): void;
  /**
   * Nearest and second nearest centre (−1: none), distance and margin of rows of 64-bit numbers, a multiple of four of
   * them; squares are summed in the order of the columns, ties go to the lowest number.
   */
  place(
    rows: number,
    rowBytes: number,
    rowCount: number,
    centres: number,
    clusterCount: number,
    labels: number,
    runnersUp: number,
    distances: number,
    margins: number,
    scratch: number,
  ): void;
  /**
   * Writes rows of 64-bit numbers times `scale` as lattice rows; `source` need not be aligned, `rowBytes` is of the lattice
   * rows. Returns the largest in size, Infinity where one is no whole number.
   */
  enter(
    source: number,
    columnCount: number,
    rowCount: number,
    rows: number,
    rowBytes: number,
    scale: number,
  ): number;
  /**
   * Adds up the rows' squares, each as often as the 32-bit integers at `weights` say (0 there: once). At `totals` lie the
   * largest square of a row (64-bit number) and two 64-bit integers: sum = first · 2^26 + second.
   */
  measure(rows: number, rowBytes: number, rowCount: number, weights: number, totals: number): void;
  /** Writes rows as 16-bit integers, floor(scale · value + 1/2). */
  narrow(
    rows: number,
    rowBytes: number,
    rowCount: number,
    narrowRows: number,
    narrowRowBytes: number,
    scale: number,
  ): void;
  /**
   * Sums of the distances of two rows to the rows of every block, all of 64-bit numbers: `blockCount` pairs at `sums`. How
   * rows lie in memory: see kernel.wat. Block b, never empty, has the groups of four from `starts[b]` to before `starts[b + 1]`.
   */
  sumDistances(
    pair: number,
    columnCount: number,
    groups: number,
    starts: number,
    blockCount: number,
    sums: number,
  ): void;
  /** Lowers each row's squared distance to the nearest centre by one more centre; returns the sum in row order. */
  approach(rows: number, rowBytes: number, rowCount: number, centre: number, nearest: number): number;
}

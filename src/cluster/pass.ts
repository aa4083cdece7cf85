import { blockRows, type CrewMemory, type Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";

/** Exact sums and sizes of the clusters after a pass; the last row is of no meaning. */
export interface Totals {
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
}

/** Lets every row find its nearest centre, on one thread or on many. */
export interface Passer {
  /** Forgets labels, thresholds and sums: nobody has a label and everybody must be looked at. */
  clear(): void;
  /** `drift`: upper bound of how far distances may have shifted since the start, in lattice steps. */
  pass(drift: number): void;
  totals(): Totals;
}

export interface Problem {
  readonly rowCount: number;
  readonly clusterCount: number;
}

/** The passer that does all blocks itself. */
export function soloPasser(crew: CrewMemory, desk: Desk, problem: Problem & { kernel: Kernel }): Passer {
  return {
    clear: () => clearDesk(desk, problem),
    pass(drift) {
      for (let block = 0; block * blockRows < problem.rowCount; block++)
        passBlock(crew, block, { ...problem, shared: desk, own: desk, drift });
    },
    totals: () => desk,
  };
}

/**
 * One block of rows: find those whose threshold no longer proves their label, assign them, move those that change.
 * A threshold is `drift when stored + slack`, so a row rests while the slack outweighs what drifted since.
 * Stored values are rounded down and the limit up, so rounding can only cause a needless look.
 *
 * @see Hamerly (2010), doi:10.1137/1.9781611972801.12, with one bound per row instead of two.
 */
export function passBlock(
  crew: CrewMemory,
  block: number,
  work: Problem & { kernel: Kernel; shared: Desk; own: Desk; drift: number },
): void {
  const { kernel, shared, own, drift } = work;
  const rowBytes = crew.stride * 4;
  const begin = block * blockRows;
  const end = Math.min(begin + blockRows, Math.ceil(work.rowCount / 16) * 16);
  const limit = drift * (1 + 2 ** -22);
  const count = kernel.scan(
    shared.thresholds.byteOffset,
    begin,
    end,
    Math.fround(limit),
    own.list.byteOffset,
  );
  if (count === 0) return;
  for (let i = count; i % 4 !== 0; i++) own.list[i] = own.list[count - 1]!;
  const changed = kernel.assign(
    crew.rows.byteOffset,
    rowBytes,
    own.list.byteOffset,
    Math.ceil(count / 4) * 4,
    shared.centres.byteOffset,
    work.clusterCount,
    shared.thresholds.byteOffset,
    shared.labels.byteOffset,
    own.next.byteOffset,
    own.scratch.byteOffset,
    Math.fround(drift * (1 - 2 ** -22)),
    (crew.stride + 8) * 2 ** -24,
  );
  moveListed(crew, { kernel, shared, own, count: changed });
}

/** Carries the rows of `own.list` to the clusters in `own.next`. */
export function moveListed(
  crew: CrewMemory,
  work: { readonly kernel: Kernel; readonly shared: Desk; readonly own: Desk; readonly count: number },
): void {
  const { kernel, shared, own, count } = work;
  kernel.move(
    crew.rows.byteOffset,
    crew.stride * 4,
    own.list.byteOffset,
    own.next.byteOffset,
    count,
    shared.labels.byteOffset,
    own.sums.byteOffset,
    own.sizes.byteOffset,
    crew.weights?.byteOffset ?? 0,
  );
}

/** A threshold of −1 calls for a look at once, one of Infinity (rows of padding) never. */
export function clearDesk(desk: Desk, problem: Problem): void {
  desk.thresholds.fill(-1, 0, problem.rowCount).fill(Infinity, problem.rowCount);
  desk.labels.fill(problem.clusterCount, 0, problem.rowCount);
  clearTotals(desk);
}

export function clearTotals(desk: Desk): void {
  desk.sums.fill(0);
  desk.sizes.fill(0);
}

import { blockRows, type CrewMemory, type Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import { writeNarrowCentres } from "./narrow-points.js";

/** Exact sums and sizes of the clusters after a pass; the last row is of no meaning. */
export interface Totals {
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
}

/** Lets every row find its nearest centre, on one thread or on many. */
export interface Passer {
  /** Forgets labels, thresholds and sums: nobody has a label and everybody must be looked at. */
  clear(): void;
  /** Forgets thresholds alone: everybody must be looked at again. */
  forgetThresholds(): void;
  /**
   * `drift`: upper bound of how far distances may have shifted since thresholds were forgotten, in lattice steps;
   * `movement`: how much of it is new.
   */
  pass(drift: number, movement: number): void;
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
    forgetThresholds: () => forgetThresholds(desk, problem),
    pass(drift, movement) {
      writeNarrowCentres(crew, desk, { ...problem, movement });
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
export function passBlock(crew: CrewMemory, block: number, work: BlockWork): void {
  const { kernel, shared, own, drift } = work;
  const begin = block * blockRows;
  const end = Math.min(begin + blockRows, Math.ceil(work.rowCount / 16) * 16);
  const count = kernel.scan(shared.thresholds.byteOffset, begin, end, roundUp(drift), own.list.byteOffset);
  if (count === 0) return;
  const assigned = shared.margin[0]! < Infinity ? siftListed(crew, count, work) : { list: own.list, count };
  if (assigned.count > 0) assignListed(crew, assigned, work);
}

interface BlockWork extends Problem {
  readonly kernel: Kernel;
  readonly shared: Desk;
  readonly own: Desk;
  readonly drift: number;
}

interface RowList {
  readonly list: Int32Array;
  readonly count: number;
}

/** Moves the listed rows whose nearest centre coarse integers prove; returns the others. */
function siftListed(crew: CrewMemory, count: number, work: BlockWork): RowList {
  const { kernel, shared, own } = work;
  const scale = crew.scale[0]!;
  const changed = kernel.sift(
    crew.narrowRows.byteOffset,
    crew.narrowStride * 2,
    own.list.byteOffset,
    repeatLast(own.list, count),
    shared.narrowCentres.byteOffset,
    shared.narrowNorms.byteOffset,
    work.clusterCount,
    shared.thresholds.byteOffset,
    shared.labels.byteOffset,
    own.next.byteOffset,
    own.unsure.byteOffset,
    own.scratch.byteOffset,
    roundDown(work.drift),
    roundUp(shared.margin[0]!),
    roundDown(1 / scale),
  );
  moveListed(crew, { kernel, shared, own, list: own.list, count: changed });
  return { list: own.unsure.subarray(1), count: own.unsure[0]! };
}

function assignListed(crew: CrewMemory, { list, count }: RowList, work: BlockWork): void {
  const { kernel, shared, own } = work;
  const changed = kernel.assign(
    crew.rows.byteOffset,
    crew.stride * 4,
    list.byteOffset,
    repeatLast(list, count),
    shared.centres.byteOffset,
    work.clusterCount,
    shared.thresholds.byteOffset,
    shared.labels.byteOffset,
    own.next.byteOffset,
    own.scratch.byteOffset,
    roundDown(work.drift),
    (crew.stride + 8) * 2 ** -24,
  );
  moveListed(crew, { kernel, shared, own, list, count: changed });
}

/** Repeats the last row up to a multiple of four; returns how many are listed then. */
function repeatLast(list: Int32Array, count: number): number {
  const whole = Math.ceil(count / 4) * 4;
  list.fill(list[count - 1]!, count, whole);
  return whole;
}

/** To 32 bits, by more than the rounding of the few 32-bit operations that follow. */
function roundDown(value: number): number {
  return Math.fround(value * (1 - 2 ** -20));
}

function roundUp(value: number): number {
  return Math.fround(value * (1 + 2 ** -20));
}

/** Carries the listed rows to the clusters in `own.next`. */
export function moveListed(
  crew: CrewMemory,
  work: RowList & { readonly kernel: Kernel; readonly shared: Desk; readonly own: Desk },
): void {
  const { kernel, shared, own, list, count } = work;
  kernel.move(
    crew.rows.byteOffset,
    crew.stride * 4,
    list.byteOffset,
    own.next.byteOffset,
    count,
    shared.labels.byteOffset,
    own.sums.byteOffset,
    own.sizes.byteOffset,
    crew.weights?.byteOffset ?? 0,
  );
}

export function clearDesk(desk: Desk, problem: Problem): void {
  forgetThresholds(desk, problem);
  desk.labels.fill(problem.clusterCount, 0, problem.rowCount);
  clearTotals(desk);
}

/** A threshold of −1 calls for a look at once, one of Infinity (rows of padding) never. */
export function forgetThresholds({ thresholds }: Desk, { rowCount }: Problem): void {
  thresholds.fill(-1, 0, rowCount).fill(Infinity, rowCount);
}

export function clearTotals(desk: Desk): void {
  desk.sums.fill(0);
  desk.sizes.fill(0);
}

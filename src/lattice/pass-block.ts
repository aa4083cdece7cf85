import { blockRows, type CrewMemory, type Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";

export interface Problem {
  readonly rowCount: number;
  readonly clusterCount: number;
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

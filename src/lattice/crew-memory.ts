import { boardLength } from "../core/board.js";
import { InputError } from "../core/errors.js";
import type { SharedMemory } from "./kernel.js";
import { narrowStrideOf, strideOf } from "./lattice-rows.js";
import { createSharedMemory } from "./open-kernel.js";

/** What a crew's memory must have room for. */
export interface CrewSize {
  readonly threads: number;
  readonly rowCapacity: number;
  readonly columnCount: number;
  readonly clusterCapacity: number;
  /** Starts that one call may spread over the threads. */
  readonly startCapacity: number;
  /** Whether rows have weights. */
  readonly weighted?: boolean;
}

/** One shared memory: a board for handing out work, the starts, the rows, and a desk for every thread. */
export interface CrewMemory {
  readonly memory: SharedMemory;
  readonly size: CrewSize;
  readonly stride: number;
  readonly narrowStride: number;
  readonly board: Int32Array;
  readonly drift: Float64Array;
  /** Narrow steps to a lattice step. */
  readonly scale: Float64Array;
  /** Sum of squares of all rows, in two 64-bit halves. */
  readonly squares: BigUint64Array;
  readonly starts: readonly StartSlot[];
  readonly rows: Float32Array;
  /** The rows again, coarser: see {@link writeNarrowRows}. */
  readonly narrowRows: Int16Array;
  /** How often each row counts: whole numbers whose sum is at most 2^27, so that sums and means stay exact. */
  readonly weights: Int32Array | undefined;
  readonly desks: readonly Desk[];
}

/** What a start is told and what it tells. */
export interface StartSlot {
  readonly seed: Float64Array;
  /** See {@link startField}. */
  readonly facts: Int32Array;
  readonly inertia: BigUint64Array;
  readonly sizes: Int32Array;
  readonly initialCentres: Float32Array;
  readonly centres: Float32Array;
}

/** Places in `StartSlot.facts`. */
export const startField = {
  clusterCount: 0,
  startNumber: 1,
  rowCount: 2,
  maxIterations: 3,
  hasInitialCentres: 4,
  iterations: 5,
  converged: 6,
  refills: 7,
  refine: 8,
} as const;

/** A thread's own arrays, views of the shared memory. */
export interface Desk {
  readonly thresholds: Float32Array;
  readonly labels: Int32Array;
  /** Squared distance to the nearest centre while seeding; lies over thresholds and labels, which come to life later. */
  readonly nearest: Float64Array;
  readonly list: Int32Array;
  readonly next: Int32Array;
  /** Headed by its length. */
  readonly unsure: Int32Array;
  readonly scratch: Float32Array;
  readonly centres: Float32Array;
  /** What the filter needs of the centres: see {@link writeNarrowCentres}. */
  readonly narrowCentres: Int16Array;
  readonly narrowNorms: Int32Array;
  readonly margin: Float64Array;
  /** One row of sums per cluster and a last one for rows not assigned yet; the same for sizes. */
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
}

/** Rows that one step of a pass handles: their survivors stay in the first-level cache. */
export const blockRows = 8192;

/**
 * Lays out (and, given none, allocates) the memory of a crew. Pages that nobody touches cost nothing.
 *
 * @throws InputError where the matrix exceeds what 4 GiB hold (some 80 million rows of 8 columns).
 */
export function layOutMemory(size: CrewSize, given?: SharedMemory): CrewMemory {
  const stride = strideOf(size.columnCount);
  const bytes = walkLayout(size, stride, () => undefined);
  const pages = Math.ceil(bytes / 65536);
  if (pages > 65536)
    throw new InputError(
      `fitKMeans: matrix must fit 4 GiB of lattice memory, got ${size.rowCapacity} rows × ${size.columnCount} columns. Cluster a sample, then assignRows`,
    );
  const memory = given ?? createSharedMemory(pages);
  const places: number[] = [];
  walkLayout(size, stride, (place) => places.push(place));
  return viewLayout({ memory, size, stride, places });
}

const padRows = (rows: number) => Math.ceil(rows / 64) * 64;

function walkLayout(size: CrewSize, stride: number, visit: (place: number) => unknown): number {
  const points = size.clusterCapacity * stride * 4;
  const narrowStride = narrowStrideOf(size.columnCount);
  const rows = padRows(size.rowCapacity);
  const desk = [
    rows * 8,
    (blockRows + 16) * 4,
    (blockRows + 16) * 4,
    (blockRows + 16) * 4,
    stride * 16 + 64,
    points,
    size.clusterCapacity * narrowStride * 2,
    size.clusterCapacity * 4,
    8,
    (size.clusterCapacity + 1) * stride * 8,
    (size.clusterCapacity + 1) * 4,
  ];
  const start = [8, 64, 16, size.clusterCapacity * 4, points, points];
  const sections = [
    ...[64, 64, 64, 64],
    ...Array(size.startCapacity).fill(start).flat(),
    rows * stride * 4,
    rows * narrowStride * 2,
    ...(size.weighted ? [rows * 4] : []),
    ...Array(size.threads).fill(desk).flat(),
  ];
  let place = 0;
  for (const bytes of sections) {
    visit(place);
    place += Math.ceil(bytes / 64) * 64;
  }
  return place;
}

function viewLayout(layout: {
  readonly memory: SharedMemory;
  readonly size: CrewSize;
  readonly stride: number;
  readonly places: readonly number[];
}): CrewMemory {
  const { memory, size, stride, places } = layout;
  const { buffer } = memory;
  const points = size.clusterCapacity * stride;
  const narrowStride = narrowStrideOf(size.columnCount);
  const rows = padRows(size.rowCapacity);
  let visited = 0;
  const place = () => places[visited++]!;
  const board = new Int32Array(buffer, place(), boardLength);
  const drift = new Float64Array(buffer, place(), 1);
  const scale = new Float64Array(buffer, place(), 1);
  const squares = new BigUint64Array(buffer, place(), 2);
  const starts = Array.from({ length: size.startCapacity }, () => ({
    seed: new Float64Array(buffer, place(), 1),
    facts: new Int32Array(buffer, place(), 16),
    inertia: new BigUint64Array(buffer, place(), 2),
    sizes: new Int32Array(buffer, place(), size.clusterCapacity),
    initialCentres: new Float32Array(buffer, place(), points),
    centres: new Float32Array(buffer, place(), points),
  }));
  const rowValues = new Float32Array(buffer, place(), rows * stride);
  const narrowRows = new Int16Array(buffer, place(), rows * narrowStride);
  const weights = size.weighted ? new Int32Array(buffer, place(), rows) : undefined;
  const desks = Array.from({ length: size.threads }, () => {
    const rowState = place();
    return {
      nearest: new Float64Array(buffer, rowState, rows),
      thresholds: new Float32Array(buffer, rowState, rows),
      labels: new Int32Array(buffer, rowState + rows * 4, rows),
      list: new Int32Array(buffer, place(), blockRows + 16),
      next: new Int32Array(buffer, place(), blockRows + 16),
      unsure: new Int32Array(buffer, place(), blockRows + 16),
      scratch: new Float32Array(buffer, place(), stride * 4 + 16),
      centres: new Float32Array(buffer, place(), points),
      narrowCentres: new Int16Array(buffer, place(), size.clusterCapacity * narrowStride),
      narrowNorms: new Int32Array(buffer, place(), size.clusterCapacity),
      margin: new Float64Array(buffer, place(), 1),
      sums: new Float64Array(buffer, place(), (size.clusterCapacity + 1) * stride),
      sizes: new Int32Array(buffer, place(), size.clusterCapacity + 1),
    };
  });
  const shared = { board, drift, scale, squares, starts, rows: rowValues, narrowRows, weights };
  return { memory, size, stride, narrowStride, ...shared, desks };
}

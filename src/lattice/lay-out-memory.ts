import { boardLength } from "../core/board.js";
import { InputError } from "../core/errors.js";
import { blockRows, type CrewMemory, type CrewSize, type Desk, type StartSlot } from "./crew-memory.js";
import type { SharedMemory } from "./kernel.js";
import { narrowStrideOf, strideOf } from "./lattice-rows.js";
import { createSharedMemory } from "./open-kernel.js";

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
    24,
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
  const narrowStride = narrowStrideOf(size.columnCount);
  const rows = padRows(size.rowCapacity);
  let visited = 0;
  const place = () => places[visited++]!;
  const views = { buffer, place, size, stride };
  return {
    memory,
    size,
    stride,
    narrowStride,
    board: new Int32Array(buffer, place(), boardLength),
    drift: new Float64Array(buffer, place(), 1),
    scale: new Float64Array(buffer, place(), 1),
    squares: new BigUint64Array(buffer, place(), 2),
    starts: Array.from({ length: size.startCapacity }, () => viewStart(views)),
    rows: new Float32Array(buffer, place(), rows * stride),
    narrowRows: new Int16Array(buffer, place(), rows * narrowStride),
    weights: size.weighted ? new Int32Array(buffer, place(), rows) : undefined,
    desks: Array.from({ length: size.threads }, () => viewDesk(views)),
  };
}

/** The memory and, one after the other, the places of its sections. */
interface Views {
  readonly buffer: SharedArrayBuffer;
  readonly place: () => number;
  readonly size: CrewSize;
  readonly stride: number;
}

function viewStart({ buffer, place, size, stride }: Views): StartSlot {
  const points = size.clusterCapacity * stride;
  return {
    seed: new Float64Array(buffer, place(), 1),
    facts: new Int32Array(buffer, place(), 16),
    inertia: new BigUint64Array(buffer, place(), 2),
    sizes: new Int32Array(buffer, place(), size.clusterCapacity),
    initialCentres: new Float32Array(buffer, place(), points),
    centres: new Float32Array(buffer, place(), points),
  };
}

function viewDesk({ buffer, place, size, stride }: Views): Desk {
  const rows = padRows(size.rowCapacity);
  const extent = place();
  const rowState = place();
  return {
    longest: new Float64Array(buffer, extent, 1),
    squareHalves: new BigUint64Array(buffer, extent + 8, 2),
    nearest: new Float64Array(buffer, rowState, rows),
    thresholds: new Float32Array(buffer, rowState, rows),
    labels: new Int32Array(buffer, rowState + rows * 4, rows),
    list: new Int32Array(buffer, place(), blockRows + 16),
    next: new Int32Array(buffer, place(), blockRows + 16),
    unsure: new Int32Array(buffer, place(), blockRows + 16),
    scratch: new Float32Array(buffer, place(), stride * 4 + 16),
    centres: new Float32Array(buffer, place(), size.clusterCapacity * stride),
    narrowCentres: new Int16Array(buffer, place(), size.clusterCapacity * narrowStrideOf(size.columnCount)),
    narrowNorms: new Int32Array(buffer, place(), size.clusterCapacity),
    margin: new Float64Array(buffer, place(), 1),
    sums: new Float64Array(buffer, place(), (size.clusterCapacity + 1) * stride),
    sizes: new Int32Array(buffer, place(), size.clusterCapacity + 1),
  };
}

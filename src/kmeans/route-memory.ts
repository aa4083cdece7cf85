import { createSharedMemory } from "../lattice/open-kernel.js";
import { openRouteKernel } from "./open-route-kernel.js";
import type { RouteKernel } from "./route-kernel.js";

/** What a solver must have room for. */
export interface RouteSize {
  readonly rowCapacity: number;
  readonly columnCount: number;
  readonly clusterCapacity: number;
}

/** The memory of a solver: arrays, and in `at` where each begins in bytes. */
export interface RouteMemory {
  readonly size: RouteSize;
  readonly kernel: RouteKernel;
  /** Row length in `rows` and `sums`: even. */
  readonly stride: number;
  readonly at: Readonly<Record<keyof RouteArrays, number>>;
  readonly arrays: RouteArrays;
}

/** Over one shared memory; see {@link RouteKernel} for what each holds. */
export interface RouteArrays {
  readonly rows: Float64Array;
  readonly tiles: Float32Array;
  /** Largest absolute value of each column. */
  readonly reach: Float64Array;
  /** Offset and coefficients of every centre. */
  readonly scores: Float32Array;
  /** Pairs of value and weight of one centre. */
  readonly seed: Float32Array;
  readonly nearest: Float32Array;
  readonly tileSums: Float32Array;
  readonly labels: Int32Array;
  /** 0, 1, 2 …: the rows of a pass over all. */
  readonly rowIds: Int32Array;
  readonly thresholds: Float32Array;
  /** Rows whose threshold does not prove their label, then gathered in tiles of their own. */
  readonly unsettled: Int32Array;
  readonly gathered: Float32Array;
  readonly gatheredLabels: Int32Array;
  readonly far: Float32Array;
  readonly scratch: Int32Array;
  readonly list: Int32Array;
  readonly next: Int32Array;
  readonly unsureCount: Int32Array;
  /** One row of sums per cluster and a last one for rows not assigned yet; the same for sizes. */
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
  readonly centres: Float64Array;
  readonly weights: Float64Array;
  readonly narrowWeights: Float32Array;
  /** Centres and weights of the pass before. */
  readonly centresBefore: Float64Array;
  readonly weightsBefore: Float64Array;
  /** Sum of squares of each column. */
  readonly squares: Float64Array;
}

/** Lays out the memory of a solver. */
export function openRouteMemory(size: RouteSize): RouteMemory {
  const { rowCapacity, columnCount, clusterCapacity } = size;
  const stride = Math.ceil(columnCount / 2) * 2;
  // The last tile is all zeros: it fills up lists.
  const rows = Math.ceil(rowCapacity / 8) * 8 + 8;
  const lengths: Record<keyof RouteArrays, number> = {
    rows: rows * stride,
    tiles: rows * columnCount,
    reach: columnCount,
    scores: clusterCapacity * (columnCount + 1),
    seed: columnCount * 2,
    nearest: rows,
    tileSums: rows / 8,
    labels: rows,
    rowIds: rows,
    thresholds: rows,
    unsettled: rows + 8,
    gathered: rows * columnCount,
    gatheredLabels: rows,
    far: 1,
    scratch: 8,
    // Eight more: the kernel writes before it knows whether to keep.
    list: rows + 8,
    next: rows + 8,
    unsureCount: 1,
    sums: (clusterCapacity + 1) * stride,
    sizes: clusterCapacity + 1,
    centres: clusterCapacity * columnCount,
    weights: columnCount,
    narrowWeights: columnCount,
    centresBefore: clusterCapacity * columnCount,
    weightsBefore: columnCount,
    squares: columnCount,
  };
  const { at, bytes } = placeArrays(lengths);
  const memory = createSharedMemory(Math.ceil(bytes / 65536));
  const kernel = openRouteKernel(memory);
  const arrays = viewArrays(memory.buffer, at, lengths);
  arrays.rowIds.forEach((_, row, ids) => {
    ids[row] = row;
  });
  return { size, stride, at, kernel, arrays };
}

function placeArrays(lengths: Readonly<Record<keyof RouteArrays, number>>): {
  readonly at: RouteMemory["at"];
  readonly bytes: number;
} {
  let bytes = 0;
  const entries = Object.entries(lengths).map(([name, length]) => {
    const place = bytes;
    bytes += Math.ceil((length * 8) / 64) * 64;
    return [name, place];
  });
  return { at: Object.fromEntries(entries) as RouteMemory["at"], bytes };
}

function viewArrays(
  buffer: SharedArrayBuffer,
  at: RouteMemory["at"],
  lengths: Readonly<Record<keyof RouteArrays, number>>,
): RouteArrays {
  const doubles = (name: keyof RouteArrays) => new Float64Array(buffer, at[name], lengths[name]);
  const floats = (name: keyof RouteArrays) => new Float32Array(buffer, at[name], lengths[name]);
  const integers = (name: keyof RouteArrays) => new Int32Array(buffer, at[name], lengths[name]);
  return {
    rows: doubles("rows"),
    tiles: floats("tiles"),
    reach: doubles("reach"),
    scores: floats("scores"),
    seed: floats("seed"),
    nearest: floats("nearest"),
    tileSums: floats("tileSums"),
    labels: integers("labels"),
    rowIds: integers("rowIds"),
    thresholds: floats("thresholds"),
    unsettled: integers("unsettled"),
    gathered: floats("gathered"),
    gatheredLabels: integers("gatheredLabels"),
    far: floats("far"),
    scratch: integers("scratch"),
    list: integers("list"),
    next: integers("next"),
    unsureCount: integers("unsureCount"),
    sums: doubles("sums"),
    sizes: integers("sizes"),
    centres: doubles("centres"),
    weights: doubles("weights"),
    narrowWeights: floats("narrowWeights"),
    centresBefore: doubles("centresBefore"),
    weightsBefore: doubles("weightsBefore"),
    squares: doubles("squares"),
  };
}

/** Puts points (row-major) into the memory. Rows that fill up the last tile are zeros. */
export function loadPoints(memory: RouteMemory, points: Float64Array, rowCount: number): void {
  const { stride, size, arrays } = memory;
  const { rows, tiles, reach, squares } = arrays;
  const { columnCount } = size;
  reach.fill(0);
  squares.fill(0);
  tiles.fill(0, Math.floor(rowCount / 8) * 8 * columnCount, Math.ceil(rowCount / 8) * 8 * columnCount);
  for (let row = 0; row < rowCount; row++) {
    const tile = (row >> 3) * 8 * columnCount + (row & 7);
    for (let j = 0; j < columnCount; j++) {
      const value = points[row * columnCount + j]!;
      rows[row * stride + j] = value;
      tiles[tile + j * 8] = value;
      reach[j] = Math.max(reach[j]!, Math.abs(value));
      squares[j]! += value * value;
    }
  }
}

import { checkMagnitude } from "../cluster/check-table.js";
import type { Matrix } from "../core/matrix.js";

/** How the doubles of a matrix become the integers that the kernel works on: q = (x − origin) / step. */
export interface Lattice {
  /** A power of two. */
  readonly step: number;
  /** One per column; 0 throughout where the matrix was on a lattice already. */
  readonly origins: readonly number[];
  /** Whether some value had to be rounded. */
  readonly rounds: boolean;
  readonly notes: readonly string[];
}

const recipeStep = 2 ** -20;
const mostInteger = 2 ** 23;

/** Values per row in the kernel's memory: columns padded to whole 128-bit vectors. */
export function strideOf(columnCount: number): number {
  return Math.max(4, Math.ceil(columnCount / 4) * 4);
}

/** The same for the 16-bit integers of the kernel's filter: columns padded to whole 128-bit vectors. */
export function narrowStrideOf(columnCount: number): number {
  return Math.ceil(columnCount / 8) * 8;
}

/**
 * The lattice on which every distance over the matrix is exact: integers of at most 2^23, and
 * columns · (2 · largest)² ≤ 2^53. The lattice of `applyRecipe` (step 2^−20) where the matrix is on it already.
 *
 * Up to 32 columns that has room for all of `applyRecipe`'s values. Beyond, the second bound takes over (128 columns: 2^22,
 * 1,024 columns: 2^20): values that reach farther are rounded to a coarser step, and everything is exact for these.
 */
export function findLattice(caller: string, matrix: Matrix): Lattice {
  const { values, columnCount } = matrix;
  const limit = largestInteger(columnCount);
  if (largestOnRecipeLattice(values) <= limit) return recipeLattice(columnCount);
  checkMagnitude(caller, matrix);
  const lows = new Array<number>(columnCount).fill(Infinity);
  const highs = new Array<number>(columnCount).fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    const j = i % columnCount;
    lows[j] = Math.min(lows[j]!, values[i]!);
    highs[j] = Math.max(highs[j]!, values[i]!);
  }
  const origins = lows.map((low, j) => low / 2 + highs[j]! / 2);
  const reach = Math.max(...highs.map((high, j) => Math.max(high - origins[j]!, origins[j]! - lows[j]!)));
  const step = reach === 0 ? recipeStep : 2 ** Math.ceil(Math.log2(reach / limit));
  const rounds = values.some((value, i) => !Number.isInteger((value - origins[i % columnCount]!) / step));
  const over = limit < mostInteger ? ` over ${columnCount} columns` : "";
  const notes = rounds
    ? [`Values were rounded to multiples of ${step}, so that distances${over} are exact.`]
    : [];
  return { step, origins, rounds, notes };
}

/** The lattice of `applyRecipe`. */
export function recipeLattice(columnCount: number): Lattice {
  return { step: recipeStep, origins: new Array(columnCount).fill(0), rounds: false, notes: [] };
}

/** The largest integer of a lattice of so many columns, in size. */
export function largestInteger(columnCount: number): number {
  const bits = Math.floor(Math.log2(Math.sqrt(2 ** 53 / columnCount) / 2));
  return Math.min(mostInteger, 2 ** bits);
}

/**
 * Writes the matrix as lattice integers, row after row (in the given order, if any), each padded to
 * `strideOf(columnCount)` with zeros.
 */
export function writeLatticeRows(
  matrix: Matrix,
  lattice: Lattice,
  target: Float32Array,
  { order }: { readonly order?: Uint32Array } = {},
): void {
  const { values, rowCount, columnCount } = matrix;
  const stride = strideOf(columnCount);
  const { origins } = lattice;
  const scale = 1 / lattice.step;
  if (
    order === undefined &&
    !lattice.rounds &&
    stride === columnCount &&
    origins.every((origin) => origin === 0)
  ) {
    // Multiples of the step already, and no padding: one long row.
    for (let i = 0; i < values.length; i++) target[i] = values[i]! * scale;
    return;
  }
  if (stride !== columnCount) target.fill(0, 0, rowCount * stride);
  for (let i = 0; i < rowCount; i++) {
    const from = (order === undefined ? i : order[i]!) * columnCount;
    for (let j = 0; j < columnCount; j++)
      target[i * stride + j] = toLattice(values[from + j]!, origins[j]!, scale);
  }
}

/** Points given in the matrix's own units (such as starting centres) as lattice integers. */
export function writeLatticePoints(
  points: readonly (readonly number[])[],
  lattice: Lattice,
  target: Float32Array,
): void {
  const stride = strideOf(lattice.origins.length);
  target.fill(0, 0, points.length * stride);
  points.forEach((point, i) => {
    point.forEach((value, j) => {
      const integer = toLattice(value, lattice.origins[j]!, 1 / lattice.step);
      target[i * stride + j] = Math.max(-mostInteger, Math.min(mostInteger, integer));
    });
  });
}

/** Lattice integers back in the matrix's own units. */
export function readLatticePoints(integers: Float32Array, count: number, lattice: Lattice): number[][] {
  const stride = strideOf(lattice.origins.length);
  return Array.from({ length: count }, (_, i) =>
    lattice.origins.map((origin, j) => origin + integers[i * stride + j]! * lattice.step),
  );
}

function toLattice(value: number, origin: number, scale: number): number {
  return Math.floor((value - origin) * scale + 0.5);
}

/** The largest integer in steps of 2^−20, or Infinity where some value is not a multiple of it. */
function largestOnRecipeLattice(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const scaled = values[i]! / recipeStep;
    if (scaled !== Math.floor(scaled)) return Infinity;
    if (scaled > largest) largest = scaled;
    else if (-scaled > largest) largest = -scaled;
  }
  return largest;
}

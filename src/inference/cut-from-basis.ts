import type { BasisValues } from "./basis-model.js";

/** More levels are a scale, not bands. */
const mostBands = 10;
/** Rows out of place that bands may have, as a share of those that chance alone would give. */
const leastMixing = 0.05;
const fewestRows = 5;

/**
 * The number of the basis that a descriptor was cut from, as "high spender" is from spend; −1 where there is none.
 *
 * Along the sorted basis the levels of such a descriptor follow one another in bands, where chance would mix them. O(rows log rows · bases).
 *
 * @param outcomes - Columns that tell the levels apart, shape (columns, rows).
 */
export function findCutBasis(bases: readonly BasisValues[], outcomes: readonly Float64Array[]): number {
  const levels = levelsOfRows(outcomes);
  const counts = new Map<number, number>();
  for (const level of levels) counts.set(level, (counts.get(level) ?? 0) + 1);
  const sizes = [...counts.values()].sort((a, b) => b - a);
  if (sizes.length < 2 || sizes.length > mostBands || sizes[1]! < fewestRows) return -1;
  const rowCount = levels.length;
  const chance = rowCount - sizes.reduce((sum, size) => sum + size * size, 0) / rowCount;
  return bases.findIndex(
    (basis) => !basis.isCategory && mixing(basis.values, levels) - (sizes.length - 1) <= leastMixing * chance,
  );
}

/** Rows with the same outcomes share a level. */
function levelsOfRows(outcomes: readonly Float64Array[]): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(outcomes[0]!, (_, row) => {
    const pattern = outcomes.map((column) => column[row]).join();
    const level = numbers.get(pattern) ?? numbers.size;
    numbers.set(pattern, level);
    return level;
  });
}

/** Changes of level along the sorted values, and rows that differ from the others of the same value. */
function mixing(values: Float64Array, levels: Uint32Array): number {
  const order = Uint32Array.from(values.keys()).sort((a, b) => compareKnown(values[a]!, values[b]!));
  let misfits = 0;
  let before = -1;
  for (let start = 0; start < order.length; ) {
    const counts = new Map<number, number>();
    let end = start;
    while (end < order.length && compareKnown(values[order[end]!]!, values[order[start]!]!) === 0) {
      const level = levels[order[end++]!]!;
      counts.set(level, (counts.get(level) ?? 0) + 1);
    }
    const [level, count] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
    misfits += end - start - count;
    if (before >= 0 && level !== before) misfits++;
    before = level;
    start = end;
  }
  return misfits;
}

/** Unknown values come first and are alike. */
function compareKnown(a: number, b: number): number {
  const x = Number.isNaN(a) ? -Infinity : a;
  const y = Number.isNaN(b) ? -Infinity : b;
  return x < y ? -1 : x > y ? 1 : 0;
}

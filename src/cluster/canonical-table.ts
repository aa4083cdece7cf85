import { finishHash, hashSeed, mixHash, orderByHash } from "./canonical-order.js";
import { type MixedTable, rowsOfTable } from "./mixed-table.js";

/** A table whose rows stand in an order that depends on their content alone. */
export interface CanonicalTable {
  readonly table: MixedTable;
  /** Where each row came from; of equal rows the first comes first. */
  readonly order: Uint32Array;
  readonly distinctRowCount: number;
}

/**
 * Puts rows into canonical order: whatever is drawn or summed in it comes out the same, bit for bit, however the table
 * was sorted. Equal rows end up side by side. O(nRows · nColumns).
 */
export function sortCanonically(given: MixedTable): CanonicalTable {
  const order = orderByHash(hashTableRows(given), compareTableRows(given));
  const table = rowsOfTable(given, order);
  return { table, order, distinctRowCount: firstDistinctRows(table, Infinity).length };
}

/** The first of each set of equal rows, no more than `limit`; equal rows must stand side by side. */
export function firstDistinctRows(table: MixedTable, limit: number): number[] {
  const compare = compareTableRows(table);
  const firsts: number[] = [];
  for (let i = 0; i < table.rowCount && firsts.length < limit; i++)
    if (i === 0 || compare(i - 1, i) !== 0) firsts.push(i);
  return firsts;
}

/** Rows that equal the next one; equal rows must stand side by side. */
export function twinRows(table: MixedTable): number[] {
  const compare = compareTableRows(table);
  const twins: number[] = [];
  for (let i = 1; i < table.rowCount; i++) if (compare(i - 1, i) === 0) twins.push(i - 1);
  return twins;
}

/** The first of the rows that equal the given one and stand beside it. */
export function firstOfEqualRows(table: MixedTable, row: number): number {
  const compare = compareTableRows(table);
  let first = row;
  while (first > 0 && compare(first - 1, row) === 0) first--;
  return first;
}

function compareTableRows(table: MixedTable): (a: number, b: number) => number {
  const { values, columnCount } = table.numbers;
  return (a, b) => {
    for (let j = 0; j < columnCount; j++) {
      const difference = compareNumbers(values[a * columnCount + j]!, values[b * columnCount + j]!);
      if (difference !== 0) return difference;
    }
    for (const { codes } of table.categories) if (codes[a] !== codes[b]) return codes[a]! - codes[b]!;
    return 0;
  };
}

/** Missing numbers are equal to each other and come last. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b || Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function hashTableRows(table: MixedTable): Uint32Array {
  const { values, columnCount } = table.numbers;
  const double = new Float64Array(1);
  const words = new Int32Array(double.buffer);
  return Uint32Array.from({ length: table.rowCount }, (_, i) => {
    let hash = hashSeed;
    for (let j = 0; j < columnCount; j++) {
      const value = values[i * columnCount + j]!;
      // Adding 0 makes −0 hash like 0, which it equals; missing numbers have many patterns of bits, Infinity has one.
      double[0] = Number.isNaN(value) ? Infinity : value + 0;
      hash = mixHash(mixHash(hash, words[0]!), words[1]!);
    }
    for (const { codes } of table.categories) hash = mixHash(hash, codes[i]!);
    return finishHash(hash);
  });
}

import { canonicalOrder, finishHash, hashSeed, mixHash, orderByHash } from "../cluster/canonical-order.js";
import type { Matrix } from "../core/matrix.js";
import { findLattice, type Lattice, strideOf, writeLatticeRows } from "../lattice/lattice-rows.js";

/** Rows that must share a cluster; a number below 0 or null leaves a row on its own. */
export type RowGroups = Int32Array | readonly (number | string | null)[];

/** Lattice rows in an order that depends on their content alone, with the rows of a group side by side. */
export interface TiedRows {
  readonly rowCount: number;
  readonly lattice: Lattice;
  /** Values per row, padded with zeros. */
  readonly stride: number;
  /** Lattice integers. */
  readonly rows: Float32Array;
  /** Where each row stands when it is assigned: at the mean of its group. */
  readonly points: Float32Array | Float64Array;
  /** The first row of each group, and the row count at the end. A row on its own is a group of one. */
  readonly groupStarts: Uint32Array;
  /** Where each row came from. */
  readonly order: Uint32Array;
}

/**
 * Puts a matrix on its lattice and ties the rows of each group. The sum of squared distances of a group's rows to a
 * centre is that of their mean, once per row, and a constant: so the mean stands for all of them. Groups of equal rows
 * follow each other in the order given. O(nRows · nColumns).
 */
export function tieRows(matrix: Matrix, groups: RowGroups | undefined): TiedRows {
  const lattice = findLattice("fitKMeans", matrix);
  const { rowCount } = matrix;
  const stride = strideOf(matrix.columnCount);
  const given = new Float32Array(rowCount * stride);
  writeLatticeRows(matrix, lattice, given);
  if (groups === undefined) {
    const order = canonicalOrder(given, rowCount, stride);
    const rows = gatherRows(given, order, stride);
    const groupStarts = Uint32Array.from({ length: rowCount + 1 }, (_, i) => i);
    return { rowCount, lattice, stride, rows, points: rows, groupStarts, order };
  }
  const { order, groupStarts } = orderGroups(given, stride, numberGroups(groups));
  const rows = gatherRows(given, order, stride);
  return { rowCount, lattice, stride, rows, points: meansOf(rows, stride, groupStarts), groupStarts, order };
}

/** Whether a row must share no cluster with another. */
export function isAlone(group: number | string | null): boolean {
  return group === null || (typeof group === "number" && group < 0);
}

/** Groups numbered from 0 as they come, rows on their own among them. */
function numberGroups(groups: RowGroups): Int32Array {
  const numbers = new Map<number | string, number>();
  let count = 0;
  return Int32Array.from(groups, (group) => {
    if (isAlone(group)) return count++;
    const known = numbers.get(group!);
    if (known !== undefined) return known;
    numbers.set(group!, count);
    return count++;
  });
}

function orderGroups(
  rows: Float32Array,
  stride: number,
  groupOf: Int32Array,
): Pick<TiedRows, "order" | "groupStarts"> {
  const groupCount = groupOf.reduce((most, group) => Math.max(most, group), -1) + 1;
  const sums = new Float64Array(groupCount * stride);
  const sizes = new Int32Array(groupCount);
  // Sums of the hashes of rows tell groups of one mean apart whose rows differ.
  const contents = new Uint32Array(groupCount);
  groupOf.forEach((group, i) => {
    sizes[group]!++;
    contents[group]! += hashRow(rows, i, stride);
    for (let j = 0; j < stride; j++) sums[group * stride + j]! += rows[i * stride + j]!;
  });
  const groupOrder = orderByHash(contents, (a, b) => {
    if (sizes[a] !== sizes[b]) return sizes[a]! - sizes[b]!;
    for (let j = 0; j < stride; j++) {
      const difference = sums[a * stride + j]! - sums[b * stride + j]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const groupStarts = new Uint32Array(groupCount + 1);
  const places = new Uint32Array(groupCount);
  groupOrder.forEach((group, place) => {
    places[group] = groupStarts[place]!;
    groupStarts[place + 1] = groupStarts[place]! + sizes[group]!;
  });
  const order = new Uint32Array(groupOf.length);
  groupOf.forEach((group, i) => {
    order[places[group]!++] = i;
  });
  return { order, groupStarts };
}

function hashRow(rows: Float32Array, row: number, stride: number): number {
  let hash = hashSeed;
  for (let at = row * stride; at < (row + 1) * stride; at++) hash = mixHash(hash, rows[at]! | 0);
  return finishHash(hash) >>> 0;
}

function gatherRows(given: Float32Array, order: Uint32Array, stride: number): Float32Array {
  const rows = new Float32Array(given.length);
  for (let i = 0; i < order.length; i++) {
    const from = order[i]! * stride;
    for (let j = 0; j < stride; j++) rows[i * stride + j] = given[from + j]!;
  }
  return rows;
}

/** The mean of each row's group, at every one of its rows. */
function meansOf(rows: Float32Array, stride: number, groupStarts: Uint32Array): Float64Array {
  const means = new Float64Array(rows.length);
  for (let group = 0; group + 1 < groupStarts.length; group++) {
    const begin = groupStarts[group]!;
    const end = groupStarts[group + 1]!;
    for (let j = 0; j < stride; j++) {
      let sum = 0;
      for (let i = begin; i < end; i++) sum += rows[i * stride + j]!;
      for (let i = begin; i < end; i++) means[i * stride + j] = sum / (end - begin);
    }
  }
  return means;
}

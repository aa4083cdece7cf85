/** Where the hash of a row begins. */
export const hashSeed = 0x9e3779b9;

/**
 * An order of rows that depends on their content alone: by a hash of the row, equal hashes by the values themselves.
 * Whatever draws rows by number in this order draws the same customers however the table was sorted.
 *
 * @param rows - Lattice integers, `stride` values a row.
 * @returns Row numbers. O(rows) but for equal hashes.
 */
export function canonicalOrder(rows: Float32Array, rowCount: number, stride: number): Uint32Array {
  return orderByHash(hashRows(rows, rowCount, stride), (a, b) => compareRows(rows, stride, a, b));
}

/** Row numbers by hash, rows of equal hash as `compare` says, equal rows in the order given. O(rows) but for equal hashes. */
export function orderByHash(hashes: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  const rowCount = hashes.length;
  const order = sortByHash(hashes, rowCount);
  let begin = 0;
  for (let i = 1; i <= rowCount; i++) {
    if (i < rowCount && hashes[order[i]!] === hashes[order[begin]!]) continue;
    if (i - begin > 1) order.subarray(begin, i).sort(compare);
    begin = i;
  }
  return order;
}

/** One step of the hash of a row: takes in a 32-bit word. */
export function mixHash(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** The hash once all words are in. */
export function finishHash(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Labels of ordered rows, back at the rows' own places. */
export function restoreOrder(labels: Int32Array, order: Uint32Array): Int32Array {
  const restored = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) restored[order[i]!] = labels[i]!;
  return restored;
}

/** Negative, zero or positive as row a comes before, equals or comes after row b, column by column. */
export function compareRows(rows: Float32Array, stride: number, a: number, b: number): number {
  for (let j = 0; j < stride; j++) {
    const difference = rows[a * stride + j]! - rows[b * stride + j]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How many different rows there are, counted no further than `limit`, and none of weight 0. */
export function countDistinctRows(
  rows: Float32Array | Float64Array,
  rowCount: number,
  options: {
    readonly stride: number;
    readonly limit: number;
    readonly weights?: Int32Array | undefined;
  },
): number {
  const { stride, limit, weights } = options;
  const seen = new Set<string>();
  for (let i = 0; i < rowCount && seen.size < limit; i++)
    if (weights?.[i] !== 0) seen.add(rows.subarray(i * stride, (i + 1) * stride).join());
  return seen.size;
}

function hashRows(rows: Float32Array, rowCount: number, stride: number): Uint32Array {
  const hashes = new Uint32Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    let hash = hashSeed;
    for (let j = 0; j < stride; j++) hash = mixHash(hash, rows[i * stride + j]! | 0);
    hashes[i] = finishHash(hash);
  }
  return hashes;
}

/** Radix sort by 11 bits at a time: linear, and stable. */
function sortByHash(hashes: Uint32Array, rowCount: number): Uint32Array {
  let order = new Uint32Array(rowCount).map((_, i) => i);
  let sorted = new Uint32Array(rowCount);
  for (const shift of [0, 11, 22]) {
    const places = new Uint32Array(2049);
    for (let i = 0; i < rowCount; i++) places[((hashes[i]! >>> shift) & 0x7ff) + 1]!++;
    for (let digit = 1; digit < places.length; digit++) places[digit]! += places[digit - 1]!;
    for (let i = 0; i < rowCount; i++) {
      const row = order[i]!;
      sorted[places[(hashes[row]! >>> shift) & 0x7ff]!++] = row;
    }
    [order, sorted] = [sorted, order];
  }
  return order;
}

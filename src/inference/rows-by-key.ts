import type { CustomerTable } from "../core/feature.js";

/** Row numbers in the order of their keys, so that no result depends on the order of a file. O(rows) where they are sorted. */
export function rowsByKey({ keys }: CustomerTable): Uint32Array {
  const rows = Uint32Array.from(keys.keys());
  const isSorted = keys.every((key, row) => row === 0 || keys[row - 1]! <= key);
  return isSorted ? rows : rows.sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
}

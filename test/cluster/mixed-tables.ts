import { type MixedTable, rowsOfTable } from "#src/cluster/mixed-table.js";
import { createRandom } from "#src/core/random.js";
import { drawBlobs } from "./matrices.js";

/** Rows in groups that show in numbers and in words: `words` columns, whose level is the group's own three times out of four. */
export function drawMixed(options: {
  readonly seed: number;
  readonly rowCount: number;
  readonly numbers: number;
  readonly words: number;
  readonly groups: number;
}): { table: MixedTable; groups: number[] } {
  const { seed, rowCount, numbers, words } = options;
  const { matrix, groups } = drawBlobs({
    seed,
    rowCount,
    columnCount: Math.max(1, numbers),
    groups: options.groups,
    spread: 2,
  });
  const random = createRandom(seed).fork(1);
  const levels = ["blue", "green", "red"];
  const categories = Array.from({ length: words }, (_, j) => ({
    name: `word${j}`,
    levels,
    codes: Int32Array.from(groups, (group) => (random.next() < 0.75 ? (group + j) % 3 : random.below(3))),
  }));
  const none = { ...matrix, columnCount: 0, columns: [], values: new Float64Array(0) };
  return { table: { rowCount, numbers: numbers === 0 ? none : matrix, categories }, groups };
}

/** The same rows in another order, and that order. */
export function shuffleTable(table: MixedTable, seed: number): { table: MixedTable; order: number[] } {
  const random = createRandom(seed);
  const order = Array.from({ length: table.rowCount }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return { table: rowsOfTable(table, order), order };
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { suppressCells, suppressGroups } from "#src/disclosure/suppress-cells.js";

type Table = readonly (readonly number[])[];

/** Every table of whole numbers with the same totals and the same visible cells, by trying them all. */
function possibleTables(counts: Table, isShown: readonly (readonly boolean[])[]): number[][][] {
  const rowsLeft = counts.map((row) => row.reduce((sum, n) => sum + n, 0));
  const columnsLeft = counts[0]!.map((_, j) => counts.reduce((sum, row) => sum + row[j]!, 0));
  counts.forEach((row, i) => {
    row.forEach((n, j) => {
      if (!isShown[i]![j]) return;
      rowsLeft[i]! -= n;
      columnsLeft[j]! -= n;
    });
  });
  const hidden = counts.flatMap((row, i) => row.flatMap((_, j) => (isShown[i]![j] ? [] : [[i, j] as const])));
  const found: number[][][] = [];
  const guess = counts.map((row) => [...row]);
  const fill = (at: number): void => {
    if (found.length > 5000) return;
    if (at === hidden.length) {
      if ([...rowsLeft, ...columnsLeft].every((left) => left === 0)) found.push(guess.map((row) => [...row]));
      return;
    }
    const [i, j] = hidden[at]!;
    const isLastOfRow = !hidden.slice(at + 1).some(([row]) => row === i);
    const isLastOfColumn = !hidden.slice(at + 1).some(([, column]) => column === j);
    const most = Math.min(rowsLeft[i]!, columnsLeft[j]!);
    for (let n = 0; n <= most; n++) {
      if ((isLastOfRow && n !== rowsLeft[i]) || (isLastOfColumn && n !== columnsLeft[j])) continue;
      guess[i]![j] = n;
      rowsLeft[i]! -= n;
      columnsLeft[j]! -= n;
      fill(at + 1);
      rowsLeft[i]! += n;
      columnsLeft[j]! += n;
    }
  };
  fill(0);
  return found;
}

/** Hidden cells that can only have one value. */
function solvedCells(counts: Table, isShown: readonly (readonly boolean[])[]): number {
  const tables = possibleTables(counts, isShown);
  return counts
    .flatMap((row, i) => row.map((_, j) => ({ i, j })))
    .filter(({ i, j }) => !isShown[i]![j] && new Set(tables.map((table) => table[i]![j])).size === 1).length;
}

test("a small cell alone is worked out from the totals; with its complements it cannot be", () => {
  const counts = [
    [3, 20, 30],
    [25, 40, 12],
    [15, 11, 60],
  ];
  const naive = counts.map((row) => row.map((n) => n >= 10));
  assert.equal(solvedCells(counts, naive), 1);
  const { isShown, small, complementary } = suppressCells(counts, 10);
  assert.deepEqual([small, complementary], [1, 3]);
  assert.equal(solvedCells(counts, isShown), 0);
});

test("two hidden cells in every row and column can still give a bridge between them away", () => {
  const counts = [
    [2, 3, 50, 50, 20],
    [4, 2, 50, 50, 20],
    [50, 5, 50, 4, 20],
    [50, 50, 3, 2, 20],
    [50, 50, 4, 3, 20],
  ];
  const { isShown } = suppressCells(counts, 10);
  const naive = counts.map((row) => row.map((n) => n >= 10));
  assert.ok(solvedCells(counts, naive) > 0);
  assert.equal(solvedCells(counts, isShown), 0);
});

test("no hidden cell of 400 random tables can be worked out from totals and visible cells", () => {
  const random = createRandom(5);
  let naiveSolved = 0;
  for (let round = 0; round < 400; round++) {
    const [rows, columns] = [2 + Math.floor(random.next() * 3), 2 + Math.floor(random.next() * 3)];
    const counts = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (random.next() < 0.25 ? 0 : Math.floor(random.next() * 9))),
    );
    const { isShown } = suppressCells(counts, 4);
    counts.forEach((row, i) => {
      for (const [j, n] of row.entries()) if (n > 0 && n < 4) assert.equal(isShown[i]![j], false);
    });
    const isWithheld = isShown.flat().every((shown) => !shown);
    if (!isWithheld) assert.equal(solvedCells(counts, isShown), 0, JSON.stringify(counts));
    naiveSolved += solvedCells(
      counts,
      counts.map((row) => row.map((n) => n === 0 || n >= 4)),
    );
  }
  assert.ok(naiveSolved > 100, "the solver must be able to solve what is not protected");
});

test("a table without small cells, and zeros, are shown", () => {
  const shown = suppressCells(
    [
      [0, 10],
      [12, 0],
    ],
    10,
  );
  assert.deepEqual([shown.small, shown.complementary], [0, 0]);
  assert.deepEqual(suppressCells([[5, 1]], 1).isShown, [[true, true]]);
});

test("a table with one row is hidden altogether where a cell of it is small", () => {
  assert.deepEqual(suppressCells([[5, 100, 200]], 10).isShown, [[false, false, false]]);
});

test("of groups with a known total two are hidden, and together they reach the minimum", () => {
  assert.deepEqual(suppressGroups([100, 4, 50, 0], 10), [true, false, false, true]);
  assert.deepEqual(suppressGroups([100, 4, 3, 50], 10), [true, false, false, false]);
  assert.deepEqual(suppressGroups([100, 50], 10), [true, true]);
  assert.deepEqual(suppressGroups([4], 10), [false]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDuckDb } from "#src/engine/duckdb.js";
import { type IntegerCentres, type LatticeTable, passSql } from "#src/pushdown/kmeans-sql.js";

/** By the definition: squared distances in whole numbers of any length, the first least of them. */
function passByHand(rows: readonly (readonly number[])[], centres: IntegerCentres): Map<number, bigint[]> {
  const found = new Map<number, bigint[]>();
  for (const [weight, ...point] of rows) {
    const distances = centres.map((centre) =>
      point.reduce((sum, value, j) => sum + (BigInt(value) - BigInt(centre[j]!)) ** 2n, 0n),
    );
    const label = distances.indexOf([...distances].sort((a, b) => (a < b ? -1 : Number(a > b)))[0]!);
    const totals = found.get(label) ?? Array<bigint>(point.length + 1).fill(0n);
    [1, ...point].forEach((value, place) => {
      totals[place]! += BigInt(weight!) * BigInt(value);
    });
    found.set(label, totals);
  }
  return found;
}

const far = 2 ** 23;

/** Rows of weight and point: ties between centres, copies of centres, and corners of the lattice. */
function madeRows(columnCount: number): number[][] {
  return Array.from({ length: 500 }, (_, i) => [
    1 + (i % 3),
    ...Array.from({ length: columnCount }, (_, j) =>
      i % 10 === 0 ? (((i / 10) >> (j % 6)) & 1 ? far : -far) : ((i * (j + 7)) % 9) - 4,
    ),
  ]);
}

for (const [clusterCount, columnCount] of [
  [1, 2],
  [2, 1],
  [5, 3],
  [8, 8],
  [17, 4],
  [40, 32],
] as const)
  test(`a pass over ${columnCount} columns and ${clusterCount} clusters is the definition's`, async () => {
    const rows = madeRows(columnCount);
    const centres = Array.from({ length: clusterCount }, (_, k) =>
      Array.from({ length: columnCount }, (_, j) =>
        k % 7 === 6 ? ((k + j) % 2 ? far : -far) : ((k * (j + 1)) % 8) - 4,
      ),
    );
    const names = Array.from({ length: columnCount }, (_, j) => `q${j}`);
    const engine = await openDuckDb();
    await engine.run(
      `CREATE TABLE lattice (draws BIGINT, ${names.map((name) => `${name} BIGINT`).join(", ")});
       INSERT INTO lattice VALUES ${rows.map((row) => `(${row.join(", ")})`).join(", ")}`,
    );
    for (const weight of [undefined, "draws"]) {
      const table: LatticeTable = { from: "lattice", columnCount, ...(weight && { weight }) };
      const found = await engine.rows(passSql(table, centres));
      const totals = found.map((row) => [
        Number(row.get("label")),
        ["size", ...names.map((_, j) => `s${j}`)].map((name) => BigInt(String(row.get(name)))),
      ]);
      const expected = passByHand(weight ? rows : rows.map(([, ...point]) => [1, ...point]), centres);
      assert.deepEqual(new Map(totals as [number, bigint[]][]), expected, `weight: ${weight}`);
    }
    engine.close();
  });

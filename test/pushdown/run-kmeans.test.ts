import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOfColumns } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import type { PushdownEngine } from "#src/pushdown/pushdown-engine.js";
import { runKMeans } from "#src/pushdown/run-kmeans.js";

const step = 2 ** -20;

async function openTable(columns: readonly (readonly number[])[]): Promise<PushdownEngine> {
  const engine = await openDuckDb();
  const names = columns.map((_, j) => `q${j} BIGINT`).join(", ");
  const rows = columns[0]!.map((_, i) => `(${columns.map((column) => column[i]).join(", ")})`);
  await engine.run(`CREATE TABLE lattice (${names}); INSERT INTO lattice VALUES ${rows.join(", ")}`);
  return { ...engine, dialect: "duckdb" };
}

function drawColumns(rowCount: number, columnCount: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: columnCount }, () =>
    Array.from({ length: rowCount }, () =>
      Math.floor((random.next() + random.next() + (random.next() < 0.3 ? 2 : 0) - 1) * 2 ** 20),
    ),
  );
}

for (const clusterCount of [1, 2, 5, 18])
  test(`${clusterCount} clusters on an engine are those of fitKMeans from the same centres, bit for bit`, async () => {
    const columns = drawColumns(3000, 3, 11);
    const engine = await openTable(columns);
    const names = ["a", "b", "c"];
    const matrix = matrixOfColumns(
      names,
      columns.map((column) => column.map((value) => value * step)),
    );
    const centres = Array.from({ length: clusterCount }, (_, i) => columns.map((column) => column[i * 7]!));
    const pushed = await runKMeans(engine, { from: "lattice", columnCount: 3 }, { centres });
    const local = fitKMeans(matrix, {
      clusterCount,
      seed: 1,
      initialCentres: centres.map((centre) => centre.map((value) => value * step)),
    });
    assert.ok(pushed.converged);
    assert.deepEqual(
      pushed.centres,
      local.centres.map((centre) => centre.map((value) => value / step)),
    );
    assert.deepEqual(pushed.sizes, local.sizes);
    assert.equal(Number(pushed.inertia) * step * step, local.inertia);
    engine.close();
  });

test("an empty cluster takes the farthest row with its copies, as fitKMeans does", async () => {
  const columns = [[0, 0, 0, 10, 10, 11, 400, 400]];
  const engine = await openTable(columns);
  const centres = [[0], [9000], [9999]];
  const pushed = await runKMeans(engine, { from: "lattice", columnCount: 1 }, { centres });
  const local = fitKMeans(
    matrixOfColumns(
      ["x"],
      columns.map((column) => column.map((value) => value * step)),
    ),
    {
      clusterCount: 3,
      seed: 1,
      initialCentres: centres.map(([value]) => [value! * step]),
    },
  );
  assert.deepEqual(
    pushed.centres,
    local.centres.map((centre) => centre.map((value) => value / step)),
  );
  assert.deepEqual(pushed.sizes, [3, 3, 2]);
  assert.ok(pushed.refills > 0);
  engine.close();
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { AttributeConfig, SourceConfig } from "#src/config/workbook-config.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { cleanTables } from "#src/pushdown/clean-tables.js";
import type { PushdownEngine } from "#src/pushdown/pushdown-engine.js";
import { loadSources } from "#src/sources/load-sources.js";
import { configOf, sourceOf } from "../features/sample-config.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-clean-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const words = [
  "customer",
  "invoice",
  "date",
  "quantity",
  "price",
  "discount",
  "product",
  "category",
  "region",
];
const attributes = new Map<string, AttributeConfig>([
  ["age", { column: "age", type: "number", unit: "years", meaning: "Age", range: [0, 120] }],
  ["joined", { column: "joined", type: "date", unit: "days", meaning: "Joined" }],
  ["band", { column: "band", type: "category", unit: "", meaning: "Band", levels: ["low", "high"] }],
]);

function sources(place: (name: string) => Partial<SourceConfig>, policy: "drop" | "net"): SourceConfig[] {
  const list = sourceOf("customers", {
    columns: new Map([["customer", "customer"]]),
    attributes,
    ...place("list"),
  });
  const orders = sourceOf("transactions", {
    columns: new Map(words.map((word) => [word, word])),
    returns: { policy, invoicePrefix: "C" },
    ...place("orders"),
  });
  return [list, orders];
}

/** Good rows and one of every kind of dirt that a typed table can hold. */
const ordersSql = `SELECT * FROM (VALUES
  ('a', 'i1', DATE '2026-01-02', 2, 10.25, 0.1, 'p', 'food', 'west'), ('a', 'i2', DATE '2026-01-05', 3, 3.33, NULL, NULL, 'food', 'west'),
  (NULL, 'i3', DATE '2026-01-02', 1, 5.00, NULL, 'p', 'food', 'west'), ('a', 'C4', DATE '2026-01-06', -2, 10.25, 0.1, 'p', 'food', 'west'),
  ('b', 'i5', DATE '2026-01-02', -1, 9.99, NULL, 'p', 'wear', 'süd'), ('b', 'i6', DATE '2026-01-02', 0, 9.99, NULL, 'p', 'wear', 'süd'),
  ('b', 'i7', DATE '2026-01-02', 1, 0.00, NULL, 'p', 'wear', 'süd'), ('b', 'i8', DATE '2026-01-02', 1, -4.00, NULL, 'p', 'wear', 'süd'),
  ('b', 'i9', DATE '2026-01-02', NULL, 4.00, NULL, 'p', 'wear', 'süd'), ('b', NULL, DATE '2026-01-02', 1, 4.00, NULL, 'p', 'wear', 'süd'),
  ('b', 'i11', NULL, 1, 4.00, NULL, 'p', 'wear', 'süd'), ('b', 'i12', DATE '2026-05-02', 1, 4.00, NULL, 'p', 'wear', 'süd'),
  ('b', 'i13', DATE '2026-01-02', 1, 4.125, NULL, 'p', 'wear', 'süd'), ('b', 'i14', DATE '2026-01-02', 1, 4.00, 1.5, 'p', 'wear', 'süd'),
  ('x', 'i15', DATE '2026-01-02', 1, 4.00, NULL, 'p', 'wear', 'süd'), ('b', 'i16', DATE '2026-01-02', 7, 0.35, 0.333333, 'p', 'wear', NULL),
  (' c ', 'i17', DATE '2026-03-31', 1, 1.00, 1.0, 'p', 'wear', '')
) AS t(customer, invoice, date, quantity, price, discount, product, category, region)`;
const listSql = `SELECT * FROM (VALUES ('a', 30.5, DATE '2020-02-29', 'low'), ('b', 130.0, DATE '2027-01-01', 'high'), ('c', NULL, NULL, NULL),
  (NULL, 1.0, NULL, 'low'), ('c', NULL, NULL, NULL)) AS t(customer, age, joined, band)`;

for (const policy of ["drop", "net"] as const)
  test(`typed tables cleaned on an engine are the tables and counts of the same rows in files, returns: ${policy}`, async () => {
    const engine = await openDuckDb();
    await engine.run(`CREATE TABLE list AS ${listSql}; CREATE TABLE orders AS ${ordersSql}`);
    for (const table of ["list", "orders"])
      await engine.run(`COPY ${table} TO '${join(folder, `${table}.csv`)}' (HEADER)`);
    const here = await openDuckDb();
    const files = configOf(sources((name) => ({ paths: [`${name}.csv`] }), policy));
    const local = await loadSources(here, files, { dataFolder: folder, moreFolders: [] });
    const pushdown: PushdownEngine = { ...engine, dialect: "duckdb" };
    const config = configOf(sources((table) => ({ table, format: "table", paths: [] }), policy));
    const cleaned = await cleanTables(pushdown, config, "test");
    for (const kind of ["customers", "transactions"] as const) {
      const order = `ORDER BY customer_id${kind === "transactions" ? ", invoice" : ""}`;
      const columns = (await engine.rows(`DESCRIBE ${cleaned.relationOf(kind)}`))
        .map((row) => `"${String(row.get("column_name"))}"`)
        .join(", ");
      assert.deepEqual(
        await engine.rows(`SELECT ${columns} FROM ${cleaned.relationOf(kind)} ${order}`),
        await here.rows(`SELECT ${columns} FROM ${kind} ${order}`),
      );
    }
    cleaned.account.sources.forEach((source, i) => {
      const wanted = local.sources[i]!;
      assert.deepEqual([source.rowsRead, source.rowsKept], [wanted.rowsRead, wanted.rowsKept]);
      assert.deepEqual(
        new Map(source.dropped.map(({ reason, rows }) => [reason, rows])),
        new Map(wanted.dropped.map(({ reason, rows }) => [reason, rows])),
      );
      assert.equal(
        source.cells.reduce((sum, { count }) => sum + count, 0),
        wanted.cells.reduce((sum, { count }) => sum + count, 0),
      );
    });
    engine.close();
    here.close();
  });

test("what a table of an engine is not cleaned with is refused by name", async () => {
  const engine: PushdownEngine = { ...(await openDuckDb()), dialect: "duckdb" };
  const refused = (parts: Partial<SourceConfig>, message: RegExp) =>
    assert.rejects(
      cleanTables(engine, configOf([sourceOf("transactions", { table: "t", ...parts })]), "test"),
      message,
    );
  await refused({ stripFromKey: "x" }, /must do without stripFromKey on this engine/);
  await refused(
    { cleaning: [{ step: "exact-duplicates" }] },
    /must do without cleaning steps on this engine/,
  );
  await refused({ kind: "web" }, /must do without kind web on this engine/);
  engine.close();
});

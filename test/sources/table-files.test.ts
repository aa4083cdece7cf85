import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import sqlite from "node-sqlite3-wasm";
import { type CellObject, utils, type WorkSheet, write } from "xlsx";
import { readWorkbook } from "#src/config/read-workbook.js";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { SourceAccount } from "#src/sources/account.js";
import { loadSources } from "#src/sources/load-sources.js";
import { madeFolder, runDuckDb } from "./made-files.js";
import { ordersHeader, ordersWorkbook } from "./made-shop.js";

const folder = madeFolder("table-files");
const header = ordersHeader.split(",");

/** Loads an orders source; gives its account and rows, or the message of a refusal. */
async function load(
  file: string,
  more: string = "",
): Promise<{ account: SourceAccount; rows: unknown[][] } | string> {
  const workbook = join(folder, "segbook.yaml");
  writeFileSync(workbook, ordersWorkbook(more).replace("orders.csv", file));
  const engine = await openDuckDb({ threads: 1 });
  try {
    const { sources } = await loadSources(engine, readWorkbook(workbook));
    const rows = await engine.rows(`SELECT customer_id, date, quantity, amount FROM "transactions"`);
    return { account: sources[0]!, rows: rows.map((row) => [...row.values()]) };
  } catch (error) {
    assert.ok(error instanceof InputError, (error as Error).stack);
    return error.message;
  } finally {
    engine.close();
  }
}

function writeExcel(
  file: string,
  rows: readonly unknown[][],
  change: (sheet: WorkSheet) => void = () => undefined,
): void {
  const sheet = utils.aoa_to_sheet(rows as unknown[][], { UTC: true });
  change(sheet);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, "Orders");
  writeFileSync(join(folder, file), write(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
}

function writeSqlite(file: string, sql: string): void {
  const database = new sqlite.Database(join(folder, file));
  database.exec(sql);
  database.close();
}

const day = new Date("2026-01-05T00:00:00Z");
const row = [17, "A1", day, "shirt", 2, 9.95];
const columns =
  "17 AS customer, 'A1' AS invoice, '2026-01-05' AS date, 'x' AS product, 2 AS quantity, 9.95 AS price";

test("an Excel sheet is read below its header: numbers with the fewest digits, days in the declared pattern, blank rows skipped", async () => {
  writeExcel("a.xlsx", [["My report"], [], header, row, [], ["00123", "A2", "2026-02-05", "hat", 1, 0.1]]);
  const loaded = await load("a.xlsx");
  assert.ok(typeof loaded === "object", String(loaded));
  assert.deepEqual(loaded.rows, [
    ["17", "2026-01-05", 2, 1990],
    ["00123", "2026-02-05", 1, 10],
  ]);
});

test("an Excel sheet with merged cells, a formula without a value, or a rounded id is refused with the cell; an error cell is missing", async () => {
  const merge = (range: string) => (sheet: WorkSheet) => {
    sheet["!merges"] = [utils.decode_range(range)];
  };
  writeExcel("merged.xlsx", [header, row], merge("A1:B1"));
  writeExcel("merged-rows.xlsx", [header, row, row], merge("A2:A3"));
  writeExcel("formula.xlsx", [header, row], (sheet) => {
    sheet.F2 = { t: "z", f: "1+1" } as CellObject;
  });
  writeExcel("long.xlsx", [header, [2 ** 60, ...row.slice(1)]]);
  writeExcel("error.xlsx", [header, row, row], (sheet) => {
    sheet.E3 = { t: "e", v: 42 } as CellObject;
  });
  assert.deepEqual(
    [
      await load("merged.xlsx"),
      await load("merged-rows.xlsx"),
      await load("formula.xlsx"),
      await load("long.xlsx"),
    ],
    [
      "loadSources: merged.xlsx must have header cells of their own, got merged cells at A1:B1. Unmerge them",
      "loadSources: merged-rows.xlsx must have one value per cell, got merged cells at A2:A3. Unmerge them",
      "loadSources: formula.xlsx must hold a value beside each formula, got none at F2. Open it in a spreadsheet program and save it",
      "loadSources: long.xlsx must hold numbers of at most 15 digits, which is what Excel keeps, got a longer one at A2. Store ids as text",
    ],
  );
  const loaded = await load("error.xlsx");
  assert.ok(typeof loaded === "object", String(loaded));
  assert.deepEqual(
    loaded.account.cells.map(({ reason, column, examples }) => [reason, column, examples[0]?.message]),
    [["error-cell", "quantity", "quantity holds #N/A"]],
  );
});

test("an SQLite table keeps 64-bit integers; nothing is written beside the file", async () => {
  writeSqlite("a.sqlite", `CREATE TABLE t AS SELECT ${columns.replace("17", "9223372036854775807")}`);
  const loaded = await load("a.sqlite");
  assert.ok(typeof loaded === "object", String(loaded));
  assert.deepEqual(loaded.rows, [["9223372036854775807", "2026-01-05", 2, 1990]]);
  assert.ok(!existsSync(join(folder, "a.sqlite.lock")));
});

test("an SQLite file that somebody writes to, that was cut off, or that holds bytes is refused", async () => {
  writeSqlite("busy.sqlite", `CREATE TABLE t AS SELECT ${columns}`);
  writeSqlite("bytes.sqlite", `CREATE TABLE t AS SELECT ${columns.replace("9.95", "x'0102'")}`);
  writeSqlite("two.sqlite", "CREATE TABLE t(a); CREATE TABLE u(a)");
  copyFileSync(join(folder, "busy.sqlite"), join(folder, "cut.sqlite"));
  writeFileSync(join(folder, "cut.sqlite"), readFileSync(join(folder, "cut.sqlite")).subarray(0, 5000));
  writeFileSync(join(folder, "busy.sqlite-wal"), "x");
  const messages = [];
  for (const file of ["busy.sqlite", "cut.sqlite", "bytes.sqlite", "two.sqlite"])
    messages.push(await load(file));
  assert.deepEqual(messages, [
    'loadSources: busy.sqlite must be at rest, got changes beside it in busy.sqlite-wal. Close the program that writes to it, or run: sqlite3 busy.sqlite "PRAGMA wal_checkpoint(TRUNCATE)"',
    "loadSources: cut.sqlite must be a whole SQLite file, got 5000 of its 8192 bytes",
    'loadSources: bytes.sqlite must hold text or numbers in every cell of "price", got bytes at row 1',
    'loadSources: two.sqlite must have one table or a table that is named, got "t", "u". Say table: NAME',
  ]);
});

test("a DuckDB table and a Parquet file keep unsigned 64-bit ids; views and nested columns are refused", async () => {
  const typed = `18446744073709551615::UBIGINT AS customer, 'A1' AS invoice, TIMESTAMP '2026-01-05 10:00:00' AS date,
    'x' AS product, 2::TINYINT AS quantity, 9.95::DECIMAL(9, 2) AS price, [1, 2] AS other`;
  await runDuckDb(`ATTACH '${join(folder, "a.duckdb")}' AS made; CREATE TABLE made.t AS SELECT ${typed};
    CREATE VIEW made.v AS SELECT 1; DETACH made; COPY (SELECT ${typed}) TO '${join(folder, "a.parquet")}' (FORMAT parquet);
    COPY (SELECT ${typed.replace("'x'", "{'a': 1}")}) TO '${join(folder, "nested.parquet")}' (FORMAT parquet)`);
  for (const file of ["a.duckdb", "a.parquet"]) {
    const loaded = await load(file);
    assert.ok(typeof loaded === "object", String(loaded));
    assert.deepEqual(loaded.rows, [["18446744073709551615", "2026-01-05", 2, 1990]], file);
  }
  assert.equal(
    await load("a.duckdb", "    table: v"),
    'loadSources: a.duckdb must have the table "v", got "t". Did you mean "t"?',
  );
  assert.match(
    String(await load("nested.parquet")),
    /must hold one value in every cell of "product", got a nested column of type STRUCT/,
  );
});

test("a row with NUL in a column that the workbook names is set aside, whatever the format", async () => {
  const rows = `SELECT ${columns} UNION ALL SELECT ${columns.replace("'x'", "'a' || chr(0) || 'b'").replace("17", "18")}`;
  writeSqlite("nul.sqlite", `CREATE TABLE t AS ${rows.replaceAll("chr(0)", "char(0)")}`);
  await runDuckDb(`ATTACH '${join(folder, "nul.duckdb")}' AS nul; CREATE TABLE nul.t AS ${rows}; DETACH nul;
    COPY (${rows}) TO '${join(folder, "nul.parquet")}' (FORMAT parquet)`);
  for (const file of ["nul.sqlite", "nul.duckdb", "nul.parquet"]) {
    const loaded = await load(file);
    assert.ok(typeof loaded !== "string", `${file}: ${loaded}`);
    assert.deepEqual(
      loaded.rows.map(([customer]) => customer),
      ["17"],
    );
    const [{ reason, rows: count, examples }] = loaded.account.dropped as [SourceAccount["dropped"][number]];
    assert.deepEqual([reason, count, examples[0]!.line, examples[0]!.column], ["nul-byte", 1, 2, "product"]);
  }
});

test("a price of as many digits as its DECIMAL holds is too large, not the end of the reading", async () => {
  const price = "CAST('1000000000000000.00' AS DECIMAL(18, 2))";
  await runDuckDb(
    `COPY (SELECT ${columns.replace("9.95", "CAST(9.95 AS DECIMAL(18, 2))")} UNION ALL SELECT ${columns.replace("9.95", price)}) TO '${join(folder, "large.parquet")}' (FORMAT parquet)`,
  );
  const loaded = await load("large.parquet");
  assert.ok(typeof loaded !== "string", `${loaded}`);
  assert.deepEqual(loaded.rows, [["17", "2026-01-05", 2, 1990]]);
  assert.deepEqual(
    loaded.account.dropped.map(({ reason, rows }) => [reason, rows]),
    [["too-large", 1]],
  );
});

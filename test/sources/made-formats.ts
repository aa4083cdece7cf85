import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sqlite from "node-sqlite3-wasm";
import { utils, write } from "xlsx";
import { type Engine, textColumn } from "#src/engine/engine.js";
import { quoteIdentifier, quoteText } from "#src/engine/sql-text.js";

/** A table as text, as our own reader found it in a CSV file. */
export interface TextTable {
  readonly header: readonly string[];
  /** SQL that stands after FROM: c0, c1, …. */
  readonly table: string;
}

/** Formats that {@link writeFormat} knows, with the suffix of their files. */
export const madeFormats = ["parquet", "sqlite", "xlsx", "json", "ndjson", "duckdb"] as const;

/** Writes a table as another program would: numbers as numbers and days as days, where every cell is one. */
export async function writeFormat(
  engine: Engine,
  { header, table }: TextTable,
  {
    folder,
    name,
    format,
  }: { readonly folder: string; readonly name: string; readonly format: (typeof madeFormats)[number] },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.${format}`);
  rmSync(path, { force: true });
  const types = await Promise.all(header.map((_, j) => typeOf(engine, table, `c${j}`)));
  const columns = header.map(
    (column, j) => `CAST(nullif(c${j}, '') AS ${types[j]}) AS ${quoteIdentifier(column, "duckdb")}`,
  );
  const query = `SELECT ${columns.join(", ")} FROM ${table}`;
  const file = quoteText(path, "duckdb");
  if (format === "parquet") await engine.run(`COPY (${query}) TO ${file} (FORMAT parquet)`);
  else if (format === "json") await engine.run(`COPY (${query}) TO ${file} (FORMAT json, ARRAY true)`);
  else if (format === "ndjson") await engine.run(`COPY (${query}) TO ${file} (FORMAT json)`);
  else if (format === "duckdb")
    await engine.run(
      `ATTACH ${file} AS made; CREATE TABLE made.${quoteIdentifier(name, "duckdb")} AS ${query}; DETACH made`,
    );
  else {
    const texts = await engine.columns(`SELECT ${header.map((_, j) => `c${j}`).join(", ")} FROM ${table}`);
    const cells = header.map((_, j) => textColumn(texts, `c${j}`).map((text) => typedCell(text, types[j]!)));
    if (format === "sqlite") writeSqlite(path, name, { header, types, cells });
    else writeExcel(path, { header, cells });
  }
}

type Cell = string | number | Date | null;

async function typeOf(engine: Engine, table: string, column: string): Promise<string> {
  for (const type of ["BIGINT", "DOUBLE", "DATE"]) {
    const back = type === "DOUBLE" ? "true" : `CAST(TRY_CAST(${column} AS ${type}) AS VARCHAR) = ${column}`;
    const [found] =
      await engine.rows(`SELECT coalesce(bool_and(TRY_CAST(${column} AS ${type}) IS NOT NULL AND ${back}), false) AS fits
      FROM ${table} WHERE ${column} <> ''`);
    const [odd] = await engine.rows(
      `SELECT count(*) AS rows FROM ${table} WHERE ${column} <> '' AND NOT regexp_full_match(${column}, '-?(0|[1-9][0-9]*)([.][0-9]+)?')`,
    );
    if (found?.get("fits") === true && (type !== "DOUBLE" || odd?.get("rows") === 0)) return type;
  }
  return "VARCHAR";
}

function typedCell(text: string | null, type: string): Cell {
  if (text === null || text === "") return null;
  if (type === "DATE") return new Date(`${text}T00:00:00Z`);
  return type === "VARCHAR" ? text : Number(text);
}

interface Content {
  readonly header: readonly string[];
  readonly cells: readonly (readonly Cell[])[];
}

function writeSqlite(
  path: string,
  name: string,
  { header, types, cells }: Content & { readonly types: readonly string[] },
): void {
  const database = new sqlite.Database(path);
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const kind = (type: string) => (type === "BIGINT" ? "INTEGER" : type === "DOUBLE" ? "REAL" : "TEXT");
  database.exec(
    `CREATE TABLE ${quoted(name)} (${header.map((column, j) => `${quoted(column)} ${kind(types[j]!)}`).join(", ")}); BEGIN`,
  );
  const insert = database.prepare(`INSERT INTO ${quoted(name)} VALUES (${header.map(() => "?").join(", ")})`);
  for (let i = 0; i < (cells[0]?.length ?? 0); i++)
    insert.run(
      cells.map((column) =>
        column[i] instanceof Date
          ? (column[i] as Date).toISOString().slice(0, 10)
          : (column[i] as string | number | null),
      ),
    );
  insert.finalize();
  database.exec("COMMIT");
  database.close();
}

function writeExcel(path: string, { header, cells }: Content): void {
  const rows = (cells[0] ?? []).map((_, i) => cells.map((column) => column[i] ?? null));
  const sheet = utils.aoa_to_sheet([[...header], ...rows], { UTC: true, cellDates: false, dense: true });
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, "Sheet");
  writeFileSync(path, write(book, { type: "buffer", bookType: "xlsx", compression: true }) as Buffer);
}

import { readWorkbook } from "#src/config/read-workbook.js";
import type { Engine } from "#src/engine/engine.js";
import { quoteIdentifier } from "#src/engine/sql-text.js";
import { findFiles } from "#src/sources/find-files.js";
import { openFile } from "#src/sources/open-file.js";

/** A table of the sample shop as a database would hold it. */
export interface ShopTable {
  readonly name: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: "BIGINT" | "DECIMAL(14,4)" | "DATE" | "TEXT";
  }[];
}

/**
 * Makes a typed table in the engine from every file of the sample shop: its readable lines, each column of the narrowest type that
 * takes all its values. Ids with leading zeros stay text.
 */
export async function makeShopTables(engine: Engine, workbook: string): Promise<readonly ShopTable[]> {
  const config = readWorkbook(workbook);
  const tables: ShopTable[] = [];
  for (const source of config.sources) {
    const [file] = findFiles(config, source, {}).files;
    const raw = await openFile(engine, { source, file: file! }, { careful: true });
    await engine.run(`CREATE TEMP TABLE raw AS SELECT * FROM ${raw.relation}`);
    await raw.release();
    const columns: ShopTable["columns"][number][] = [];
    for (const [j, name] of raw.header.entries()) columns.push({ name, type: await typeOf(engine, `c${j}`) });
    const terms = columns.map(
      ({ name, type }, j) => `CAST(nullif(c${j}, '') AS ${type}) AS ${quoteIdentifier(name, "duckdb")}`,
    );
    await engine.run(`CREATE TABLE ${source.name} AS SELECT ${terms.join(", ")} FROM raw; DROP TABLE raw`);
    tables.push({ name: source.name, columns });
  }
  return tables;
}

async function typeOf(engine: Engine, column: string): Promise<ShopTable["columns"][number]["type"]> {
  const value = `nullif(${column}, '')`;
  const [row] = await engine.rows(`SELECT count(${value}) AS all_values,
    count(CASE WHEN CAST(TRY_CAST(${value} AS BIGINT) AS VARCHAR) = ${value} THEN 1 END) AS whole,
    count(CASE WHEN regexp_full_match(${value}, '-?(0|[1-9][0-9]{0,8})([.][0-9]{1,4})?') THEN 1 END) AS fractions,
    count(CASE WHEN CAST(TRY_CAST(${value} AS DATE) AS VARCHAR) = ${value} THEN 1 END) AS days FROM raw`);
  const all = row!.get("all_values");
  if (row!.get("whole") === all) return "BIGINT";
  if (row!.get("fractions") === all) return "DECIMAL(14,4)";
  return row!.get("days") === all ? "DATE" : "TEXT";
}

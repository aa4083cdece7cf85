import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { WorkbookConfig } from "../config/workbook-config.js";
import { fileError } from "../core/file-error.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { listFeatures } from "./catalogue.js";
import { customerTableQuery } from "./customer-table.js";
import { keyAlias } from "./row-source.js";

/**
 * Writes one row per customer, the key first, then one column per feature, sorted by key; whole file or nothing.
 *
 * An unknown value is an empty field in CSV and NULL in Parquet.
 *
 * @param engine - Holds the tables that loadSources left.
 * @param path - Ends in `.csv` or `.parquet`; overwritten if it exists.
 * @returns Rows written.
 * @throws InputError if the path may not be written; MachineError if the disk is full.
 */
export async function writeFeatures(engine: Engine, config: WorkbookConfig, path: string): Promise<number> {
  const features = listFeatures(config);
  const sql = await customerTableQuery(engine, features, config);
  const name = (text: string): string => quoteIdentifier(text, "duckdb");
  const columns = [
    `${name(keyAlias)} AS ${name(config.key)}`,
    ...features.map((feature, j) => `${name(`f${j}`)} AS ${name(feature.name)}`),
  ];
  const format = path.endsWith(".parquet") ? "FORMAT parquet" : "FORMAT csv, HEADER true";
  const unfinished = `${path}.${process.pid}.part`;
  mkdirSync(dirname(path), { recursive: true });
  // The engine of a workbook writes to temporary folders only.
  const folder = mkdtempSync(join(tmpdir(), "segbook-"));
  const written = join(folder, "features");
  try {
    const [copied] = await engine.rows(
      `COPY (SELECT ${columns.join(", ")} FROM (${sql}) ORDER BY ${name(keyAlias)}) TO ${quoteText(written, "duckdb")} (${format})`,
    );
    copyFileSync(written, unfinished);
    flushToDisk(unfinished);
    renameSync(unfinished, path);
    return Number(copied!.get("Count"));
  } catch (error) {
    throw fileError(error, {
      caller: "writeFeatures",
      requirement: "path must name a file that can be written",
      path,
    });
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(unfinished, { force: true });
  }
}

/** A file that is renamed before its bytes are on disk can be empty after a power cut. */
function flushToDisk(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

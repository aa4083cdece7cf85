import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Database } from "node-sqlite3-wasm";
import sqlite from "node-sqlite3-wasm";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { chooseTable } from "./choose-table.js";
import { checkHeader } from "./csv-header.js";
import { checkUnchanged, fileStateOf } from "./file-state.js";
import { plainNumber } from "./number-digits.js";
import { type FileReading, neededColumns, type RawFile } from "./raw-table.js";
import { openRecordFile, type RecordFile } from "./record-file.js";
import { unpackFile } from "./unpack-file.js";

/**
 * Opens a table of an SQLite file. The file is copied first, so that nothing is written beside it and every row is of one moment.
 *
 * @throws InputError (without the file's name) if it is none, somebody is writing to it, it has no such table or column, or a
 * needed cell holds bytes.
 */
export async function openSqliteFile({ source, file: { path, written } }: FileReading): Promise<RawFile> {
  const state = fileStateOf(path);
  checkQuiet(path);
  const copy = await copyDatabase(path);
  const records = openRecordFile();
  try {
    checkQuiet(path);
    checkUnchanged(path, state);
    checkWhole(copy.path);
    const { header, rowCount } = readTable(copy.path, records, {
      table: source.table,
      needed: neededColumns(source),
    });
    return {
      written,
      sha256: copy.sha256,
      header,
      relation: records.finish(header.length),
      rowCount,
      faults: new Map(),
      cells: [],
      notes: [],
      lineOf: (row) => row + 1,
      async release() {
        records.remove();
        checkUnchanged(path, state);
      },
    };
  } catch (error) {
    records.remove();
    throw error;
  } finally {
    copy.remove();
  }
}

/** Names of the tables and views. @throws InputError (without the file's name) as {@link openSqliteFile}. */
export async function listSqliteTables(path: string): Promise<readonly string[]> {
  checkQuiet(path);
  const copy = await copyDatabase(path);
  try {
    checkWhole(copy.path);
    return withDatabase(copy.path, tablesOf);
  } finally {
    copy.remove();
  }
}

/** What another program has written but not yet put into the file lies beside it; without it the file is half a truth. */
function checkQuiet(path: string): void {
  for (const [suffix, what] of [
    ["-journal", "an unfinished change"],
    ["-wal", "changes"],
  ] as const) {
    const beside = `${path}${suffix}`;
    if (existsSync(beside) && statSync(beside).size > 0)
      throw new InputError(
        `must be at rest, got ${what} beside it in ${basename(beside)}. Close the program that writes to it, or run: sqlite3 ${basename(path)} "PRAGMA wal_checkpoint(TRUNCATE)"`,
      );
  }
}

async function copyDatabase(
  path: string,
): Promise<{ readonly path: string; readonly sha256: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-"));
  const copy = join(folder, "copy.sqlite");
  const output = openSync(copy, "w");
  const hash = createHash("sha256");
  try {
    let isFirst = true;
    for await (const chunk of unpackFile(path).chunks) {
      hash.update(chunk);
      if (isFirst) checkMagic(chunk);
      writeSync(output, isFirst ? withoutLog(chunk) : chunk);
      isFirst = false;
    }
    if (isFirst) throw new InputError("must be an SQLite file, got an empty one");
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    closeSync(output);
  }
  return {
    path: copy,
    sha256: hash.digest("hex"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function checkMagic(chunk: Buffer): void {
  if (chunk.subarray(0, 16).toString("latin1") === "SQLite format 3\0") return;
  throw new InputError("must be an SQLite file, got other bytes");
}

/** The file says itself how many pages it has; the reader would take lost ones for empty cells. */
function checkWhole(path: string): void {
  const head = Buffer.alloc(100);
  const file = openSync(path, "r");
  readSync(file, head, 0, head.length, 0);
  closeSync(file);
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  const expected = pageSize * head.readUInt32BE(28);
  const { size } = statSync(path);
  if (size < expected)
    throw new InputError(`must be a whole SQLite file, got ${size} of its ${expected} bytes`);
}

/** The two bytes that say a file is used with a log beside it; ours is not, because the log was empty. */
function withoutLog(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk);
  copy[18] = 1;
  copy[19] = 1;
  return copy;
}

function readTable(
  path: string,
  records: RecordFile,
  { table, needed }: { readonly table: string | undefined; readonly needed: readonly string[] },
): { readonly header: readonly string[]; readonly rowCount: number } {
  return withDatabase(path, (database) => {
    const name = chooseTable(tablesOf(database), table);
    const columns = database
      .all(`SELECT name FROM pragma_table_info(?)`, [name])
      .map((row) => String(row.name));
    checkHeader({ header: columns, needed });
    const rowCount = addRows(database, records, { table: name, columns, needed: new Set(needed) });
    return { header: columns, rowCount };
  });
}

function withDatabase<Result>(path: string, work: (database: Database) => Result): Result {
  const database = new sqlite.Database(path, { readOnly: true, fileMustExist: true });
  try {
    return work(database);
  } catch (error) {
    if (error instanceof InputError || !(error instanceof sqlite.SQLite3Error)) throw error;
    throw new InputError(`must be a whole SQLite file, got ${describeValue(error.message)}`);
  } finally {
    database.close();
  }
}

function tablesOf(database: Database): string[] {
  const found = database.all(
    `SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name`,
  );
  return found.map((row) => String(row.name));
}

function addRows(
  database: Database,
  records: RecordFile,
  { table, columns, needed }: { table: string; columns: readonly string[]; needed: ReadonlySet<string> },
): number {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  // The library ends a text at its first NUL; asked for apart, such a text stays known as one.
  const hasNul = (name: string) => `typeof(${quoted(name)}) = 'text' AND instr(${quoted(name)}, char(0)) > 0`;
  const select = columns.map((name, j) =>
    needed.has(name)
      ? `${quoted(name)} AS c${j}, ${hasNul(name)} AS has_nul${j}`
      : `${quoted(name)} AS c${j}`,
  );
  const statement = database.prepare(`SELECT ${select.join(", ")} FROM ${quoted(table)}`);
  let rowCount = 0;
  try {
    for (const row of statement.iterate()) {
      rowCount++;
      const cells = row as Readonly<Record<string, unknown>>;
      records.add(
        columns.map((name, j) =>
          cells[`has_nul${j}`] === 1
            ? "\0"
            : cellText(cells[`c${j}`], () => checkNoBytes(name, needed, rowCount)),
        ),
      );
    }
  } finally {
    statement.finalize();
  }
  return rowCount;
}

function cellText(value: unknown, onBytes: () => void): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return plainNumber(value);
  if (!(value instanceof Uint8Array)) return String(value);
  onBytes();
  return Buffer.from(value).toString("hex");
}

function checkNoBytes(name: string, needed: ReadonlySet<string>, row: number): void {
  if (!needed.has(name)) return;
  throw new InputError(
    `must hold text or numbers in every cell of ${describeValue(name)}, got bytes at row ${row}`,
  );
}

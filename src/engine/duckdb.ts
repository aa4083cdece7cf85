import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBResult,
  DuckDBTypeId,
  type DuckDBValue,
} from "@duckdb/node-api";
import { checkCount } from "../core/check.js";
import { MachineError } from "../core/errors.js";
import type { CellValue, Engine, QueryColumn, QueryRow } from "./engine.js";

/** Limits of the embedded database. */
export interface DuckDbOptions {
  /** Default: all processors. No result depends on it. */
  readonly threads?: number;
  /** Memory for tables and queries before they spill to disk, in MB; default and most: 60 % of what the machine has. */
  readonly memoryLimitMb?: number;
  /** Folder for what does not fit in memory; default: a folder of its own in the system's temporary folder. */
  readonly temporaryFolder?: string;
  /** Database file, made if it is not there; default: in memory. */
  readonly file?: string;
  /** Opens an existing file without changing it, so that several processes may. */
  readonly readOnly?: boolean;
}

/**
 * Opens a DuckDB database, in memory unless a file is named, that never downloads anything.
 *
 * @throws InputError if a limit is not a whole number of at least 1.
 */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<Engine> {
  const { threads = availableParallelism(), file = ":memory:", readOnly = false } = options;
  const { temporaryFolder = join(tmpdir(), `segbook-${randomUUID()}`) } = options;
  const mostMb = Math.floor((machineMemory() * 0.6) / 1e6);
  const { memoryLimitMb = mostMb } = options;
  checkCount("openDuckDb", "threads", threads, 1);
  checkCount("openDuckDb", "memoryLimitMb", memoryLimitMb, 1);
  const instance = await DuckDBInstance.create(file, {
    access_mode: readOnly ? "READ_ONLY" : "AUTOMATIC",
    threads: String(threads),
    memory_limit: `${Math.min(memoryLimitMb, mostMb)}MB`,
    temp_directory: temporaryFolder,
    preserve_insertion_order: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return engineOver(connection, () => {
    connection.closeSync();
    instance.closeSync();
    rmSync(temporaryFolder, { recursive: true, force: true });
  });
}

/** A container may grant less memory than the machine has; unlimited ones report a number beyond it. */
function machineMemory(): number {
  const granted = process.constrainedMemory();
  return granted > 0 ? Math.min(granted, totalmem()) : totalmem();
}

function engineOver(connection: DuckDBConnection, close: () => void): Engine {
  let last: Promise<unknown> = Promise.resolve();
  /** A second statement would close the stream of the first, so they queue. */
  function queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = last.then(work, work).catch(throwExplained);
    last = next.catch(() => undefined);
    return next;
  }
  return {
    run: (sql) =>
      queue(async () => {
        await connection.run(sql);
      }),
    rows: (sql) => queue(async () => readRows(await connection.run(sql))),
    columns: (sql) => queue(async () => readColumns(await connection.stream(sql))),
    close,
  };
}

async function readRows(result: DuckDBResult): Promise<QueryRow[]> {
  const names = result.columnNames();
  const rows = await result.getRows();
  return rows.map((row) => new Map(row.map((value, j) => [names[j]!, cellValue(value)])));
}

async function readColumns(result: DuckDBResult): Promise<QueryColumn[]> {
  const names = result.columnNames();
  const builders = names.map((_, j) =>
    numericTypes.has(result.columnTypeId(j)) ? numberBuilder() : textBuilder(),
  );
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    const { rowCount } = chunk;
    for (let j = 0; j < builders.length; j++) {
      const vector = chunk.getColumnVector(j);
      builders[j]!.append(rowCount, (i) => vector.getItem(i));
    }
  }
  return builders.map((builder, j) => ({ name: names[j]!, ...builder.finish() }));
}

type ColumnValues =
  | { readonly kind: "number"; readonly values: Float64Array }
  | { readonly kind: "text"; readonly values: readonly (string | null)[] };

interface ColumnBuilder {
  append(count: number, item: (index: number) => DuckDBValue): void;
  finish(): ColumnValues;
}

function numberBuilder(): ColumnBuilder {
  let values = new Float64Array(2048);
  let length = 0;
  return {
    append(count, item) {
      if (length + count > values.length) {
        const grown = new Float64Array(Math.max(2 * values.length, length + count));
        grown.set(values);
        values = grown;
      }
      for (let i = 0; i < count; i++) {
        const value = item(i);
        values[length++] = value === null ? Number.NaN : Number(value);
      }
    },
    finish: () => ({ kind: "number", values: values.slice(0, length) }),
  };
}

function textBuilder(): ColumnBuilder {
  const values: (string | null)[] = [];
  return {
    append(count, item) {
      for (let i = 0; i < count; i++) {
        const value = item(i);
        values.push(value === null ? null : String(value));
      }
    },
    finish: () => ({ kind: "text", values }),
  };
}

const numericTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
]);

function cellValue(value: DuckDBValue): CellValue {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "bigint") return String(value);
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : String(value);
}

/** A full disk or memory is the machine's fault; any other error is a mistake in our SQL and keeps its text. */
function throwExplained(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  if (/^(Out of Memory|IO) Error/.test(message))
    throw new MachineError(`engine: ${message}`, { cause: error });
  throw error;
}

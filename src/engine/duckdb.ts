import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { checkCount } from "../core/check.js";
import { MachineError } from "../core/errors.js";
import { readColumns, readRows } from "./duckdb-result.js";
import type { Engine } from "./engine.js";

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

/** A full disk or memory is the machine's fault; any other error is a mistake in our SQL and keeps its text. */
function throwExplained(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  if (/^(Out of Memory|IO) Error|No space left on device/.test(message))
    throw new MachineError(`engine: ${message}`, { cause: error });
  throw error;
}

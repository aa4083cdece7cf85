import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statfsSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { checkCount } from "../core/check.js";
import { MachineError, RunError } from "../core/errors.js";
import { readColumns, readRows } from "./duckdb-result.js";
import type { Engine } from "./engine.js";
import { quoteText } from "./sql-text.js";

/** Limits of the embedded database. */
export interface DuckDbOptions {
  /** Default: all processors. No result depends on it. */
  readonly threads?: number;
  /** Memory for tables and queries before they spill to disk, in MB; default and most: 60 % of what the machine has. */
  readonly memoryLimitMb?: number;
  /** Folder in which what does not fit in memory gets a folder of its own, removed at the end; default: the system's. */
  readonly temporaryFolder?: string;
  /** Most that may be spilled there, in MB; default: what the disk has free, less 1 GB. */
  readonly mostTemporaryMb?: number;
  /** Database file, made if it is not there; default: in memory. */
  readonly file?: string;
  /** Opens an existing file without changing it, so that several processes may. */
  readonly readOnly?: boolean;
  /** Files and folders that statements may read and write, besides temporary ones; absent: any. No setting can be changed then. */
  readonly allowed?: readonly string[];
  /** Stops the statement that runs, and refuses later ones. */
  readonly signal?: AbortSignal;
  /** Told twice a second how far the statement that runs has come. */
  readonly onProgress?: (progress: StatementProgress) => void;
}

/** How far a statement has come. */
export interface StatementProgress {
  readonly rows: number;
  /** 0–1; the engine guesses. */
  readonly share: number;
}

/**
 * Opens a DuckDB database, in memory unless a file is named, that never downloads anything.
 *
 * @throws InputError if a limit is not a whole number of at least 1.
 */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<Engine> {
  const { threads = availableParallelism(), file = ":memory:", readOnly = false } = options;
  const spill = join(options.temporaryFolder ?? tmpdir(), `segbook-${randomUUID()}`);
  const mostMb = Math.floor((machineMemory() * 0.6) / 1e6);
  const { memoryLimitMb = mostMb, mostTemporaryMb = freeMegabytes(dirname(spill)) } = options;
  checkCount("openDuckDb", "threads", threads, 1);
  checkCount("openDuckDb", "memoryLimitMb", memoryLimitMb, 1);
  checkCount("openDuckDb", "mostTemporaryMb", mostTemporaryMb, 1);
  mkdirSync(dirname(spill), { recursive: true });
  const instance = await DuckDBInstance.create(file, {
    access_mode: readOnly ? "READ_ONLY" : "AUTOMATIC",
    threads: String(threads),
    memory_limit: `${Math.min(memoryLimitMb, mostMb)}MB`,
    temp_directory: spill,
    preserve_insertion_order: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  }).catch((error) => {
    // A new database file is written at once, so that a full disk shows here first.
    throw explained(error);
  });
  const connection = await instance.connect();
  // The most that may spill is only kept where it is set after the opening.
  await connection.run(`
    SET TimeZone = 'UTC'; SET max_temp_directory_size = '${mostTemporaryMb}MB';
    SET enable_progress_bar = true; SET enable_progress_bar_print = false`);
  if (options.allowed !== undefined) await lock(connection, options.allowed);
  const removeSpill = () => rmSync(spill, { recursive: true, force: true });
  process.once("exit", removeSpill);
  return engineOver(connection, options, () => {
    connection.closeSync();
    instance.closeSync();
    process.removeListener("exit", removeSpill);
    removeSpill();
  });
}

/** Copies of files that only we can read lie in the system's temporary folder. */
async function lock(connection: DuckDBConnection, allowed: readonly string[]): Promise<void> {
  const folders = [...new Set([tmpdir(), ...allowed])].map((path) => quoteText(path, "duckdb"));
  await connection.run(`
    SET allowed_directories = [${folders.join(", ")}]; SET enable_external_access = false; SET lock_configuration = true`);
}

/** Leaves 1 GB to others; the folder may not be there yet. */
function freeMegabytes(folder: string): number {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (!existsSync(at) && at !== dirname(at)) continue;
    const { bavail, bsize } = statfsSync(at);
    return Math.max(1, Math.floor((bavail * bsize) / 1e6) - 1000);
  }
}

/** A container may grant less memory than the machine has; unlimited ones report a number beyond it. */
function machineMemory(): number {
  const granted = process.constrainedMemory();
  return granted > 0 ? Math.min(granted, totalmem()) : totalmem();
}

function engineOver(connection: DuckDBConnection, options: DuckDbOptions, close: () => void): Engine {
  const { signal } = options;
  let last: Promise<unknown> = Promise.resolve();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  /** A second statement would close the stream of the first, so they queue. */
  function queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = () => (signal?.aborted ? Promise.reject(stopped()) : watched(connection, options, work));
    const next = last.then(run, run).catch((error: unknown) => {
      throw signal?.aborted ? stopped() : explained(error);
    });
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
    close() {
      signal?.removeEventListener("abort", interrupt);
      close();
    },
  };
}

const progressMilliseconds = 500;

async function watched<Result>(
  connection: DuckDBConnection,
  { onProgress }: DuckDbOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  if (onProgress === undefined) return work();
  const watch = setInterval(() => {
    const { percentage, rows_processed: rows } = connection.progress;
    if (percentage > 0) onProgress({ rows: Number(rows), share: Math.min(1, percentage / 100) });
  }, progressMilliseconds);
  try {
    return await work();
  } finally {
    clearInterval(watch);
  }
}

function stopped(): RunError {
  return new RunError("engine: the work must not be stopped before its end, got a stop");
}

/** A full disk or memory is the machine's fault; any other error is a mistake in our SQL and keeps its text. */
function explained(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const first = message.split("\n")[0]!;
  if (/No space left on device/.test(message))
    return new MachineError(
      `engine: the disk is full (${first}). Free some; what does not fit in memory may go elsewhere by engine: { temporaryFolder: DIR }`,
      { cause: error },
    );
  if (/max_temp_directory_size/.test(message))
    return new MachineError(
      `engine: the disk must have room for what does not fit in memory, got a full one (${first}). Free some, or say engine: { temporaryFolder: DIR } or more memory`,
      { cause: error },
    );
  if (/^Out of Memory Error/.test(message))
    return new MachineError(
      `engine: memory must be enough for this step, got ${first}. Say more in engine: { memory: 8GB }`,
      {
        cause: error,
      },
    );
  return /^IO Error/.test(message) ? new MachineError(`engine: ${message}`, { cause: error }) : error;
}

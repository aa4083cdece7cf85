import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { WorkbookConfig } from "../config/workbook-config.js";
import { buildHash } from "../core/build-hash.js";
import { canonicalJson } from "../core/canonical-json.js";
import { MachineError } from "../core/errors.js";
import { isAlive } from "../core/is-alive.js";
import { sha256 } from "../core/sha256.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { type DuckDbOptions, openDuckDb } from "../engine/duckdb.js";
import type { Engine } from "../engine/engine.js";
import type { CleaningAccount } from "../sources/account.js";
import { checkUnchanged, type FileState, fileStateOf } from "../sources/file-state.js";
import { type FileLookup, type FoundFile, findFiles } from "../sources/find-files.js";
import { loadSources } from "../sources/load-sources.js";
import { duckDbOptions } from "./duckdb-options.js";
import { knownHashes } from "./known-hashes.js";

/** The cleaned tables of a workbook and the account of how they came about. */
export interface OpenedSources {
  readonly engine: Engine;
  readonly account: CleaningAccount;
}

/** How {@link openSources} works. */
export interface OpenSourcesOptions extends Pick<DuckDbOptions, "signal" | "onProgress"> {
  /** Folder in which the tables may stay. */
  readonly folder: string;
  /** Whether tables that have to be made are left there; default true. */
  readonly keepTables?: boolean;
}

/** What the steps below work with. */
interface Opening {
  readonly config: WorkbookConfig;
  readonly lookup: FileLookup;
  /** Of all sources that are files. */
  readonly files: readonly FoundFile[];
  readonly engine: DuckDbOptions;
  readonly folder: string;
}

/**
 * Reads and checks a workbook's sources, or opens the tables that an earlier call made from the same bytes and settings.
 *
 * The tables stay in one database file in `folder`, named by a hash of everything that they depend on, so six notebooks read the
 * files once. The newest is kept. A folder that cannot be written is no obstacle: then the tables are made in memory.
 *
 * @throws InputError as {@link loadSources}; RunError if stopped.
 */
export async function openSources(
  config: WorkbookConfig,
  lookup: FileLookup,
  { folder, keepTables = true, signal, onProgress }: OpenSourcesOptions,
): Promise<OpenedSources> {
  const files = config.sources
    .filter(({ format }) => format !== "table")
    .flatMap((source) => findFiles(config, source, lookup).files);
  const allowed = [
    folder,
    ...files.map(({ path }) => dirname(path)),
    ...files.map(({ path }) => dirname(realpathSync(path))),
  ];
  const engine = {
    ...duckDbOptions(config.engine),
    allowed,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  };
  const opening: Opening = { config, lookup, files, engine, folder };
  removeAbandoned(folder);
  // Nobody can tell whether a database still holds what it held.
  if (config.sources.some(({ format }) => format === "table")) return loadInto({}, opening);
  const hashes = await knownHashes(folder, files, hasTables(folder));
  const known = hashes && (await openKnown(databaseOf(opening, hashes), engine));
  if (known !== undefined) return known;
  if (!keepTables || !isWritable(folder)) return loadInto({}, opening);
  return (await makeDatabase(opening)) ?? loadInto({}, opening);
}

/** What an earlier call left; undefined where there is nothing, or something that cannot be read any more. */
async function openKnown(database: string, engine: DuckDbOptions): Promise<OpenedSources | undefined> {
  try {
    const account = JSON.parse(readFileSync(`${database}.json`, "utf8")) as CleaningAccount;
    return { engine: await openDuckDb({ ...engine, file: database, readOnly: true }), account };
  } catch {
    return undefined;
  }
}

async function loadInto(
  place: Pick<DuckDbOptions, "file">,
  { config, lookup, files, engine: options }: Opening,
): Promise<OpenedSources> {
  const engine = await openDuckDb({ ...options, ...place });
  try {
    const asViews = place.file === undefined;
    const states = asViews ? files.map(({ path }) => [path, fileStateOf(path)] as const) : [];
    const account = await loadSources(engine, config, { ...lookup, asViews });
    // As it comes back from a file: the account of the same rows has the same bytes, kept or not.
    const told = JSON.parse(canonicalJson(account)) as CleaningAccount;
    return { engine: asViews ? watchingFiles(engine, states) : engine, account: told };
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** Views read their files again with every statement: a file that has changed since the account of it ends the work. */
function watchingFiles(engine: Engine, states: readonly (readonly [string, FileState])[]): Engine {
  const watched = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } finally {
      for (const [path, state] of states) checkUnchanged(path, state);
    }
  };
  return {
    ...engine,
    run: (sql) => watched(engine.run(sql)),
    rows: (sql) => watched(engine.rows(sql)),
    columns: (sql) => watched(engine.columns(sql)),
  };
}

/**
 * Leaves the tables in a file, named by the hashes that reading found. The account is written first: a database that has its
 * name is complete.
 *
 * @returns undefined if there was no room; the tables may still find room in memory.
 * @throws InputError as {@link loadSources}.
 */
async function makeDatabase(opening: Opening): Promise<OpenedSources | undefined> {
  const { folder, engine: options } = opening;
  const unfinished = join(folder, `tables.${process.pid}.part`);
  try {
    const { engine, account } = await loadInto({ file: unfinished }, opening);
    engine.close();
    const hashes = account.sources.flatMap(
      ({ sha256: hash, files }) => files?.map((file) => file.sha256) ?? [hash],
    );
    const database = databaseOf(opening, hashes);
    writeFileAtomic(`${database}.json`, canonicalJson(account));
    renameSync(unfinished, database);
    removeOthers(folder, database);
    return await openKnown(database, options);
  } catch (error) {
    if (error instanceof MachineError) return undefined;
    throw error;
  } finally {
    for (const file of [unfinished, `${unfinished}.wal`]) rmSync(file, { force: true });
  }
}

/** The file named by all that the tables depend on: the files' bytes, every setting that reading uses, and who reads. */
function databaseOf({ config, folder }: Opening, files: readonly string[]): string {
  const { asOf, key, money, windowFrom, sources } = config;
  const read = { asOf, key, money, windowFrom: windowFrom ?? null, sources, files };
  const settings = { build: buildHash(), ...read };
  return join(folder, `tables-${sha256(JSON.stringify(settings, mapsAsPairs)).slice(0, 20)}.duckdb`);
}

function mapsAsPairs(_name: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, `.${process.pid}.probe`);
    writeFileAtomic(probe, "");
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

function hasTables(folder: string): boolean {
  return (
    existsSync(folder) && readdirSync(folder).some((file) => /^tables-[0-9a-f]{20}\.duckdb\.json$/.test(file))
  );
}

/** What processes left that were ended in the middle. */
function removeAbandoned(folder: string): void {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) {
    const pid = /\.(\d+)\.part(\.wal)?$/.exec(file)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(folder, file), { force: true });
    } catch {
      // A folder that cannot be written is no obstacle.
    }
  }
}

function removeOthers(folder: string, database: string): void {
  for (const file of readdirSync(folder)) {
    const isOld = /^tables-[0-9a-f]{20}\.duckdb(\.json)?$/.test(file) && !file.startsWith(basename(database));
    if (isOld) rmSync(join(folder, file), { force: true });
  }
}

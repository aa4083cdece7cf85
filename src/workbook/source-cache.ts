import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { WorkbookConfig } from "../config/workbook-config.js";
import { canonicalJson } from "../core/canonical-json.js";
import { MachineError } from "../core/errors.js";
import { readSha256, sha256 } from "../core/sha256.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { openDuckDb } from "../engine/duckdb.js";
import type { Engine } from "../engine/engine.js";
import type { CleaningAccount } from "../sources/account.js";
import { type FileLookup, findFiles } from "../sources/find-files.js";
import { loadSources } from "../sources/load-sources.js";

/** The cleaned tables of a workbook and the account of how they came about. */
export interface OpenedSources {
  readonly engine: Engine;
  readonly account: CleaningAccount;
}

/** Changes when the same files would be read into other tables than before. */
const tablesVersion = 1;

/**
 * Reads and checks a workbook's sources, or opens the tables that an earlier call made from the same bytes and settings.
 *
 * The tables stay in one database file in `folder`, named by a hash of everything that they depend on, so six notebooks read the
 * files once. The newest is kept. A folder that cannot be written is no obstacle: then the tables are made in memory.
 *
 * @throws InputError as {@link loadSources}.
 */
export async function openSources(
  config: WorkbookConfig,
  lookup: FileLookup,
  folder: string,
): Promise<OpenedSources> {
  // Nobody can tell whether a database still holds what it held.
  if (config.sources.some(({ format }) => format === "table"))
    return loadInto(await openDuckDb(), config, lookup);
  const database = join(folder, `tables-${await identify(config, lookup)}.duckdb`);
  const known = await openKnown(database);
  if (known !== undefined) return known;
  if (isWritable(folder) && (await makeDatabase(database, config, lookup))) {
    removeOthers(folder, database);
    const made = await openKnown(database);
    if (made !== undefined) return made;
  }
  return loadInto(await openDuckDb(), config, lookup);
}

/** What an earlier call left; undefined where there is nothing, or something that cannot be read any more. */
async function openKnown(database: string): Promise<OpenedSources | undefined> {
  try {
    const account = JSON.parse(readFileSync(`${database}.json`, "utf8")) as CleaningAccount;
    return { engine: await openDuckDb({ file: database, readOnly: true }), account };
  } catch {
    return undefined;
  }
}

async function loadInto(engine: Engine, config: WorkbookConfig, lookup: FileLookup): Promise<OpenedSources> {
  try {
    return { engine, account: await loadSources(engine, config, lookup) };
  } catch (error) {
    engine.close();
    throw error;
  }
}

/**
 * Leaves the tables in a file. The account is written first: a database that has its name is complete.
 *
 * @returns Whether that went well; on a full disk it does not, and the tables may still find room in memory.
 * @throws InputError as {@link loadSources}.
 */
async function makeDatabase(database: string, config: WorkbookConfig, lookup: FileLookup): Promise<boolean> {
  const unfinished = `${database}.${process.pid}.part`;
  try {
    const { engine, account } = await loadInto(await openDuckDb({ file: unfinished }), config, lookup);
    engine.close();
    writeFileAtomic(`${database}.json`, canonicalJson(account));
    renameSync(unfinished, database);
    return true;
  } catch (error) {
    if (error instanceof MachineError) return false;
    throw error;
  } finally {
    for (const file of [unfinished, `${unfinished}.wal`]) rmSync(file, { force: true });
  }
}

/** A hash of what the tables depend on: the files' bytes and every setting that reading uses. */
async function identify(config: WorkbookConfig, lookup: FileLookup): Promise<string> {
  const { asOf, key, money, windowFrom, sources } = config;
  const found = sources.flatMap((source) => findFiles(config, source, lookup).files);
  const files: string[] = [];
  for (const { path } of found) files.push(await readSha256(path));
  const settings = { tablesVersion, asOf, key, money, windowFrom: windowFrom ?? null, sources, files };
  return sha256(JSON.stringify(settings, mapsAsPairs)).slice(0, 20);
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

function removeOthers(folder: string, database: string): void {
  for (const file of readdirSync(folder)) {
    const isOld = /^tables-[0-9a-f]{20}\.duckdb(\.json)?$/.test(file) && !file.startsWith(basename(database));
    if (isOld) rmSync(join(folder, file), { force: true });
  }
}

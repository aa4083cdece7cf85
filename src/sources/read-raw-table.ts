import { basename } from "node:path";
import { describeValue } from "../core/check.js";
import { InputError, MachineError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import type { Engine } from "../engine/engine.js";
import type { FoundFile } from "./find-files.js";
import { matchHeaders } from "./match-headers.js";
import { openFile } from "./open-file.js";
import type { NativeColumns, RawFile, RawReading, RawTable } from "./raw-table.js";

/** How {@link readRawTable} reads. */
export interface RawTableOptions {
  /** Make no table: give a relation that reads the files whenever it is asked. */
  readonly asRelation?: boolean;
  /** Scan record by record also what seems plain. */
  readonly careful?: boolean;
}

/**
 * Puts the files of a source together as one table of text, every row in its place.
 *
 * With `asRelation`, a file that seemed plain may turn out not to be when it is read: then the engine throws, or gives another
 * number of rows than `rowCount`. Whoever reads the relation must look, release it, and ask again with `careful`.
 *
 * @throws InputError if a file is not what the workbook says, lacks a column, has no row, or changes while it is read.
 */
export async function readRawTable(
  engine: Engine,
  reading: RawReading,
  options: RawTableOptions = {},
): Promise<RawTable> {
  const files: RawFile[] = [];
  try {
    for (const file of reading.files)
      files.push(
        await naming(reading, file, () => openFile(engine, { source: reading.source, file }, options)),
      );
    checkSomeRow(reading, files);
    const { header, relations, notes } = matchHeaders(files);
    const raw = rawTable({ files, header, notes });
    if (options.asRelation) {
      const native = nativeOf(files);
      const table = native?.relation ?? unionOf(relations);
      return { ...raw, table, isTable: false, ...(native && { native }) };
    }
    if (await copyRows(engine, reading, { files, relations, isLast: options.careful === true })) {
      await releaseAll(files);
      return { ...raw, table: reading.table, isTable: true, release: () => dropTable(engine, reading.table) };
    }
  } catch (error) {
    await releaseAll(files);
    throw error;
  }
  await releaseAll(files);
  return readRawTable(engine, reading, { ...options, careful: true });
}

/** Puts the file's name before an error that does not know it, the file system's own among them. */
async function naming<Result>(
  { files, source }: RawReading,
  { path, written }: FoundFile,
  work: () => Promise<Result>,
): Promise<Result> {
  const name = files.length === 1 ? basename(path) : written;
  try {
    return await work();
  } catch (error) {
    const requirement = `sources.${source.name}.path must name a file that can be read`;
    if (!(error instanceof InputError)) throw fileError(error, { caller: "loadSources", requirement, path });
    if (error.message.startsWith("loadSources:")) throw error;
    throw new InputError(`loadSources: ${name} ${error.message}`);
  }
}

function checkSomeRow({ files: found, source }: RawReading, files: readonly RawFile[]): void {
  if (files.some(({ rowCount, faults }) => rowCount > 0 || faults.size > 0)) return;
  const name = found.length === 1 ? basename(found[0]!.path) : `sources.${source.name}.path`;
  const where = source.format === "csv" ? " below the header" : "";
  throw new InputError(`loadSources: ${name} must hold at least one row${where}, got none`);
}

function rawTable({
  files,
  header,
  notes,
}: Pick<RawTable, "files" | "header" | "notes">): Omit<RawTable, "table" | "isTable"> {
  const ends: number[] = [];
  for (const { rowCount } of files) ends.push((ends.at(-1) ?? 0) + rowCount);
  return {
    header,
    rowCount: ends.at(-1) ?? 0,
    files,
    notes: [...files.flatMap((file) => file.notes), ...notes],
    placeOf(row) {
      const at = ends.findIndex((end) => row < end);
      const file = files[at]!;
      return { file: file.written, line: file.lineOf(row - (ends[at]! - file.rowCount)) };
    },
    release: () => releaseAll(files),
  };
}

/**
 * Copies the rows of every file into the table.
 *
 * @returns false if the engine reads other rows than were counted, which a careful second reading mends.
 * @throws InputError if that was the careful reading.
 */
async function copyRows(
  engine: Engine,
  reading: RawReading,
  { files, relations, isLast }: { files: readonly RawFile[]; relations: readonly string[]; isLast: boolean },
): Promise<boolean> {
  let counted = 0;
  for (const [i, relation] of relations.entries()) {
    const file = basename(reading.files[i]!.path);
    const into =
      i === 0 ? `CREATE OR REPLACE TEMP TABLE ${reading.table} AS` : `INSERT INTO ${reading.table}`;
    const problem = await problemOf(engine.run(`${into} SELECT * FROM ${relation}`));
    counted += files[i]!.rowCount;
    const [found] = problem ? [] : await engine.rows(`SELECT count(*) AS rows FROM ${reading.table}`);
    const rows = Number(found?.get("rows"));
    if (problem === undefined && rows === counted) continue;
    if (!isLast && reading.source.format === "csv") return false;
    throw new InputError(
      problem === undefined
        ? `loadSources: ${file} must be read alike by two readers, got ${files[i]!.rowCount} rows by one and ${rows - counted + files[i]!.rowCount} by the other`
        : `loadSources: ${file} must be a whole file of format ${reading.source.format}, got ${describeValue(problem.split("\n")[0])}`,
    );
  }
  return true;
}

/** What the engine finds wrong with a file; a machine's error is passed on. */
async function problemOf(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof MachineError || !(error instanceof Error)) throw error;
    return error.message;
  }
}

/** Work on the rows of files; where it fails, their copies go first, and a file that has changed is the better reason. */
export async function releasingOnError<Result>(raw: RawTable, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await raw.release();
    throw error;
  }
}

function dropTable(engine: Engine, table: string): Promise<void> {
  return engine.run(`DROP TABLE IF EXISTS ${table}`);
}

function unionOf(relations: readonly string[]): string {
  if (relations.length === 1) return relations[0]!;
  return `(${relations.map((relation) => `SELECT * FROM ${relation}`).join(" UNION ALL ")})`;
}

/** Types of the files' own, where all of them have the same for the same columns. */
function nativeOf(files: readonly RawFile[]): NativeColumns | undefined {
  const [first] = files;
  if (first?.native === undefined) return undefined;
  const shape = (file: RawFile) => JSON.stringify([file.header, file.native?.types]);
  if (!files.every((file) => shape(file) === shape(first))) return undefined;
  const relation = unionOf(files.map((file) => file.native!.relation));
  return { relation, types: first.native.types, isNumbered: files.length === 1 && first.native.isNumbered };
}

/** Removes every copy, then says what has changed: that explains any other failure. */
async function releaseAll(files: readonly RawFile[]): Promise<void> {
  const released = await Promise.allSettled(files.map((file) => file.release()));
  const problem = released.find((result) => result.status === "rejected");
  if (problem?.status === "rejected") throw problem.reason;
}

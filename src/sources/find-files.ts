import { existsSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkReadable } from "../core/file-error.js";
import { compareText } from "../core/text-order.js";
import { type DatabaseTable, writtenTable } from "./database-table.js";
import { expandGlob, isGlob } from "./glob.js";

/** Where data files may lie. */
export interface FileLookup {
  /** Folder in which relative source paths are looked up; default: the workbook's own folder. */
  readonly dataFolder?: string;
  /** Looked into after that, in order. */
  readonly moreFolders?: readonly string[];
  /** Cancels the reading of a table of Trino there. */
  readonly signal?: AbortSignal;
}

/** A file of a source: as the account calls it, and where it is. */
export interface FoundFile {
  readonly written: string;
  readonly path: string;
  /** In place of a file: a table of a connection. */
  readonly database?: DatabaseTable;
}

/** The files of a source, in code-unit order of their names. */
export interface FoundFiles {
  /** File, folder or glob, as written in the workbook. */
  readonly written: string;
  readonly files: readonly FoundFile[];
}

/**
 * The files behind the first path of a source that leads to any: one file, those of a folder, or those that fit a glob.
 *
 * @throws InputError if there are none, listing what was looked for and where, seen from the workbook's folder; if one cannot be
 * read, or a symbolic link leads out of the folder and the source does not allow it.
 */
export function findFiles(config: WorkbookConfig, source: SourceConfig, lookup: FileLookup): FoundFiles {
  if (source.connection !== undefined) return findTable(config, source, lookup);
  const home = dirname(config.file);
  const folders = [lookup.dataFolder ?? home, ...(lookup.moreFolders ?? [])].map((folder) => resolve(folder));
  const argument = `sources.${source.name}.path`;
  for (const folder of folders)
    for (const written of source.paths) {
      const files = filesAt(folder, written, argument);
      for (const { path } of files) {
        if (!source.allowOutside) checkInside(argument, folder, path);
        checkReadable("loadSources", argument, path);
      }
      if (files.length > 0) return { written, files };
    }
  const looked = folders.map((folder) => relative(home, folder) || "the workbook's folder");
  throw new InputError(
    `loadSources: ${argument} must name a file that exists, got none of ${listForMessage(source.paths)} in ${looked.join(" or ")}. Give the folder that holds it with --data`,
  );
}

/** Whether the table is there only its server knows, when it is read. */
function findTable(
  { connections }: WorkbookConfig,
  { connection, table }: SourceConfig,
  { signal }: FileLookup,
): FoundFiles {
  const database = {
    connection: { name: connection!, config: connections.get(connection!)! },
    table: table!,
    ...(signal && { signal }),
  };
  const written = writtenTable(database);
  return { written, files: [{ written, path: written, database }] };
}

function filesAt(folder: string, written: string, argument: string): FoundFile[] {
  const path = resolve(folder, written);
  if (existsSync(path)) {
    const stats = statSync(path);
    return stats.isDirectory()
      ? filesIn(path, written, argument)
      : [checkedFile(stats, { written, path }, argument)];
  }
  if (!isGlob(written)) return [];
  return expandGlob(folder, written, argument)
    .sort(compareText)
    .map((name) => ({ written: name, path: resolve(folder, name) }))
    .filter((file) => isFile(file, argument));
}

/** A link that leads nowhere is no reason to read less than somebody put there. */
function isFile({ written, path }: FoundFile, argument: string): boolean {
  if (existsSync(path)) return statSync(path).isFile();
  throw new InputError(
    `loadSources: ${argument} must name files that are there, got a link that leads nowhere at ${written}`,
  );
}

/** Names that begin with a dot or an underscore are nobody's data: other programs leave them beside it. */
function filesIn(path: string, written: string, argument: string): FoundFile[] {
  const files = readdirSync(path)
    .filter((name) => !/^[._]/.test(name))
    .sort(compareText)
    .map((name) => ({ written: `${written.replace(/\/+$/, "")}/${name}`, path: join(path, name) }))
    .filter((file) => isFile(file, argument));
  if (files.length === 0)
    throw new InputError(
      `loadSources: ${argument} must name a folder that holds files, got none in ${written}`,
    );
  return files;
}

function checkedFile(stats: Stats, file: FoundFile, argument: string): FoundFile {
  if (stats.isFile()) return file;
  throw new InputError(
    `loadSources: ${argument} must name a file or a folder, got a device or pipe at ${file.written}`,
  );
}

function checkInside(argument: string, folder: string, path: string): void {
  const home = realpathSync(folder);
  if (realpathSync(path).startsWith(home.endsWith(sep) ? home : home + sep)) return;
  throw new InputError(
    `loadSources: ${argument} must stay inside the data folder, got a link out of it at ${basename(path)}. Say allowOutside: true at the source to read it all the same`,
  );
}

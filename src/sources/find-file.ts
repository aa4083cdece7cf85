import { existsSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkReadable } from "../core/file-error.js";

/** Where data files may lie. */
export interface FileLookup {
  /** Folder in which relative source paths are looked up; default: the workbook's own folder. */
  readonly dataFolder?: string;
  /** Looked into after that, in order. */
  readonly moreFolders?: readonly string[];
}

/** A source's file: as the workbook calls it, and where it is. */
export interface FoundFile {
  readonly written: string;
  readonly path: string;
}

/**
 * The first candidate of a source that exists.
 *
 * @throws InputError if there is none, listing what was looked for and where, seen from the workbook's folder.
 */
export function findFile(config: WorkbookConfig, source: SourceConfig, lookup: FileLookup): FoundFile {
  const home = dirname(config.file);
  const folders = [lookup.dataFolder ?? home, ...(lookup.moreFolders ?? [])].map((folder) => resolve(folder));
  for (const folder of folders)
    for (const written of source.paths) {
      const path = resolve(folder, written);
      if (existsSync(path) && statSync(path).isFile()) {
        checkReadable("loadSources", `sources.${source.name}.path`, path);
        return { written, path };
      }
    }
  const looked = folders.map((folder) => relative(home, folder) || "the workbook's folder");
  throw new InputError(
    `loadSources: sources.${source.name}.path must name a file that exists, got none of ${listForMessage(source.paths)} in ${looked.join(" or ")}. Give the folder that holds it with --data`,
  );
}

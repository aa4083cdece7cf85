import { InputError } from "../core/errors.js";
import { readSha256 } from "../core/sha256.js";
import type { Engine } from "../engine/engine.js";
import { checkHeader } from "./csv-header.js";
import { checkUnchanged, fileStateOf } from "./file-state.js";
import { type FileReading, neededColumns, type RawFile } from "./raw-table.js";
import { pathText } from "./record-file.js";
import { readTyped } from "./typed-relation.js";

/**
 * Opens a Parquet file; its rows count from 1 as lines do.
 *
 * @throws InputError (without the file's name) if the file is none, or lacks a column.
 */
export async function openParquetFile(
  engine: Engine,
  { source, file: { path, written } }: FileReading,
): Promise<RawFile> {
  const state = fileStateOf(path);
  const reader = `read_parquet(${pathText(path)}, hive_partitioning = false)`;
  const numbered = `read_parquet(${pathText(path)}, hive_partitioning = false, file_row_number = true)`;
  const typed = await readTyped(engine, reader, source, numbered).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    throw new InputError("must be a Parquet file, got something else. Say format: csv if it is text");
  });
  checkHeader({ header: typed.header, needed: neededColumns(source) });
  return {
    written,
    ...typed,
    sha256: await readSha256(path),
    faults: new Map(),
    cells: [],
    notes: [],
    lineOf: (row) => row + 1,
    release: async () => checkUnchanged(path, state),
  };
}

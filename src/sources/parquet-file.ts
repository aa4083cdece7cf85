import { InputError, MachineError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import type { FileReading, RawFile } from "./raw-table.js";
import { pathText } from "./record-file.js";
import { openTypedFile } from "./typed-relation.js";

/**
 * Opens a Parquet file.
 *
 * @throws InputError (without the file's name) if the file is none, or lacks a column.
 */
export async function openParquetFile(engine: Engine, reading: FileReading): Promise<RawFile> {
  const path = pathText(reading.file.path);
  const relation = `read_parquet(${path}, hive_partitioning = false)`;
  const numbered = `read_parquet(${path}, hive_partitioning = false, file_row_number = true)`;
  try {
    return await openTypedFile(engine, reading, async () => ({ relation, numbered }));
  } catch (error) {
    if (error instanceof InputError || error instanceof MachineError || isOfFileSystem(error)) throw error;
    throw new InputError("must be a Parquet file, got something else. Say format: csv if it is text");
  }
}

function isOfFileSystem(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}

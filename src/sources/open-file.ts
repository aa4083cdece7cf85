import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { openCsvFile } from "./csv-file.js";
import { openDuckDbFile } from "./duckdb-file.js";
import { openJsonFile } from "./json-file.js";
import { openDatabaseTable } from "./open-database-table.js";
import { openParquetFile } from "./parquet-file.js";
import type { FileReading, RawFile } from "./raw-table.js";

/**
 * Opens one file by its format, or a table of a connection. The libraries for Excel and SQLite take long to load: only who has
 * such a file waits for them.
 *
 * @throws InputError, often without the file's name, if it is not what the workbook says.
 */
export async function openFile(
  engine: Engine,
  reading: FileReading,
  options: { readonly careful?: boolean },
): Promise<RawFile> {
  const { format } = reading.source;
  const packed = /\.(gz|zst)$/i.exec(reading.file.path)?.[0];
  if (packed !== undefined && !["csv", "json", "ndjson", "table"].includes(format))
    throw new InputError(`must not be packed, got ${packed} around format ${format}. Unpack it first`);
  switch (format) {
    case "csv":
      return openCsvFile(reading, options);
    case "parquet":
      return openParquetFile(engine, reading);
    case "json":
    case "ndjson":
      return openJsonFile(reading);
    case "excel":
      return (await import("./excel-file.js")).openExcelFile(reading);
    case "sqlite":
      return (await import("./sqlite-file.js")).openSqliteFile(reading);
    case "duckdb":
      return openDuckDbFile(engine, reading);
    case "table":
      return openDatabaseTable(engine, reading.source, reading.file.database!);
  }
}

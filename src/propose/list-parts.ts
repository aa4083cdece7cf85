import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { listDuckDbTables } from "../sources/duckdb-file.js";
import { listSheets } from "../sources/excel-sheet.js";
import { listSqliteTables } from "../sources/sqlite-file.js";
import type { GivenFile } from "./file-sample.js";

/**
 * The sheets or tables of a file as files of their own: `shop.xlsx` with three sheets is three. Hidden sheets are left out; a
 * file of one table, or of which the user named one, stays as it is.
 *
 * @throws InputError if the file cannot be read, or has no table.
 */
export async function listParts(
  given: GivenFile,
  openEngine: () => Promise<Engine>,
): Promise<readonly GivenFile[]> {
  if (given.part !== undefined) return [given];
  const names = await naming(given, () => partsOf(given, openEngine));
  if (names === undefined || names.length === 1) return [given];
  return names.map((part) => ({ ...given, written: `${given.written}#${part}`, part }));
}

async function partsOf(
  { path, format }: GivenFile,
  openEngine: () => Promise<Engine>,
): Promise<readonly string[] | undefined> {
  switch (format) {
    case "excel":
      return listSheets(path);
    case "sqlite":
      return listSqliteTables(path);
    case "duckdb":
      return listDuckDbTables(await openEngine(), path);
    default:
      return undefined;
  }
}

async function naming<Result>({ written }: GivenFile, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`init: --from must name a table that can be read, got: ${written} ${error.message}`);
  }
}

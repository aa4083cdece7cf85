import type { SourceConfig } from "../config/workbook-config.js";
import { sha256 } from "../core/sha256.js";
import type { Engine } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";
import { checkHeader } from "./csv-header.js";
import {
  type ColumnsCheck,
  type CopiedTable,
  type DatabaseColumn,
  type DatabaseTable,
  writtenTable,
} from "./database-table.js";
import { copyMysqlTable } from "./mysql-table.js";
import { copyPostgresqlTable } from "./postgresql-table.js";
import { neededColumns, type RawFile } from "./raw-table.js";
import { copyTrinoTable } from "./trino-table.js";

const copiers = { postgresql: copyPostgresqlTable, mysql: copyMysqlTable, trino: copyTrinoTable };

/**
 * Reads a table of a database, in one state of it and without writing, as text that a file would have.
 *
 * A database promises no order of rows, so they are sorted by all their columns; the hash is one of the rows in any order. Rows pass
 * through a temporary file: memory does not grow with them.
 *
 * @throws InputError or MachineError if the server, the table or a column cannot be read.
 */
export async function openDatabaseTable(
  engine: Engine,
  source: SourceConfig,
  database: DatabaseTable,
): Promise<RawFile> {
  const check: ColumnsCheck = (columns) =>
    checkHeader({ header: columns.map(({ name }) => name), needed: neededColumns(source) });
  const copied = await copiers[database.connection.config.kind](database, check);
  try {
    const header = copied.columns.map(({ name }) => name);
    const cells = copied.columns.map((column, j) => `${cellOf(column, j, source)} AS c${j}`);
    return {
      written: writtenTable(database),
      sha256: await hashRows(engine, header, copied),
      header,
      relation: `(SELECT ${cells.join(", ")} FROM ${copied.relation} ORDER BY ALL)`,
      rowCount: copied.rowCount,
      faults: new Map(),
      cells: [],
      notes: [],
      lineOf: (row) => row + 1,
      release: async () => copied.remove(),
    };
  } catch (error) {
    copied.remove();
    throw error;
  }
}

/** Days and times in the pattern and numbers with the mark that the workbook declares; what is none stays as it is. */
function cellOf({ kind }: DatabaseColumn, j: number, { dateFormat, decimalSeparator }: SourceConfig): string {
  const column = `c${j}`;
  if (kind === "moment")
    return `coalesce(strftime(TRY_CAST(${column} AS TIMESTAMP), ${quoteText(dateFormat, "duckdb")}), ${column})`;
  if (kind === "text") return column;
  const number = `nullif(${column}, 'NaN')`;
  return decimalSeparator === "," ? `replace(${number}, '.', ',')` : number;
}

/** A hash that says whether two readings found the same rows, in whatever order they came. */
async function hashRows(
  engine: Engine,
  header: readonly string[],
  { relation }: CopiedTable,
): Promise<string> {
  const cells = header.map((_, j) => `coalesce('=' || c${j}, '')`).join(", ");
  const [sums] = await engine.rows(`
    SELECT count(*) AS rows, sum(md5_number_lower(line))::VARCHAR AS lower, sum(md5_number_upper(line))::VARCHAR AS upper
    FROM (SELECT to_json([${cells}])::VARCHAR AS line FROM ${relation})`);
  return sha256(JSON.stringify([header, ...sums!.values()]));
}

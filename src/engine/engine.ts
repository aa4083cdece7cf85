/**
 * A value out of a query. Whole numbers arrive as `number` when a double holds them exactly (|x| ≤ 2^53 − 1), else as their
 * decimal digits; DECIMAL and DATE arrive as text (`12.30`, `2026-03-31`).
 */
export type CellValue = string | number | boolean | null;

/** One row of a query: column name → value. A Map, because column names come from users and may be `__proto__`. */
export type QueryRow = ReadonlyMap<string, CellValue>;

/** A numeric column of a query; NULL is NaN. */
export interface QueryNumberColumn {
  readonly kind: "number";
  readonly name: string;
  readonly values: Float64Array;
}

/** Any other column of a query, as text; NULL is null. Booleans read `true` and `false`, dates `2026-03-31`. */
export interface QueryTextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly values: readonly (string | null)[];
}

export type QueryColumn = QueryNumberColumn | QueryTextColumn;

/** A database that holds the tables of one workbook. Statements run one after the other, in the order asked. */
export interface Engine {
  /** Runs one or more statements and forgets their result. */
  run(sql: string): Promise<void>;
  /** Runs one query and returns its rows; for small results. Row order is only defined by an ORDER BY. */
  rows(sql: string): Promise<readonly QueryRow[]>;
  /**
   * Runs one query and returns its columns, in order; for one row per customer.
   *
   * Streams, so that peak memory is the result itself. A whole number beyond 2^53 becomes the nearest double.
   */
  columns(sql: string): Promise<readonly QueryColumn[]>;
  /** Closes the database and removes what it spilled to disk. */
  close(): void;
}

/** Values of the named numeric column. @throws Error if the query has no such column (a mistake in our SQL). */
export function numberColumn(columns: readonly QueryColumn[], name: string): Float64Array {
  const column = columns.find((candidate) => candidate.name === name);
  if (column?.kind !== "number") throw new Error(`numberColumn: the query has no numeric column "${name}"`);
  return column.values;
}

/** Values of the named text column. @throws Error if the query has no such column (a mistake in our SQL). */
export function textColumn(columns: readonly QueryColumn[], name: string): readonly (string | null)[] {
  const column = columns.find((candidate) => candidate.name === name);
  if (column?.kind !== "text") throw new Error(`textColumn: the query has no text column "${name}"`);
  return column.values;
}

import { describeValue, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { NamedConnection } from "../engine/connection-address.js";

/** A table of a database that a source reads. */
export interface DatabaseTable {
  readonly connection: NamedConnection;
  /** `name`, or `schema.name`, as the workbook has it. */
  readonly table: string;
  /** Ends the reading, on the server too. */
  readonly signal?: AbortSignal;
}

/** A column of a database as far as its text depends on its type. */
export interface DatabaseColumn {
  readonly name: string;
  /** moment: a day or a time, as ISO text; number: with a decimal point; text: anything else, as it is. */
  readonly kind: "moment" | "number" | "text";
}

/** Rows of a table, copied to a temporary file. */
export interface CopiedTable {
  readonly columns: readonly DatabaseColumn[];
  /** SQL that stands after FROM: c0, c1, … as text. */
  readonly relation: string;
  readonly rowCount: number;
  remove(): void;
}

/** Looks at the columns before rows are read. @throws InputError if one that is needed is missing. */
export type ColumnsCheck = (columns: readonly DatabaseColumn[]) => void;

/** Calls `stop` once when a reading is cancelled; what it returns takes that back. */
export function onCancel({ signal }: DatabaseTable, stop: (reason: unknown) => void): () => void {
  const hear = (): void => stop(signal!.reason);
  signal?.addEventListener("abort", hear, { once: true });
  return () => signal?.removeEventListener("abort", hear);
}

/** How the account calls a table: `NAME: schema.table`. */
export function writtenTable({ connection, table }: DatabaseTable): string {
  return `${connection.name}: ${table}`;
}

/** Schema (if said) and name of a table. */
export function splitName(table: string): { readonly schema: string | undefined; readonly name: string } {
  const dot = table.indexOf(".");
  return { schema: dot < 0 ? undefined : table.slice(0, dot), name: table.slice(dot + 1) };
}

/** The error for a table that is not there, with the nearest of those that are. */
export function missingTable({ connection, table }: DatabaseTable, found: readonly string[]): InputError {
  return new InputError(
    `loadSources: table must be one that connections.${connection.name} has, got ${describeValue(table)}${didYouMean(table, found)}`,
  );
}

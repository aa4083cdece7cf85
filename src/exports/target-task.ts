import type { Definition } from "../segments/definition.js";

/** Rows that a target must place. Row numbers stand for keys, so that no customer id leaves the process. */
export interface TargetTask {
  readonly definition: Definition;
  /** Raw values, one column per recipe step; NaN where missing. */
  readonly columns: readonly Float64Array[];
  /** Segment key of each row. */
  readonly expected: readonly string[];
}

/** What a target answered, sorted by row number. */
export interface TargetRun {
  readonly rowNumbers: ArrayLike<number>;
  readonly segments: readonly (string | null)[];
  readonly engineVersion: string;
}

/** Rows sent to an engine in one statement. */
const rowsPerBatch = 20_000;

/** Row numbers at which batches start, and where each ends. */
export function batchesOf(rowCount: number): { readonly start: number; readonly end: number }[] {
  return Array.from({ length: Math.ceil(rowCount / rowsPerBatch) }, (_, batch) => ({
    start: batch * rowsPerBatch,
    end: Math.min(rowCount, (batch + 1) * rowsPerBatch),
  }));
}

/** A missing value goes in as NULL in even rows and as NaN in odd ones: engines must treat both alike. */
export function valueToSend(column: Float64Array, row: number): number | null {
  const value = column[row]!;
  return Number.isNaN(value) && row % 2 === 0 ? null : value;
}

/** The query that reads the answer of an exported SELECT in the order of the row numbers. */
export function answerQuery(sql: string): string {
  return `SELECT customer_id, segment FROM (\n${sql}) AS assigned ORDER BY customer_id`;
}

import type { Definition } from "../segments/definition.js";

/** Raw values of one input of a definition: numbers, NaN where missing, or text, null where missing. */
export type TargetColumn = Float64Array | readonly (string | null)[];

/** Rows that a target must place. Row numbers stand for keys, so that no customer id leaves the process. */
export interface TargetTask {
  readonly definition: Definition;
  /** One column per input of the definition, in the order of `inputsOf`. */
  readonly columns: readonly TargetColumn[];
  /** Segment key of each row. */
  readonly expected: readonly string[];
}

/** What a target answered, sorted by row number. */
export interface TargetRun {
  readonly rowNumbers: ArrayLike<number>;
  readonly segments: readonly (string | null)[];
  /** As the engine says it. */
  readonly engineVersion: string;
}

/** Why a target was not run on this machine, and what would let it run. */
export interface NotRun {
  readonly notRun: string;
  /** One sentence; empty where nothing would. */
  readonly toRun: string;
}

/** Rows sent to an engine in one statement. */
const rowsPerBatch = 20_000;

/** Row numbers at which batches start, and where each ends. */
export function batchesOf(
  rowCount: number,
  size: number = rowsPerBatch,
): { readonly start: number; readonly end: number }[] {
  return Array.from({ length: Math.ceil(rowCount / size) }, (_, batch) => ({
    start: batch * size,
    end: Math.min(rowCount, (batch + 1) * size),
  }));
}

/** A missing number goes in as NULL in even rows and as NaN in odd ones: engines must treat both alike. */
export function valueToSend(column: TargetColumn, row: number): number | string | null {
  const value = column[row]!;
  return Number.isNaN(value) && row % 2 === 0 ? null : value;
}

/** The query that reads the answer of an exported SELECT in the order of the row numbers. */
export function answerQuery(sql: string): string {
  return `SELECT customer_id, segment FROM (\n${sql}) AS assigned ORDER BY customer_id`;
}

/** Rows of a batch as SQL: the row number, then the values; a missing value is NULL. */
export function literalRows(
  task: TargetTask,
  { start, end }: { readonly start: number; readonly end: number },
  literal: (value: number | string) => string,
): string {
  const rows = Array.from({ length: end - start }, (_, i) => {
    const values = task.columns.map((column) => {
      const value = column[start + i]!;
      return value === null || Number.isNaN(value) ? "NULL" : literal(value);
    });
    return `(${[start + i, ...values].join(", ")})`;
  });
  return rows.join(", ");
}

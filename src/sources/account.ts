/** Why a whole row was dropped; stable words. The order is the order of judgement: the first that fits wins. */
export type DropReason =
  | "too-few-columns"
  | "too-many-columns"
  | "unterminated-quote"
  | "invalid-encoding"
  | "line-too-long"
  | "missing-customer"
  | "cancelled"
  | "zero-quantity"
  | "zero-price"
  | "negative-price"
  | "not-a-number"
  | "not-a-date"
  | "after-as-of"
  | "before-window"
  | "too-many-decimals"
  | "out-of-range"
  | "too-large"
  | "missing-value"
  | "unknown-customer"
  | "duplicate-customer"
  | "exact-duplicate"
  | "no-kept-row";

/** Why a cell counts as missing although its row is kept. */
export type CellReason = "not-a-number" | "not-a-date" | "out-of-range" | "unknown-level";

/** Every row that was read, and what became of it: always `rowsRead = rowsKept + Σ dropped.rows` for each source. */
export interface CleaningAccount {
  readonly sources: readonly SourceAccount[];
  readonly customers: CustomersAccount;
  /** Of the kept transactions, if the workbook has some. */
  readonly totals?: TransactionTotals;
}

/** What one file held. */
export interface SourceAccount {
  readonly name: string;
  /** As written in the workbook. */
  readonly path: string;
  /** Of the file's bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** Rows below the header; blank lines do not count. */
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly dropped: readonly DroppedRows[];
  /** Cells of kept rows that count as missing. */
  readonly cells: readonly MissingCells[];
}

export interface DroppedRows {
  readonly reason: DropReason;
  readonly rows: number;
  /** At most three. */
  readonly examples: readonly RowExample[];
}

export interface MissingCells {
  readonly reason: CellReason;
  /** Column in the file. */
  readonly column: string;
  readonly count: number;
  /** At most three. */
  readonly examples: readonly RowExample[];
}

/** One place in a file. Holds no customer value but the key. */
export interface RowExample {
  /** Line of the file on which the row begins, counted from 1 with the header; of a Parquet file the row, counted from 1. */
  readonly line: number;
  /** Column in the file, empty where the fault is in no single column. */
  readonly column: string;
  readonly message: string;
}

/** Customers by key. */
export interface CustomersAccount {
  /** Distinct keys in the source that says who the customers are. */
  readonly found: number;
  readonly kept: number;
  /** Customers all of whose rows were dropped. */
  readonly dropped: readonly DroppedRows[];
}

/** What the kept transactions come to. */
export interface TransactionTotals {
  readonly invoices: number;
  /** Spend after discounts and declared returns, in minor units; decimal digits, because it may exceed 2^53. */
  readonly revenueMinor: string;
  /** The same in the major unit, as near as a double can be. */
  readonly revenue: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** Why a whole row was dropped; stable words. The order is the order of judgement: the first that fits wins. */
export type DropReason =
  | "too-few-columns"
  | "too-many-columns"
  | "unterminated-quote"
  | "invalid-encoding"
  | "nul-byte"
  | "line-too-long"
  | "broken-json"
  | "repeated-field"
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
  | "no-kept-row"
  // Joins.
  | "no-match"
  | "ambiguous-key"
  // Kinds with checks of their own.
  | "reversed-period"
  | "overlapping-period"
  | "straight-lining"
  // Declared steps of cleaning.
  | "duplicate-key"
  | "cancelled-purchase"
  | "netted-cancellation"
  | "unmatched-cancellation"
  | "test-account"
  | "non-product"
  | "missing-rate"
  | "same-household";

/** Why a cell counts as missing although its row is kept. */
export type CellReason =
  | "not-a-number"
  | "not-a-date"
  | "out-of-range"
  | "unknown-level"
  | "too-many-decimals"
  | "missing-code"
  | "not-asked"
  | "error-cell";

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
  /** Of the file's bytes, lower-case hexadecimal; of several files that of their list, as `sha256sum` prints it. */
  readonly sha256: string;
  /** Rows below the header; blank lines do not count. */
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly dropped: readonly DroppedRows[];
  /** Cells of kept rows that count as missing. */
  readonly cells: readonly MissingCells[];
  /** The declared steps of cleaning, in the order in which they were taken; absent: none was declared. */
  readonly steps?: readonly StepAccount[];
  /** Where the path leads to several files: each of them, in the order read. */
  readonly files?: readonly FileAccount[];
  /** What else there is to know of how the files were read, one sentence each; absent: nothing. */
  readonly notes?: readonly string[];
  /** How the rows found their customer; absent: no join is declared. */
  readonly join?: JoinAccount;
}

/** One file of several. */
export interface FileAccount {
  readonly path: string;
  readonly sha256: string;
  /** Rows below the header; blank lines do not count. */
  readonly rowsRead: number;
}

/** What one declared step of cleaning did. */
export interface StepAccount {
  readonly step: string;
  /** Rows that the step dropped; they stand under `dropped` too, by reason. */
  readonly dropped: number;
  /** Rows that were kept with another value. */
  readonly changed: number;
  /** What else there is to know, such as the limits of outliers. */
  readonly detail: string;
}

/** What a declared join did: distinct keys and rows. Nothing is ever multiplied. */
export interface JoinAccount {
  /** The mapping source, or `customers`. */
  readonly through: string;
  readonly keptKeys: number;
  readonly keptRows: number;
  /** Keys that mean no customer. */
  readonly lostKeys: number;
  readonly lostRows: number;
  /** Keys that mean several customers. */
  readonly doubledKeys: number;
  readonly doubledRows: number;
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
  /** Where the source has several files: the one with the row. */
  readonly file?: string;
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

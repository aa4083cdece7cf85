/** One key of the proposed workbook, with the reason beside it. */
export interface Entry {
  readonly key: string;
  /** Written on one line: text, number, list, or a group of keys in braces. */
  readonly value?: unknown;
  /** In place of a value: keys of a group, one a line. */
  readonly entries?: readonly Entry[];
  /** Comment at the end of the line. */
  readonly note?: string;
  /** Comments on lines of their own above it. */
  readonly above?: readonly string[];
}

/** What should be looked at. */
export interface Flag {
  /** File as the user wrote it. */
  readonly file: string;
  readonly column: string;
  readonly flag:
    | "identifier"
    | "personal-data"
    | "sensitive"
    | "constant"
    | "near-constant"
    | "duplicate-column"
    | "missing"
    | "code"
    | "text"
    | "empty"
    | "other-format"
    | "reversed"
    | "outlier";
  /** One clause, without values of a customer. */
  readonly message: string;
}

/** A numeric feature that could form segments. */
export interface Candidate {
  readonly name: string;
  /** Smaller is better. */
  readonly rank: number;
  /** One value a row of the sample, NaN where missing; absent where it is only known after reading: a feature of many rows. */
  readonly series?: Float64Array;
}

/** One source of the proposed workbook. */
export interface SourceProposal {
  readonly entries: readonly Entry[];
  readonly flags: readonly Flag[];
  readonly questions: readonly string[];
  readonly candidates: readonly Candidate[];
}

/** A plotly figure as plain data; `table` is its twin for screen readers and spreadsheets. */
export interface Figure {
  readonly kind: "figure";
  /** The finding, as a sentence. */
  readonly title: string;
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly table: DisplayTable;
}

/** A table as a person reads it. Numbers stay numbers until they are rendered. */
export interface DisplayTable {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly DisplayColumn[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Under the table: what was left out, where the numbers come from. */
  readonly note?: string;
  /** Whether rows are about single customers: then a report leaves them out. */
  readonly holdsCustomers?: true;
}

export interface DisplayColumn {
  readonly name: string;
  readonly unit?: string;
  /** Decimals shown; absent: at most three significant digits. */
  readonly digits?: number;
  readonly align?: "left" | "right";
}

/** One declared step of cleaning; what each does is in docs/sources.md. */
export type CleaningStep =
  | { readonly step: "exact-duplicates" }
  | DuplicatesStep
  | { readonly step: "cancellations" }
  | { readonly step: "test-accounts"; readonly customers: readonly string[]; readonly pattern?: string }
  | { readonly step: "non-products"; readonly products: readonly string[]; readonly pattern?: string }
  | { readonly step: "zero-price"; readonly policy: "drop" | "keep" }
  | OutliersStep
  | CurrenciesStep
  | TimeZoneStep
  | HouseholdsStep;

/** Of rows equal in some columns of the file one is kept. */
export interface DuplicatesStep {
  readonly step: "duplicates";
  readonly by: readonly string[];
  readonly keep: "first" | "last";
  /** Column of the file with the date that says what is first; absent: the order of the rows. */
  readonly order?: string;
}

/** Values beyond two limits become the limit. */
export interface OutliersStep {
  readonly step: "outliers";
  /** Column of the typed table: quantity or price, a number attribute, a count. */
  readonly column: string;
  /** In the unit that a person reads. */
  readonly limits?: readonly [number, number];
  /** Shares from 0 to 1: the limits are these quantiles of the rows kept so far. */
  readonly quantiles?: readonly [number, number];
}

/** Prices in several currencies become the workbook's. */
export interface CurrenciesStep {
  readonly step: "currencies";
  /** Column of the file with the ISO 4217 code. */
  readonly column: string;
  /** Name of a source of kind rates. */
  readonly rates: string;
  /** What a rate holds for. */
  readonly per: "day" | "month";
}

/** Times of day in one zone become days of another. */
export interface TimeZoneStep {
  readonly step: "time-zone";
  /** IANA name, such as UTC or America/New_York. */
  readonly from: string;
  readonly to: string;
}

/** Several customer keys become one household key. */
export interface HouseholdsStep {
  readonly step: "households";
  /** Name of a source of kind mapping: customer → household. */
  readonly through?: string;
  /** Columns of the customers file that are equal within a household. */
  readonly by: readonly string[];
}

/** The columns of the file that a step names. */
export function cleaningColumns(step: CleaningStep): readonly string[] {
  switch (step.step) {
    case "duplicates":
      return [...step.by, ...(step.order === undefined ? [] : [step.order])];
    case "currencies":
      return [step.column];
    case "households":
      return step.by;
    default:
      return [];
  }
}

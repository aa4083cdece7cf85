/** What `segbook refresh` may change and when it says no; every default filled in. */
export interface RefreshConfig {
  /** Folder of the history, relative to the workbook. */
  readonly history: string;
  /** What a refresh puts in force: what it recommends, the definition as it was, or the refit. */
  readonly adopt: "recommended" | "keep" | "refit";
  /** Jaccard overlap on common customers from which a segment continues, 0…1. */
  readonly continued: number;
  /** Jaccard overlap from which it drifted but is still the same, 0…1, at most `continued`. */
  readonly drifted: number;
  /** Share of a segment that a part must hold to count as one of its parts, 0…1. */
  readonly part: number;
  /** Margin 0…1 from which a customer moves at once; below it on the second refresh in a row. Absent: all move at once. */
  readonly hysteresis?: number;
  /** A definition that is older is stale, in days. */
  readonly maxAgeDays: number;
  /** Notebooks whose claims are tested again, relative to the workbook. */
  readonly notebooks: readonly string[];
  readonly gates: RefreshGates;
}

/** What must hold of a refresh for its exit code to be 0. */
export interface RefreshGates {
  /** Smallest share of the segments, by the customers in them, that must continue or drift, 0…1. */
  readonly continuity: number;
  /** Largest share of a source's rows that may be missing against the refresh before, 0…1. */
  readonly sourceLoss: number;
  /** Smallest share of the former customers that must be there still, 0…1. */
  readonly overlap: number;
  /** Largest share of the order lines that may repeat another line of their invoice, 0…1. */
  readonly repeatedRows: number;
  /** Largest factor, up or down, by which the value of an order may differ from the refresh before; above 1. */
  readonly moneyFactor: number;
  /** What a claim that became false does: fail the refresh, or stand in the record as a warning. */
  readonly claims: "warn" | "fail";
}

/** A refresh as written in a workbook. */
export interface WrittenRefresh extends Partial<Omit<RefreshConfig, "gates">> {
  readonly gates?: Partial<RefreshGates>;
}

/** Fills in every default. */
export function completeRefresh({ gates, ...written }: WrittenRefresh = {}): RefreshConfig {
  return {
    history: "history",
    adopt: "recommended",
    continued: 0.75,
    drifted: 0.5,
    part: 0.25,
    maxAgeDays: 100,
    notebooks: [],
    ...written,
    gates: {
      continuity: 0.5,
      sourceLoss: 0.25,
      overlap: 0.5,
      repeatedRows: 0.25,
      moneyFactor: 5,
      claims: "warn",
      ...gates,
    },
  };
}

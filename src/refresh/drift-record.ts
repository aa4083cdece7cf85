/** How one side of a feature is compared between two dates. */
export type DriftTestName = "stability-index" | "kolmogorov-smirnov" | "categories" | "missing" | "unseen";

/** One comparison of one feature: whether chance explains the difference, and whether the difference is worth a word. */
export interface DriftTest {
  readonly name: DriftTestName;
  /** 1e-300…1, as if the dates held different customers. */
  readonly pValue: number;
  /** The same by Benjamini–Hochberg over all tests of all features. */
  readonly adjustedPValue: number;
  /** How large the difference is, 0 or more; null: not to be put in numbers, because the baseline did not vary. */
  readonly effect: number | null;
  /** What `effect` counts: "population stability index", "baseline standard deviations", … */
  readonly effectName: string;
  /** Below this effect nothing is called drift, however small the p-value. */
  readonly floor: number;
  readonly isDrifting: boolean;
}

/** Shape of a number at both dates. Every figure is of known values. */
export interface NumberDrift {
  /** On bins frozen at the baseline; null where fewer than two bins hold anybody. */
  readonly stabilityIndex: number | null;
  /** What the index stays below in 95 of 100 cases without drift, for these sizes and bins. */
  readonly noDriftLimit: number | null;
  /** Largest difference of the distribution functions, 0…1. */
  readonly kolmogorovSmirnov: number;
  /** Wasserstein distance in standard deviations of the baseline; null where the baseline did not vary but now differs. */
  readonly wasserstein: number | null;
  readonly medianBefore: number;
  readonly medianAfter: number;
  /** Share of the values now that lie below the smallest or above the largest of the baseline, 0…1. */
  readonly outOfRange: number;
}

/** A category and how many customers have it. */
export interface DriftedCategory {
  readonly category: string;
  readonly customers: number;
}

/** Mix of a category at both dates. */
export interface CategoryDrift {
  /** Bias-corrected, 0…1; null where all known customers of both dates share one category. */
  readonly cramersV: number | null;
  /** Categories that the baseline does not have, largest first; only those large enough to be named. */
  readonly unseen: readonly DriftedCategory[];
  /** Share of the customers with a category now who have one that the baseline does not have, 0…1. */
  readonly unseenShare: number;
  /** Categories that nobody has any more, by their customers before; only those large enough to be named. */
  readonly vanished: readonly DriftedCategory[];
}

/** What became of one feature between the baseline and now. */
export interface FeatureDrift {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly kind: "number" | "category";
  readonly isDrifting: boolean;
  /** Share of the customers without a value, 0…1. */
  readonly missingBefore: number;
  readonly missingAfter: number;
  /** null for a category, and where a date has no value at all. */
  readonly number: NumberDrift | null;
  /** null for a number, and where a date has no value at all. */
  readonly category: CategoryDrift | null;
  /** Those that could be run. */
  readonly tests: readonly DriftTest[];
  /** What it comes to, computed. */
  readonly sentence: string;
}

/** Drift of every feature between two dates. */
export interface DriftReport extends DriftBasis {
  /** In the order of the baseline. */
  readonly features: readonly FeatureDrift[];
  /** Names of the features that drift. */
  readonly drifting: readonly string[];
}

/** On whom drift was measured. */
export interface DriftBasis {
  /** Customers compared at either date; fewer than there are where a sample was drawn. */
  readonly rows: { readonly before: number; readonly after: number };
  /** What a reader has to know: overlap, samples, features of one date only. */
  readonly notes: readonly string[];
}

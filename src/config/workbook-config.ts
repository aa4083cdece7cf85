import type { Role, TransformName } from "../core/feature.js";

/** The kinds of source; each has its own checks and features. Several sources of one kind come later. */
export type SourceKind = "customers" | "transactions" | "survey" | "web" | "social" | "campaigns";

/** A workbook after reading: every default filled in, `{asOf}` in paths replaced. Validated by schema/workbook.schema.json. */
export interface WorkbookConfig {
  /** Absolute path of the YAML file. */
  readonly file: string;
  readonly name: string;
  /** Last calendar day that is known, `YYYY-MM-DD`; rows dated later are dropped as `after-as-of`. */
  readonly asOf: string;
  /** Name of the customer key in every output. */
  readonly key: string;
  readonly money: MoneyConfig;
  /** First day that counts, inclusive; rows dated earlier are dropped as `before-window`. */
  readonly windowFrom?: string;
  readonly sources: readonly SourceConfig[];
  /** Overrides per feature name. */
  readonly features: ReadonlyMap<string, FeatureConfig>;
  /** Names of the basis features, in order. */
  readonly basis: readonly string[];
  readonly segmentation: SegmentationConfig;
  /** Segment key → what the analyst calls it. */
  readonly names: ReadonlyMap<string, SegmentNaming>;
  readonly kernel: KernelConfig;
}

export interface MoneyConfig {
  /** ISO 4217 code, such as EUR. */
  readonly currency: string;
  /** Decimal places that prices have; money is summed as whole numbers of 10^−decimals. A price with more is rejected. */
  readonly decimals: number;
}

export interface FeatureConfig {
  readonly role?: Role;
  readonly transform?: TransformName;
  readonly label?: string;
  /** What a basis feature is weighted with; absent: the basis features of its kind of source. */
  readonly block?: string;
}

export interface SegmentationConfig {
  /** Smallest and largest cluster count tried. */
  readonly counts: readonly [number, number];
  /** Fixed by the analyst; absent: the declared rule decides. */
  readonly clusterCount?: number;
  readonly starts: number;
  readonly seed: number;
  readonly whenNothingReliable: "constructive" | "one";
  /** Block → how much each of its basis features counts; equal: every block has the same total variance; absent: every feature counts the same. */
  readonly weights?: "equal" | ReadonlyMap<string, number>;
}

export interface KernelConfig {
  /** Largest heap of a notebook's kernel, in megabytes; absent: what Node chooses. */
  readonly heapMegabytes?: number;
}

export interface SegmentNaming {
  readonly name: string;
  readonly description?: string;
  /** One line: what to do with them. */
  readonly action?: string;
}

/** How to read one file, every default filled in. Nothing is guessed at read time. */
export interface SourceConfig {
  readonly name: string;
  readonly kind: SourceKind;
  /** Candidates relative to the data folder; the first that exists is read. */
  readonly paths: readonly string[];
  /** csv is any delimited text; a name that ends in `.gz` is unpacked while read. */
  readonly format: "csv" | "parquet";
  /** One character; for `.tsv` a tab. */
  readonly delimiter: string;
  /** One character, or empty: nothing is quoted. A quote inside a quoted field is doubled. */
  readonly quote: string;
  readonly encoding: "utf-8" | "latin-1" | "utf-16";
  /** strptime pattern of date columns, such as `%Y-%m-%d %H:%M:%S`. */
  readonly dateFormat: string;
  readonly decimalSeparator: "." | ",";
  /** Our word → column in the file: `customer`, and what the kind has (see schema/workbook.schema.json). */
  readonly columns: ReadonlyMap<string, string>;
  /** customers: name → attribute columns taken as features. */
  readonly attributes: ReadonlyMap<string, AttributeConfig>;
  /** transactions only. */
  readonly returns: ReturnsConfig;
  /** Regular expression that is removed from the end of customer ids, such as `\.0$`. */
  readonly stripFromKey?: string;
  /** survey: scale name → items; `-item` is reversed (low + high − answer). */
  readonly scales: ReadonlyMap<string, ScaleConfig>;
  /** transactions: categories whose share of spend becomes a feature: feature suffix → category values. */
  readonly categoryShares: ReadonlyMap<string, readonly string[]>;
  /** drop: a line equal to an earlier one in every column is dropped as `exact-duplicate`. */
  readonly duplicates: "keep" | "drop";
}

export interface AttributeConfig {
  readonly column: string;
  readonly type: "number" | "category" | "date";
  readonly unit: string;
  readonly meaning: string;
  readonly label?: string;
  readonly role?: Role;
  /** Ordered categories turned into 1…n; the feature is then a number ("income band"). */
  readonly levels?: readonly string[];
  /** Legal values of a number; outside is rejected as missing with reason `out-of-range`. */
  readonly range?: readonly [number, number];
}

export interface ScaleConfig {
  readonly items: readonly string[];
  readonly range: readonly [number, number];
  readonly meaning: string;
  readonly label?: string;
}

export interface ReturnsConfig {
  /** drop: lines that are returns or cancellations do not count (gross); net: they reduce spend. */
  readonly policy: "drop" | "net";
  /** Invoices that start with this text are cancellations, such as `C`. */
  readonly invoicePrefix?: string;
}

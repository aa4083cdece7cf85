import type { Role, TransformName } from "../core/feature.js";
import type { PrivacyConfig } from "../core/privacy.js";
import type { CleaningStep } from "./cleaning-config.js";
import type { ConnectionConfig, EngineConfig } from "./engine-config.js";
import type { RefreshConfig } from "./refresh-config.js";
import type { RulesConfig } from "./rules-config.js";
import type { ValueConfig } from "./value-config.js";

/**
 * The kinds of source; each has its own checks and features, and several sources may be of one kind: their rows are put together.
 * `mapping` and `rates` hold no customers' doings: they say which customer a key means and what a currency was worth.
 */
export type SourceKind =
  | "customers"
  | "transactions"
  | "survey"
  | "web"
  | "social"
  | "campaigns"
  | "subscriptions"
  | "support"
  | "mapping"
  | "rates";

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
  /** Segments drawn by rules; absent: clusters are sought. */
  readonly rules?: RulesConfig;
  /** How customers are valued ahead; absent: nobody said, and the usual terms hold. */
  readonly value?: ValueConfig;
  /** Segment key → what the analyst calls it. */
  readonly names: ReadonlyMap<string, SegmentNaming>;
  readonly refresh: RefreshConfig;
  readonly privacy: PrivacyConfig;
  readonly kernel: KernelConfig;
  readonly engine: EngineConfig;
  /** Name → database that sources may read. */
  readonly connections: ReadonlyMap<string, ConnectionConfig>;
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
  /** A feature of the team's own: what it computes from the columns of one kind of source, such as `sum(amount) / 100`. */
  readonly expression?: string;
  /** Of a feature of one's own: the kind of source whose columns the expression names. */
  readonly source?: SourceKind;
  readonly unit?: string;
  readonly meaning?: string;
}

export interface SegmentationConfig {
  /** Smallest and largest cluster count tried. */
  readonly counts: readonly [number, number];
  /** Fixed by the analyst; absent: the declared rule decides. */
  readonly clusterCount?: number;
  readonly starts: number;
  readonly seed: number;
  readonly whenNothingReliable: "constructive" | "one";
  /** Twice as many group-free copies and refits behind the verdict: chance moves its figures less. */
  readonly thorough?: boolean;
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

/** How to read one source, every default filled in. Nothing is guessed at read time. */
export interface SourceConfig {
  readonly name: string;
  readonly kind: SourceKind;
  /** Candidates relative to the data folder, the first that exists is read: files, folders, globs. Empty with a connection. */
  readonly paths: readonly string[];
  /** csv is any delimited text; a name that ends in `.gz` or `.zst` is unpacked while read; table is one of a connection. */
  readonly format: SourceFormat;
  /** Name of the database that holds `table`. */
  readonly connection?: string;
  /** Table of a database: `name` or `schema.name`. */
  readonly table?: string;
  /** Sheet of an Excel workbook; absent: its only one. */
  readonly sheet?: string;
  /** Cells of an Excel sheet with the header in their first row, such as `B3:H200`. */
  readonly range?: string;
  /** Whether the path may lead out of the data folder, be it by name, by symbolic link or as a URL. */
  readonly allowOutside: boolean;
  /** Whether the first line of delimited text holds the names of the columns; else they are `columnNames`. */
  readonly header: boolean;
  /** Names of the columns of a file without a header, in order; else empty. */
  readonly columnNames: readonly string[];
  /** One character, for `.tsv` a tab; `whitespace`: any run of spaces and tabs, those at the ends of a line do not count. */
  readonly delimiter: string;
  /** One character, or empty: nothing is quoted. A quote inside a quoted field is doubled, unless there is an escape. */
  readonly quote: string;
  /** One character that stands before a quote inside a quoted field; absent: such a quote is doubled. */
  readonly escape?: string;
  /** A label that TextDecoder knows, such as utf-8, latin-1, utf-16, windows-1250, shift_jis. */
  readonly encoding: string;
  /** strptime pattern of date columns, such as `%Y-%m-%d %H:%M:%S`. */
  readonly dateFormat: string;
  readonly decimalSeparator: "." | ",";
  /** What stands between groups of three digits; empty: nothing may. */
  readonly thousandsSeparator: "" | "." | "," | " " | "'";
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
  /** survey: answers that mean "no answer", such as 9, 99 or `don't know`. */
  readonly missingCodes: readonly string[];
  /** survey: what becomes of who gave one answer to a whole battery; absent: nobody looks. */
  readonly straightLining?: StraightLiningConfig;
  /** survey: items that only a part was asked. */
  readonly missingByDesign: readonly MissingByDesign[];
  /** web, raw events: minutes without an event of the customer after which a new session begins. */
  readonly sessionGapMinutes: number;
  /** web, raw events: values of the column `event` that start a cart. */
  readonly cartEvents: readonly string[];
  /** subscriptions: what becomes of a period that overlaps an earlier one of the same customer and plan. */
  readonly overlaps: "drop" | "keep";
  /** support: lowest and highest satisfaction score. */
  readonly satisfactionRange: readonly [number, number];
  /** How rows find their customer; absent: `columns.customer` is the key. */
  readonly join?: JoinConfig;
  /** Steps in the order in which they are taken. */
  readonly cleaning: readonly CleaningStep[];
  /** transactions: categories whose share of spend becomes a feature: feature suffix → category values. */
  readonly categoryShares: ReadonlyMap<string, readonly string[]>;
}

/** How a source is stored. */
export type SourceFormat = "csv" | "parquet" | "json" | "ndjson" | "excel" | "sqlite" | "duckdb" | "table";

/** How rows find their customer where the file holds another key, or what share of rows may find none. */
export interface JoinConfig {
  /** Name of a source of kind mapping: key → customer; absent: the column is the customer's key itself. */
  readonly through?: string;
  /** Column of this source that holds the key. */
  readonly on: string;
  /** Largest share of rows with a key that may find no customer; above it reading stops. */
  readonly lossLimit: number;
  /** What becomes of a row whose key means several customers. */
  readonly doubled: "stop" | "drop";
}

/** Who gave the same answer to every item of a battery, reversed items included. */
export interface StraightLiningConfig {
  /** Fewest answered items of a battery; below, the same answer proves nothing. */
  readonly items: number;
  /** drop: the row is dropped as `straight-lining`; flag: it is kept and `straight_lined` says so. */
  readonly policy: "drop" | "flag";
}

/** Items that were asked only where a column has one of some values: not asked is not the same as not answered. */
export interface MissingByDesign {
  readonly items: readonly string[];
  /** Column of the file. */
  readonly askedWhere: string;
  readonly is: readonly string[];
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
  /** Answers to its items that mean "no answer", besides those of the source. */
  readonly missingCodes?: readonly string[];
}

export interface ReturnsConfig {
  /** drop: lines that are returns or cancellations do not count (gross); net: they reduce spend. */
  readonly policy: "drop" | "net";
  /** Invoices that start with this text are cancellations, such as `C`. */
  readonly invoicePrefix?: string;
}

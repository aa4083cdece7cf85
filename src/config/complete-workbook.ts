import type {
  AttributeConfig,
  FeatureConfig,
  KernelConfig,
  MoneyConfig,
  ReturnsConfig,
  ScaleConfig,
  SegmentationConfig,
  SegmentNaming,
  SourceConfig,
  SourceKind,
  WorkbookConfig,
} from "./workbook-config.js";

/** What fits schema/workbook.schema.json, before defaults. */
export interface WrittenWorkbook {
  readonly name: string;
  readonly asOf: string;
  readonly key?: string;
  readonly money?: Partial<MoneyConfig>;
  readonly window?: { readonly from: string };
  readonly sources: Readonly<Record<string, WrittenSource>>;
  readonly features?: Readonly<Record<string, FeatureConfig>>;
  readonly basis: readonly string[];
  readonly segmentation?: WrittenSegmentation;
  readonly kernel?: KernelConfig;
  readonly names?: Readonly<Record<string, SegmentNaming>>;
}

/** The search for clusters as written. */
export interface WrittenSegmentation extends Partial<Omit<SegmentationConfig, "weights">> {
  readonly weights?: "equal" | Readonly<Record<string, number>>;
}

/** A source as written. */
export interface WrittenSource {
  readonly kind: SourceKind;
  readonly path: string | readonly string[];
  readonly format?: SourceConfig["format"];
  readonly delimiter?: string;
  readonly quote?: string;
  readonly encoding?: SourceConfig["encoding"];
  readonly dateFormat?: string;
  readonly decimalSeparator?: SourceConfig["decimalSeparator"];
  readonly columns: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, Omit<AttributeConfig, "unit"> & { readonly unit?: string }>>;
  readonly returns?: ReturnsConfig;
  readonly stripFromKey?: string;
  readonly scales?: Readonly<Record<string, ScaleConfig>>;
  readonly categoryShares?: Readonly<Record<string, readonly string[]>>;
  readonly duplicates?: SourceConfig["duplicates"];
}

/** Stands in a source's path for the as-of day: data of several days then lie side by side. */
export const asOfPlaceholder = "{asOf}";

/** Fills in every default. Group keys become Maps, because they are the user's words and may be `__proto__`. */
export function completeWorkbook(file: string, written: WrittenWorkbook): WorkbookConfig {
  return {
    file,
    name: written.name,
    asOf: written.asOf,
    key: written.key ?? "customer_id",
    // XXX is ISO 4217 for "no currency": a workbook without prices needs none.
    money: { currency: "XXX", decimals: 2, ...written.money },
    ...(written.window && { windowFrom: written.window.from }),
    sources: Object.entries(written.sources).map(([name, source]) =>
      completeSource(name, source, written.asOf),
    ),
    features: mapOf(written.features),
    basis: written.basis,
    segmentation: completeSegmentation(written.segmentation),
    names: mapOf(written.names),
    kernel: written.kernel ?? {},
  };
}

function completeSegmentation({ weights, ...written }: WrittenSegmentation = {}): SegmentationConfig {
  return {
    counts: [1, 10],
    starts: 50,
    seed: 1,
    whenNothingReliable: "constructive",
    ...written,
    ...(weights !== undefined && { weights: weights === "equal" ? weights : mapOf(weights) }),
  };
}

function completeSource(name: string, written: WrittenSource, asOf: string): SourceConfig {
  const paths = [written.path].flat().map((path) => path.replaceAll(asOfPlaceholder, asOf));
  const suffix = suffixOf(paths[0]!);
  return {
    name,
    kind: written.kind,
    paths,
    format: written.format ?? (suffix === "parquet" ? "parquet" : "csv"),
    delimiter: written.delimiter ?? (suffix === "tsv" ? "\t" : ","),
    quote: written.quote ?? '"',
    encoding: written.encoding ?? "utf-8",
    dateFormat: written.dateFormat ?? "%Y-%m-%d",
    decimalSeparator: written.decimalSeparator ?? ".",
    columns: mapOf(written.columns),
    attributes: new Map(
      Object.entries(written.attributes ?? {}).map(([key, value]) => [key, { unit: "", ...value }]),
    ),
    returns: written.returns ?? { policy: "drop" },
    ...(written.stripFromKey !== undefined && { stripFromKey: written.stripFromKey }),
    scales: mapOf(written.scales),
    categoryShares: mapOf(written.categoryShares),
    duplicates: written.duplicates ?? "keep",
  };
}

/** The suffix that decides how a file is read, before `.gz`, in small letters: `csv`, `tsv`, `parquet`, or something else. */
export function suffixOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path.toLowerCase().replace(/\.gz$/, ""))?.[1] ?? "";
}

function mapOf<Value>(group: Readonly<Record<string, Value>> | undefined): ReadonlyMap<string, Value> {
  return new Map(Object.entries(group ?? {}));
}

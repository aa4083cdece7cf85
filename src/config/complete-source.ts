import { completeStep, type WrittenCode, type WrittenStep } from "./complete-step.js";
import { mapOf } from "./map-of.js";
import { pickKeys } from "./pick-keys.js";
import { formatOfSuffix, suffixOf } from "./source-format.js";
import type {
  AttributeConfig,
  JoinConfig,
  MissingByDesign,
  ReturnsConfig,
  ScaleConfig,
  SourceConfig,
  SourceFormat,
  SourceKind,
  StraightLiningConfig,
} from "./workbook-config.js";

/** A source as written. */
export interface WrittenSource {
  readonly kind: SourceKind;
  readonly path?: string | readonly string[];
  readonly connection?: string;
  readonly table?: string;
  readonly sheet?: string;
  readonly range?: string;
  readonly allowOutside?: boolean;
  readonly format?: Exclude<SourceFormat, "table">;
  readonly header?: boolean;
  readonly columnNames?: readonly string[];
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
  readonly encoding?: string;
  readonly dateFormat?: string;
  readonly decimalSeparator?: SourceConfig["decimalSeparator"];
  readonly thousandsSeparator?: SourceConfig["thousandsSeparator"];
  readonly columns: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, Omit<AttributeConfig, "unit"> & { readonly unit?: string }>>;
  readonly returns?: ReturnsConfig;
  readonly stripFromKey?: string;
  readonly scales?: Readonly<Record<string, WrittenScale>>;
  readonly missingCodes?: readonly WrittenCode[];
  readonly straightLining?: Partial<StraightLiningConfig>;
  readonly missingByDesign?: readonly (Omit<MissingByDesign, "is"> & {
    readonly is: readonly WrittenCode[];
  })[];
  readonly sessionGap?: number;
  readonly cartEvents?: readonly string[];
  readonly overlaps?: SourceConfig["overlaps"];
  readonly satisfactionRange?: readonly [number, number];
  readonly join?: Partial<JoinConfig>;
  readonly cleaning?: readonly WrittenStep[];
  readonly categoryShares?: Readonly<Record<string, readonly string[]>>;
}

/** A scale as written. */
export interface WrittenScale extends Omit<ScaleConfig, "missingCodes"> {
  readonly missingCodes?: readonly WrittenCode[];
}

/** Stands in a source's path for the as-of day: data of several days then lie side by side. */
export const asOfPlaceholder = "{asOf}";

/** Fills in every default of a source. */
export function completeSource(name: string, written: WrittenSource, asOf: string): SourceConfig {
  const paths = [written.path ?? []].flat().map((path) => path.replaceAll(asOfPlaceholder, asOf));
  const suffix = suffixOf(paths[0] ?? "");
  const { join } = written;
  return {
    name,
    kind: written.kind,
    paths,
    ...pickKeys(written, ["connection", "table", "sheet", "range", "escape", "stripFromKey"]),
    allowOutside: written.allowOutside ?? false,
    format:
      written.connection === undefined && written.path !== undefined
        ? (written.format ?? formatOfSuffix(suffix) ?? "csv")
        : "table",
    header: written.header ?? true,
    columnNames: written.columnNames ?? [],
    delimiter: written.delimiter ?? (suffix === "tsv" ? "\t" : ","),
    quote: written.quote ?? '"',
    encoding: written.encoding ?? "utf-8",
    dateFormat: written.dateFormat ?? "%Y-%m-%d",
    decimalSeparator: written.decimalSeparator ?? ".",
    thousandsSeparator: written.thousandsSeparator ?? "",
    columns: mapOf({ ...(join?.on !== undefined && { customer: join.on }), ...written.columns }),
    attributes: new Map(
      Object.entries(written.attributes ?? {}).map(([key, value]) => [key, { unit: "", ...value }]),
    ),
    returns: written.returns ?? { policy: "drop" },
    ...completeSurvey(written),
    sessionGapMinutes: written.sessionGap ?? 30,
    cartEvents: written.cartEvents ?? ["add_to_cart"],
    overlaps: written.overlaps ?? "drop",
    satisfactionRange: written.satisfactionRange ?? [1, 5],
    ...(join && { join: { on: written.columns.customer ?? "", lossLimit: 0.05, doubled: "stop", ...join } }),
    cleaning: (written.cleaning ?? []).map(completeStep),
    categoryShares: mapOf(written.categoryShares),
  };
}

function completeSurvey(
  written: WrittenSource,
): Pick<SourceConfig, "scales" | "missingCodes" | "straightLining" | "missingByDesign"> {
  const scales = Object.entries(written.scales ?? {}).map(([name, { missingCodes, ...scale }]) => {
    return [name, { ...scale, ...(missingCodes && { missingCodes: missingCodes.map(String) }) }] as const;
  });
  return {
    scales: new Map(scales),
    missingCodes: (written.missingCodes ?? []).map(String),
    ...(written.straightLining && {
      straightLining: { items: 4, policy: "flag", ...written.straightLining },
    }),
    missingByDesign: (written.missingByDesign ?? []).map((part) => ({ ...part, is: part.is.map(String) })),
  };
}

import { dirname, resolve } from "node:path";
import { type PrivacyConfig, usualPrivacy } from "../core/privacy.js";
import { completeSource, type WrittenSource } from "./complete-source.js";
import type { ConnectionConfig, EngineConfig } from "./engine-config.js";
import { mapOf } from "./map-of.js";
import { completeRefresh, type WrittenRefresh } from "./refresh-config.js";
import type { RulesConfig } from "./rules-config.js";
import { usualValue, type ValueConfig } from "./value-config.js";
import type {
  FeatureConfig,
  KernelConfig,
  MoneyConfig,
  SegmentationConfig,
  SegmentNaming,
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
  readonly rules?: RulesConfig;
  readonly refresh?: WrittenRefresh;
  readonly value?: Partial<ValueConfig>;
  readonly privacy?: Partial<PrivacyConfig>;
  readonly kernel?: KernelConfig;
  readonly engine?: EngineConfig;
  readonly connections?: Readonly<Record<string, ConnectionConfig>>;
  readonly names?: Readonly<Record<string, SegmentNaming>>;
}

/** The search for clusters as written. */
export interface WrittenSegmentation extends Partial<Omit<SegmentationConfig, "weights">> {
  readonly weights?: "equal" | Readonly<Record<string, number>>;
}

/** Fills in every default. */
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
    ...(written.rules && { rules: written.rules }),
    names: mapOf(written.names),
    refresh: completeRefresh(written.refresh),
    ...(written.value && { value: { ...usualValue, ...written.value } }),
    privacy: { ...usualPrivacy, ...written.privacy },
    kernel: written.kernel ?? {},
    engine: withCaFile(file, written.engine ?? { kind: "duckdb" }),
    connections: new Map(
      [...mapOf(written.connections)].map(([name, connection]) => [name, withCaFile(file, connection)]),
    ),
  };
}

/** The authority's file seen from the workbook's folder. */
function withCaFile<Place extends EngineConfig | ConnectionConfig>(file: string, place: Place): Place {
  return "caFile" in place ? { ...place, caFile: resolve(dirname(file), place.caFile!) } : place;
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

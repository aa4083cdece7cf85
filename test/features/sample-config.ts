import { completeSource } from "#src/config/complete-source.js";
import { completeRefresh } from "#src/config/refresh-config.js";
import type { SourceConfig, SourceKind, WorkbookConfig } from "#src/config/workbook-config.js";
import { usualPrivacy } from "#src/core/privacy.js";

/** A source of a workbook, by default with every column that its features can use. */
export function sourceOf(kind: SourceKind, parts: Partial<SourceConfig> = {}): SourceConfig {
  const words = ["customer", "category", "product", "region", "discount"];
  const columns = Object.fromEntries(words.map((word) => [word, word]));
  return {
    ...completeSource(kind, { kind, path: `${kind}.csv`, columns, returns: { policy: "net" } }, "2026-03-31"),
    ...parts,
  };
}

/** A workbook over the given sources, as of 2026-03-31, in euros and cents. */
export function configOf(
  sources: readonly SourceConfig[],
  parts: Partial<WorkbookConfig> = {},
): WorkbookConfig {
  return {
    file: "segbook.yaml",
    name: "Test",
    asOf: "2026-03-31",
    key: "customer_id",
    money: { currency: "EUR", decimals: 2 },
    sources,
    features: new Map(),
    basis: [],
    segmentation: { counts: [1, 10], starts: 50, seed: 7, whenNothingReliable: "constructive" },
    names: new Map(),
    privacy: usualPrivacy,
    refresh: completeRefresh(),
    kernel: {},
    engine: { kind: "duckdb" },
    connections: new Map(),
    ...parts,
  };
}

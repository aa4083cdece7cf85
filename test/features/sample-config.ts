import type { SourceConfig, SourceKind, WorkbookConfig } from "#src/config/workbook-config.js";

/** A source of a workbook, by default with every column that its features can use. */
export function sourceOf(kind: SourceKind, parts: Partial<SourceConfig> = {}): SourceConfig {
  return {
    name: kind,
    kind,
    paths: [`${kind}.csv`],
    format: "csv",
    delimiter: ",",
    quote: '"',
    encoding: "utf-8",
    dateFormat: "%Y-%m-%d",
    decimalSeparator: ".",
    columns: new Map(["customer", "category", "product", "region", "discount"].map((word) => [word, word])),
    attributes: new Map(),
    returns: { policy: "net" },
    scales: new Map(),
    categoryShares: new Map(),
    duplicates: "keep",
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
    kernel: {},
    ...parts,
  };
}

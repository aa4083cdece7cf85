import type { SourceKind, WorkbookConfig } from "./workbook-config.js";

/** The kinds whose rows say something about customers, and have features; mapping and rates only serve the others. */
export const featureKinds: readonly SourceKind[] = [
  "customers",
  "transactions",
  "survey",
  "web",
  "social",
  "campaigns",
  "subscriptions",
  "support",
];

/** The kinds with features that a workbook has, each once, in the order of its sources. */
export function kindsOf({ sources }: Pick<WorkbookConfig, "sources">): readonly SourceKind[] {
  return [...new Set(sources.map(({ kind }) => kind))].filter((kind) => featureKinds.includes(kind));
}

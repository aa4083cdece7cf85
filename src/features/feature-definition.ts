import type { SourceKind } from "../config/workbook-config.js";
import type { Feature } from "../core/feature.js";
import type { Expression } from "./expression.js";

/** A feature and how it is computed from the rows of its source. */
export interface FeatureDefinition extends Feature {
  readonly source: SourceKind;
  readonly expression: Expression;
}

/** `share_of_spend` → "Share of spend", for a feature that nobody gave a label. */
export function labelFromName(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

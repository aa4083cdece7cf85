import type { Feature } from "../core/feature.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import type { DefinitionFeature } from "./definition.js";

/** What a definition keeps of a feature, members in the order of the type; of a workbook's also how it is computed. */
export function toDefinitionFeature(
  feature: DefinitionFeature | Feature | FeatureDefinition,
): DefinitionFeature {
  const { name, label, unit, type, role, meaning } = feature;
  const plain = { name, label, unit, type, role, meaning };
  if (!("expression" in feature) || feature.expression === undefined) return plain;
  const { source, window, expression } = feature;
  return {
    ...plain,
    ...(source !== undefined && { source }),
    ...(window !== undefined && { window }),
    expression,
  };
}

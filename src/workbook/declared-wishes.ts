import type { SegmentationConfig, WorkbookConfig } from "../config/workbook-config.js";
import type { TransformName } from "../core/feature.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import { blockOf, type WeightChoice } from "../features/weigh-columns.js";

/** Feature name → the transform that the workbook declares. */
export function declaredTransforms(config: WorkbookConfig): ReadonlyMap<string, TransformName> {
  const declared = [...config.features].flatMap(([name, { transform }]) =>
    transform ? [[name, transform] as const] : [],
  );
  return new Map(declared);
}

/** What the blocks of basis features count, as options of a search. */
export function declaredWeights(
  features: readonly FeatureDefinition[],
  blocks: SegmentationConfig["weights"],
): { readonly weights?: WeightChoice } {
  if (blocks === undefined) return {};
  const basis = features.filter(({ role }) => role === "basis");
  return { weights: { blockOf: new Map(basis.map((feature) => [feature.name, blockOf(feature)])), blocks } };
}

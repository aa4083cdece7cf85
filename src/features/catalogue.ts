import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { checkChoice } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Role } from "../core/feature.js";
import { campaignsFeatures } from "./campaigns-features.js";
import { customersFeatures } from "./customers-features.js";
import type { FeatureDefinition } from "./feature-definition.js";
import { socialFeatures } from "./social-features.js";
import { surveyFeatures } from "./survey-features.js";
import { transactionsFeatures } from "./transactions-features.js";
import { webFeatures } from "./web-features.js";
import { blockOf, checkBlockWeights } from "./weigh-columns.js";

/**
 * Every feature that the workbook's sources give, with the roles, transforms and labels that the workbook asks for.
 *
 * Features in `basis` are the basis. Others have the role that `features` in the workbook sets, else that of the attribute,
 * else "outcome" for campaign conversions, else "descriptor".
 *
 * @returns In the order of the sources; names are unique.
 * @throws InputError if a name is used twice (also when only upper and lower case differ), a name in `basis` or `features` is
 * no feature, a basis feature is a category, has another role set, or is listed twice, or `segmentation.weights` names a block
 * without a basis feature or leaves no block above 0.
 */
export function listFeatures(config: WorkbookConfig): readonly FeatureDefinition[] {
  const features = config.sources.flatMap((source) => featuresOfKind(source, config));
  checkNames(features, config.key);
  const names = features.map(({ name }) => name);
  for (const name of config.features.keys())
    checkChoice("listFeatures", "a name under features", name, names);
  checkBasis(features, config.basis);
  const wished = features.map((feature) => withWishes(feature, config));
  const { weights = "equal" } = config.segmentation;
  if (weights !== "equal") checkBlockWeights("listFeatures", basisBlocks(wished), weights);
  return wished;
}

function basisBlocks(features: readonly FeatureDefinition[]): readonly string[] {
  return [...new Set(features.filter(({ role }) => role === "basis").map(blockOf))];
}

function featuresOfKind(source: SourceConfig, config: WorkbookConfig): FeatureDefinition[] {
  switch (source.kind) {
    case "customers":
      return customersFeatures(source, config);
    case "transactions":
      return transactionsFeatures(source, config);
    case "survey":
      return surveyFeatures(source);
    case "web":
      return webFeatures();
    case "social":
      return socialFeatures();
    case "campaigns":
      return campaignsFeatures();
    case "subscriptions":
    case "support":
    case "mapping":
    case "rates":
      return [];
  }
}

function checkNames(features: readonly FeatureDefinition[], key: string): void {
  const seen = new Map<string, string>([[key.toLowerCase(), "the key"]]);
  for (const { name, source } of features) {
    const folded = name.toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined)
      throw new InputError(
        `listFeatures: feature names must be unique whatever the case, got "${name}" from ${other} and from ${source}. Rename the attribute or scale in the workbook`,
      );
    seen.set(folded, source);
  }
}

function checkBasis(features: readonly FeatureDefinition[], basis: readonly string[]): void {
  const names = features.map(({ name }) => name);
  basis.forEach((name, i) => {
    checkChoice("listFeatures", "basis", name, names);
    if (basis.indexOf(name) !== i)
      throw new InputError(`listFeatures: basis must name each feature once, got "${name}" twice`);
    if (features[names.indexOf(name)]!.type === "category")
      throw new InputError(
        `listFeatures: basis must hold numbers, got the category "${name}". Give it levels if its values have an order`,
      );
  });
}

function withWishes(feature: FeatureDefinition, config: WorkbookConfig): FeatureDefinition {
  const { role, label, transform, block } = config.features.get(feature.name) ?? {};
  return {
    ...feature,
    role: roleOf(feature, config.basis.includes(feature.name), role),
    ...(label !== undefined && { label }),
    ...(transform && { transform }),
    ...(block !== undefined && { block }),
  };
}

function roleOf({ name, role }: FeatureDefinition, isBasis: boolean, wish: Role | undefined): Role {
  if (wish !== undefined && isBasis !== (wish === "basis"))
    throw new InputError(
      `listFeatures: the role of "${name}" must agree with basis, got ${wish} while basis ${isBasis ? "lists" : "does not list"} it`,
    );
  if (isBasis) return "basis";
  if (wish === undefined && role === "basis")
    throw new InputError(
      `listFeatures: the role of "${name}" must agree with basis, got basis while basis does not list it`,
    );
  return wish ?? role;
}

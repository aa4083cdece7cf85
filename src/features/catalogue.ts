import type { SourceConfig, SourceKind, WorkbookConfig } from "../config/workbook-config.js";
import { describeValue, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Role } from "../core/feature.js";
import { campaignsFeatures } from "./campaigns-features.js";
import { customersFeatures } from "./customers-features.js";
import type { FeatureDefinition } from "./feature-definition.js";
import { ownFeatures } from "./own-features.js";
import { socialFeatures } from "./social-features.js";
import { subscriptionsFeatures } from "./subscriptions-features.js";
import { supportFeatures } from "./support-features.js";
import { surveyFeatures } from "./survey-features.js";
import { transactionsFeatures } from "./transactions-features.js";
import { webFeatures } from "./web-features.js";
import { blockOf, checkBlockWeights } from "./weigh-columns.js";

/**
 * The features of the workbook, with the roles, transforms and labels that it asks for.
 *
 * All of {@link listCatalogue} but those on request that neither `basis` nor `features` names. Features in `basis` are the basis.
 * Others have the role that `features` in the workbook sets, else that of the attribute, else "outcome" for campaign
 * conversions, else "descriptor".
 *
 * @returns In the order of the sources, the team's own last; names are unique.
 * @throws InputError if a name is used twice (also when only upper and lower case differ), a name in `basis` or `features` is
 * no feature, a basis feature is a category, has another role set, or is listed twice, an expression is none, or
 * `segmentation.weights` names a block without a basis feature or leaves no block above 0.
 */
export function listFeatures(config: WorkbookConfig): readonly FeatureDefinition[] {
  const catalogue = listCatalogue(config);
  const isNamed = (name: string) => config.features.has(name) || config.basis.includes(name);
  const features = catalogue.filter((feature) => !feature.onRequest || isNamed(feature.name));
  const usual = catalogue.filter((feature) => !feature.onRequest).map(({ name }) => name);
  for (const name of config.features.keys()) checkName("a name under features", name, { catalogue, usual });
  for (const name of config.basis) checkName("basis", name, { catalogue, usual });
  checkBasis(features, config.basis);
  const wished = features.map((feature) => withWishes(feature, config));
  const { weights = "equal" } = config.segmentation;
  if (weights !== "equal") checkBlockWeights("listFeatures", basisBlocks(wished), weights);
  return wished;
}

/**
 * Every feature that the workbook's sources can give, those on request as well, and the team's own.
 *
 * @throws InputError if a name is used twice, also when only upper and lower case differ, or an expression is none.
 */
export function listCatalogue(config: WorkbookConfig): readonly FeatureDefinition[] {
  const sources = mergeKinds(config.sources);
  const given = sources.flatMap((source) => featuresOfKind(source, config));
  const features = [...given, ...ownFeatures(sources, config)];
  checkNames(features, config.key);
  return features;
}

/** Several sources of one kind give its features once: what any of them has. */
function mergeKinds(sources: readonly SourceConfig[]): readonly SourceConfig[] {
  const merged = new Map<SourceKind, SourceConfig>();
  for (const source of sources) {
    const other = merged.get(source.kind);
    merged.set(source.kind, other ? mergeSources(other, source) : source);
  }
  return [...merged.values()];
}

function mergeSources(one: SourceConfig, other: SourceConfig): SourceConfig {
  const straightLining = [one, other]
    .map((source) => source.straightLining)
    .find((option) => option?.policy === "flag");
  return {
    ...one,
    columns: new Map([...other.columns, ...one.columns]),
    attributes: new Map([...one.attributes, ...other.attributes]),
    scales: new Map([...one.scales, ...other.scales]),
    categoryShares: new Map([...one.categoryShares, ...other.categoryShares]),
    returns: one.returns.policy === "net" ? one.returns : other.returns,
    ...(straightLining && { straightLining }),
  };
}

function basisBlocks(features: readonly FeatureDefinition[]): readonly string[] {
  return [...new Set(features.filter(({ role }) => role === "basis").map(blockOf))];
}

function featuresOfKind(source: SourceConfig, config: WorkbookConfig): readonly FeatureDefinition[] {
  switch (source.kind) {
    case "customers":
      return customersFeatures(source, config);
    case "transactions":
      return transactionsFeatures(source, config);
    case "survey":
      return surveyFeatures(source);
    case "web":
      return webFeatures(config);
    case "social":
      return socialFeatures();
    case "campaigns":
      return campaignsFeatures(config);
    case "subscriptions":
      return subscriptionsFeatures(source, config);
    case "support":
      return supportFeatures(source, config);
    case "mapping":
    case "rates":
      return [];
  }
}

/** A message lists the usual features; the hint looks at all. */
function checkName(
  argument: string,
  name: string,
  {
    catalogue,
    usual,
  }: { readonly catalogue: readonly FeatureDefinition[]; readonly usual: readonly string[] },
): void {
  const names = catalogue.map((feature) => feature.name);
  if (names.includes(name)) return;
  throw new InputError(
    `listFeatures: ${argument} must be one of ${usual.join(", ")} or another feature of the catalogue, got ${describeValue(name)}${didYouMean(name, names)}`,
  );
}

function checkNames(features: readonly FeatureDefinition[], key: string): void {
  const seen = new Map<string, string>([[key.toLowerCase(), "the key"]]);
  for (const { name, source } of features) {
    const folded = name.toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined)
      throw new InputError(
        `listFeatures: feature names must be unique whatever the case, got "${name}" from ${other} and from ${source}. Rename one of them in the workbook`,
      );
    seen.set(folded, source);
  }
}

function checkBasis(features: readonly FeatureDefinition[], basis: readonly string[]): void {
  const names = features.map(({ name }) => name);
  basis.forEach((name, i) => {
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

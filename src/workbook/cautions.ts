import type { Feature } from "../core/feature.js";
import { countText, percentText } from "../core/number-text.js";
import type { FoundSegments } from "./find-segments.js";

/** What must be known before the segments are used, a sentence each; none that would be false. */
export function cautionsOf(
  found: FoundSegments,
  parts: {
    readonly segments: readonly { readonly name: string }[];
    readonly features: readonly Pick<Feature, "name" | "label">[];
    /** Whether the definition of another day was kept; default false. */
    readonly isKept?: boolean;
  },
): readonly string[] {
  return [
    weightsCaution(found, parts.features),
    countCaution(found, parts.isKept ?? false),
    mergeCaution(found, parts.segments),
    borderlineCaution(found, parts.segments),
    sampleSizeCaution(found),
    sampleCaution(found),
  ].filter((sentence) => sentence !== "");
}

/** A feature counts as weighing more from this share of the largest weight on. */
const heavy = 0.5;

/** Why features weigh differently, where that brought the groups out. */
function weightsCaution(
  { columnWeights, judgement, recipe }: FoundSegments,
  features: readonly Pick<Feature, "name" | "label">[],
): string {
  if (columnWeights === null || judgement === null) return "";
  const labels = new Map(features.map(({ name, label }) => [name, label]));
  const heavier = recipe.steps
    .filter((_, j) => columnWeights[j]! >= heavy)
    .map(({ feature }) => labels.get(feature) ?? feature);
  const { plain } = judgement.bestCounts;
  const otherwise =
    plain === 1 ? "no groups could be told apart" : `only ${countText(plain)} would stand apart`;
  const words =
    heavier.length === recipe.steps.length
      ? "The groups show when features weigh by what they tell"
      : `The groups show when ${listOf(heavier)} ${heavier.length === 1 ? "weighs" : "weigh"} more`;
  return plain >= judgement.recommendedCount
    ? `${words}; the weights are part of the recipe.`
    : `${words}; with every feature weighing the same ${otherwise}. The weights are part of the recipe.`;
}

function countCaution({ clusterCount, recommendedCount }: FoundSegments, isKept: boolean): string {
  if (recommendedCount === 1 || clusterCount === recommendedCount) return "";
  const whose = isKept ? "those in force" : "the analyst’s choice";
  return `The data support ${countText(recommendedCount)} segments; the ${countText(clusterCount)} shown are ${whose}.`;
}

/** Over-segmentation by name: which two to merge, and what is lost. */
function mergeCaution(
  { solution, recommendedCount }: FoundSegments,
  segments: readonly { readonly name: string }[],
): string {
  if (recommendedCount === 1 || !solution?.mergeFirst) return "";
  const { a, b, valley, loss } = solution.mergeFirst;
  return `“${segments[a]!.name}” and “${segments[b]!.name}” have no gap between them (the density there is ${percentText(valley)} of the lower peak): read them as one group cut in two. As one they would lose ${percentText(loss)} of what the segments explain.`;
}

function borderlineCaution(
  { solution }: FoundSegments,
  segments: readonly { readonly name: string }[],
): string {
  const names = (solution?.segments ?? [])
    .filter(({ borderline }) => borderline)
    .map(({ cluster }) => `“${segments[cluster]!.name}”`);
  if (names.length === 0) return "";
  return `${listOf(names)} ${names.length === 1 ? "lies" : "lie"} on the line between two verdicts: another seed may say otherwise.`;
}

/** The strictest rule that is not met. */
function sampleSizeCaution({ judgement }: FoundSegments): string {
  const strictest = judgement?.sampleSize.find(({ met }) => !met);
  if (strictest === undefined) return "";
  const source = strictest.source.replace(/, doi:.*$/, "");
  return `There are ${countText(judgement!.rows)} customers; the strictest rule that is not met, “${strictest.rule}”, asks for ${countText(strictest.needed)} (${source}).`;
}

function sampleCaution({ judgement }: FoundSegments): string {
  if (judgement === null || judgement.judgedRows >= judgement.rows) return "";
  return `The verdict was made on a seeded sample of ${countText(judgement.judgedRows)} of ${countText(judgement.rows)} customers.`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

import { canonicalJson } from "../core/canonical-json.js";
import { assignCustomers } from "../segments/assign.js";
import type { CustomerValues } from "../segments/customer-values.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { adjustedRandIndex } from "../validity/adjusted-rand.js";
import { type MatchedCentres, matchCentres } from "./match-centres.js";
import { type MatchThresholds, matchSegments, type SegmentMatching } from "./match-segments.js";

/** What two definitions have in common, before any customer is looked at. */
export interface DefinitionDifferences {
  /** Features that only one of them reads. */
  readonly onlyOld: readonly string[];
  readonly onlyNew: readonly string[];
  /** Features that both read but turn into other numbers: another transform, scale or stand-in for missing values. */
  readonly otherConstants: readonly string[];
  /** Whether both are byte for byte the same definition. */
  readonly isSame: boolean;
}

/** How two definitions place the same customers. */
export interface DefinitionAgreement {
  readonly customers: number;
  /** Adjusted Rand index: 1 the same division, about 0 as by chance. */
  readonly adjustedRandIndex: number;
  /** Share of the customers whom the new definition puts into the segment that matches their old one, 0…1. */
  readonly inMatchedSegment: number;
}

/** Two definitions beside each other. */
export interface DefinitionComparison {
  readonly differences: DefinitionDifferences;
  /** By the customers that both place; null without customers. */
  readonly matching: SegmentMatching | null;
  readonly agreement: DefinitionAgreement | null;
  /** By centres alone; null with customers, and where centres do not compare. */
  readonly centres: MatchedCentres | null;
}

/**
 * Sets two definitions beside each other: what they read, which segments are the same, how far they agree.
 *
 * With customers both place them, and segments are found again by the customers they share, with statuses as a refresh has them. Without,
 * centres are matched on the scale of the old recipe, which needs the same features and transforms. O(customers · segments).
 *
 * @param customers - Raw values of every feature that either of them reads.
 * @throws InputError as assignCustomers.
 */
export function compareDefinitions(
  old: Definition,
  newer: Definition,
  {
    customers,
    thresholds,
  }: { readonly customers?: CustomerValues; readonly thresholds?: MatchThresholds } = {},
): DefinitionComparison {
  const differences = differencesOf(old, newer);
  const centres = matchCentres(old, newer);
  if (customers === undefined) return { differences, matching: null, agreement: null, centres };
  const [before, after] = [old, newer].map((one) => assignCustomers(one, customers).labels);
  const distance = centres?.distances;
  const matching = matchSegments(
    {
      before: before!,
      after: after!,
      beforeCount: old.segments.length,
      afterCount: newer.segments.length,
      ...(distance && { centreDistance: (a: number, b: number) => distance[a]![b]! }),
    },
    thresholds,
  );
  return { differences, matching, agreement: agreementOf(before!, after!, matching), centres: null };
}

function differencesOf(old: Definition, newer: Definition): DefinitionDifferences {
  const [was, is] = [old, newer].map((one) => inputsOf(one).map(({ name }) => name));
  const steps = new Map(newer.recipe.steps.map((step) => [step.feature, canonicalJson(step)]));
  return {
    onlyOld: was!.filter((name) => !is!.includes(name)),
    onlyNew: is!.filter((name) => !was!.includes(name)),
    otherConstants: old.recipe.steps
      .filter((step) => steps.has(step.feature) && steps.get(step.feature) !== canonicalJson(step))
      .map(({ feature }) => feature),
    isSame: old.fingerprint === newer.fingerprint,
  };
}

/** Customers in no segment are a group of their own in both. */
function agreementOf(
  before: Int32Array,
  after: Int32Array,
  { segments, former }: SegmentMatching,
): DefinitionAgreement {
  const placed = (labels: Int32Array, count: number) => labels.map((label) => (label < 0 ? count : label));
  let together = 0;
  after.forEach((label, i) => {
    if ((label < 0 ? -1 : segments[label]!.matched) === before[i]) together++;
  });
  return {
    customers: before.length,
    adjustedRandIndex:
      before.length < 2
        ? 1
        : adjustedRandIndex(placed(before, former.length), placed(after, segments.length)),
    inMatchedSegment: before.length === 0 ? 0 : together / before.length,
  };
}

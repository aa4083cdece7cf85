import { checkCount, checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { createRandom, type Random } from "../core/random.js";
import { sum } from "../core/sum.js";
import type { SegmentLabel } from "../segments/profile.js";

/** What makes a group worth serving better. Each part is a number of which more is better. */
export interface OpportunityParts {
  /** Customers, or people in the market. */
  readonly size: number;
  /** Growth of the group, such as 0.1 for a tenth in a year. */
  readonly growth: number;
  /** Money per customer and year. */
  readonly value: number;
  /** 1 − share of the group that is served already, 0…1. */
  readonly untapped: number;
  /** 1 − satisfaction, 0…1. */
  readonly dissatisfied: number;
}

/** A group that may be underserved. */
export interface OpportunityGroup extends SegmentLabel, OpportunityParts {}

export type OpportunityWeights = Readonly<Record<keyof OpportunityParts, number>>;

/** One group with all that its rank hangs on. */
export interface Opportunity extends OpportunityGroup {
  /** Each part on a scale of 0 for the lowest group to 1 for the highest; 0.5 where all are alike. */
  readonly scaled: OpportunityParts;
  /** Weighted mean of the scaled parts, 0…1. */
  readonly score: number;
  /** 1 for the highest score; equal scores share a rank. */
  readonly rank: number;
  /** Share of random weightings under which the group has the highest score, 0…1. */
  readonly shareOnTop: number;
}

const parts: readonly (keyof OpportunityParts)[] = ["size", "growth", "value", "untapped", "dissatisfied"];

/**
 * Which groups to serve better, with each part shown and how far the order hangs on the weights.
 *
 * The order under the declared weights, and the share of weightings drawn evenly from all possible ones in which each group comes
 * first: a group that leads only under one view of the world shows it here. Highest score first, ties in the order given.
 * O(draws · groups).
 *
 * @param options - `weights`: 0 or more, not all 0; `seed`; `draws`, default 10,000.
 * @throws InputError if there is no group, a part is not finite or a weight is below 0.
 */
export function rankOpportunities(
  groups: readonly OpportunityGroup[],
  options: { readonly weights: OpportunityWeights; readonly seed: number; readonly draws?: number },
): readonly Opportunity[] {
  const { weights, seed, draws = 10_000 } = options;
  if (groups.length === 0) throw new InputError("rankOpportunities: groups must hold at least one, got none");
  checkCount("rankOpportunities", "draws", draws, 100, 1_000_000);
  for (const part of parts) {
    checkNumber("rankOpportunities", `weights.${part}`, weights[part], 0, Number.MAX_VALUE);
    for (const group of groups) checkNumber("rankOpportunities", `${part} of ${group.key}`, group[part]);
  }
  if (parts.every((part) => weights[part] === 0))
    throw new InputError("rankOpportunities: weights must not all be 0, got none above");
  const scaled = scaleParts(groups);
  const declared = parts.map((part) => weights[part]);
  const scores = scaled.map((group) => scoreOf(group, declared));
  const onTop = countOnTop(scaled, draws, createRandom(seed));
  return groups
    .map((group, i) => ({
      ...group,
      scaled: scaled[i]!,
      score: scores[i]!,
      rank: 1 + scores.filter((score) => score > scores[i]!).length,
      shareOnTop: onTop[i]! / draws,
    }))
    .sort((a, b) => a.rank - b.rank);
}

function scaleParts(groups: readonly OpportunityGroup[]): OpportunityParts[] {
  const ranges = parts.map((part) => {
    const values = groups.map((group) => group[part]);
    return { part, low: Math.min(...values), high: Math.max(...values) };
  });
  return groups.map(
    (group) =>
      Object.fromEntries(
        ranges.map(({ part, low, high }) => [part, high === low ? 0.5 : (group[part] - low) / (high - low)]),
      ) as Record<keyof OpportunityParts, number>,
  );
}

function scoreOf(group: OpportunityParts, weights: readonly number[]): number {
  const total = sum(weights);
  return parts.reduce((sum, part, p) => sum + weights[p]! * group[part], 0) / total;
}

/** A weighting drawn evenly from all that sum to 1 is as many exponentials over their sum. A shared top counts for each. */
function countOnTop(groups: readonly OpportunityParts[], draws: number, random: Random): number[] {
  const counts = groups.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    const weights = parts.map(() => -Math.log(1 - random.next()));
    const scores = groups.map((group) => scoreOf(group, weights));
    const highest = Math.max(...scores);
    scores.forEach((score, i) => {
      if (score === highest) counts[i]! += 1;
    });
  }
  return counts;
}

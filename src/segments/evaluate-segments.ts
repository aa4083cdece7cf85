import { describeValue, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type KnockOut, type KnockOutResult, knockOutResult } from "./knock-outs.js";
import type { Profile, SegmentLabel } from "./profile.js";
import { type RankStability, rankStability } from "./rank-stability.js";
import { type RatedPart, ratedCriterion, type WeightedCriterion } from "./weighted-criteria.js";

/** What the segments are judged by before one is chosen. */
export interface EvaluationOptions {
  /** What a segment must fulfil; one failed criterion takes it out. */
  readonly knockOuts: readonly KnockOut[];
  /** How attractive a segment is to the organisation, and how attractive the organisation is to it; each side needs at least one. */
  readonly criteria: readonly WeightedCriterion[];
  /** Seed of the weights drawn for the sensitivity of the ranking. */
  readonly seed: number;
  /** Sets of weights drawn; default 1,000. */
  readonly draws?: number;
}

/** One segment against all criteria. */
export interface SegmentEvaluation extends SegmentLabel, RankStability {
  readonly size: number;
  readonly knockOuts: readonly KnockOutResult[];
  /** out: a knock-out failed; open: none failed, some are not answered; in: all passed. */
  readonly standing: "in" | "open" | "out";
  readonly parts: readonly RatedPart[];
  /** Weighted mean of the ratings of each side, 0–10; null where a rating is missing. */
  readonly attractiveness: number | null;
  readonly fit: number | null;
  /** Product of the two over 10, 0–10; null where one is missing. */
  readonly score: number | null;
}

export interface SegmentEvaluations {
  /** In the order of the profile. */
  readonly segments: readonly SegmentEvaluation[];
  readonly draws: number;
  readonly notes: readonly string[];
}

/**
 * Which segments could be targeted: knock-out criteria first, then attractiveness against fit, each part shown.
 *
 * What the profile tells is computed (size, revenue, markers); the rest is asked of the analyst and stays open until answered.
 * Ratings are 0–10, weights are relative within a side, and the ranking is tried again with weights half to twice as large.
 * A decision aid: ratings are judgements. O(draws · segments · criteria).
 *
 * @throws InputError if a name repeats, a weight is not above 0, a rating lies outside 0–10, a segment key is unknown or a limit makes no sense.
 * @see McDonald & Dunbar (2012), Market Segmentation; Dolnicar, Grün & Leisch (2018), chapter 4, doi:10.1007/978-981-10-8818-6.
 */
export function evaluateSegments(profile: Profile, options: EvaluationOptions): SegmentEvaluations {
  const { knockOuts, criteria, seed, draws = 1000 } = options;
  checkNames(knockOuts, criteria);
  checkKeys(profile, [...knockOuts, ...criteria]);
  const rated = profile.segments.map((_, j) => {
    const results = knockOuts.map((knockOut) => knockOutResult(knockOut, profile, j));
    const parts = criteria.map((criterion) => ratedCriterion(criterion, profile, j, criteria));
    return { results, parts, standing: standingOf(results) };
  });
  const candidates = rated.map(({ parts, standing }) => (standing === "out" ? null : parts));
  const ranks = rankStability(candidates, { seed, draws });
  return {
    segments: profile.segments.map(({ key, name, size }, j) => {
      const { results, parts, standing } = rated[j]!;
      const [attractiveness, fit] = [sideOf(parts, "attractiveness"), sideOf(parts, "fit")];
      const score = attractiveness === null || fit === null ? null : (attractiveness * fit) / 10;
      return {
        key,
        name,
        size,
        knockOuts: results,
        standing,
        parts,
        attractiveness,
        fit,
        score,
        ...ranks[j]!,
      };
    }),
    draws,
    notes: notesOn(
      knockOuts,
      rated.flatMap(({ results }) => results),
    ),
  };
}

function standingOf(results: readonly KnockOutResult[]): SegmentEvaluation["standing"] {
  if (results.some(({ passed }) => passed === false)) return "out";
  return results.some(({ passed }) => passed === null) ? "open" : "in";
}

/** Weighted mean of one side's ratings. */
function sideOf(parts: readonly RatedPart[], side: RatedPart["side"]): number | null {
  const own = parts.filter((part) => part.side === side);
  if (own.length === 0 || own.some(({ rating }) => rating === null)) return null;
  return own.reduce((sum, { weight, rating }) => sum + weight * rating!, 0);
}

function checkNames(knockOuts: readonly KnockOut[], criteria: readonly WeightedCriterion[]): void {
  for (const [argument, list] of [["knockOuts", knockOuts] as const, ["criteria", criteria] as const]) {
    const names = list.map(({ name }) => name);
    const repeated = names.find((name, i) => names.indexOf(name) !== i);
    if (repeated !== undefined)
      throw new InputError(`evaluateSegments: ${argument} must have unique names, got "${repeated}" twice`);
  }
  const wrong = criteria.find(({ weight }) => !(Number.isFinite(weight) && weight > 0));
  if (wrong !== undefined)
    throw new InputError(
      `evaluateSegments: weight of "${wrong.name}" must be a number above 0, got ${describeValue(wrong.weight)}`,
    );
}

function checkKeys(profile: Profile, asked: readonly (KnockOut | WeightedCriterion)[]): void {
  const keys = profile.segments.map(({ key }) => key);
  for (const one of asked) {
    const answers = "answers" in one ? one.answers : "ratings" in one ? one.ratings : {};
    const unknown = Object.keys(answers).find((key) => !keys.includes(key));
    if (unknown !== undefined)
      throw new InputError(
        `evaluateSegments: "${one.name}" must be answered for segments ${listForMessage(keys)}, got "${unknown}"`,
      );
  }
}

function notesOn(knockOuts: readonly KnockOut[], results: readonly KnockOutResult[]): string[] {
  const open = knockOuts
    .map(({ name }) => name)
    .filter((name) => results.some((result) => result.name === name && result.passed === null));
  return open.length === 0 ? [] : [`Not answered for every segment: ${open.join(", ")}.`];
}

import { checkNumber } from "../core/check.js";
import { numberText, percentText } from "../core/number-text.js";
import type { Profile, SegmentProfile } from "./profile.js";

/** attractiveness: how much the segment is worth to us; fit: how much we are worth to the segment. */
export type CriterionSide = "attractiveness" | "fit";

/** What every criterion has. */
export interface CriterionStart {
  readonly name: string;
  readonly side: CriterionSide;
  /** Above 0, relative to the others of its side. */
  readonly weight: number;
}

/** A criterion with its weight: rated from the profile, or 0–10 by the analyst, by segment key. */
export type WeightedCriterion =
  | (CriterionStart & { readonly measure: "share" | "revenue-share" | "revenue-per-customer" })
  | (CriterionStart & { readonly measure: "asked"; readonly ratings: Readonly<Record<string, number>> });

/** A rating with the weight it has and where it comes from. */
export interface RatedPart {
  readonly criterion: string;
  readonly side: CriterionSide;
  /** Share of its side, 0–1. */
  readonly weight: number;
  /** 0–10, higher is better; null where nobody rated it. */
  readonly rating: number | null;
  /** Where the rating comes from: "28 % of customers" or "rated by the analyst". */
  readonly words: string;
}

/** The rating of one segment: computed ones are 10 for the highest segment and in proportion for the others. */
export function ratedCriterion(
  criterion: WeightedCriterion,
  profile: Profile,
  segment: number,
  all: readonly WeightedCriterion[],
): RatedPart {
  const { name, side } = criterion;
  const sum = all.filter((other) => other.side === side).reduce((total, { weight }) => total + weight, 0);
  const start = { criterion: name, side, weight: criterion.weight / sum };
  const own = profile.segments[segment]!;
  if (criterion.measure === "asked") {
    const rating = criterion.ratings[own.key] ?? null;
    if (rating === null) return { ...start, rating, words: "not rated yet" };
    checkNumber("evaluateSegments", `rating of "${name}" for ${own.key}`, rating, 0, 10);
    return { ...start, rating, words: "rated by the analyst" };
  }
  const value = worthOf(own, criterion.measure);
  const highest = Math.max(...profile.segments.map((other) => worthOf(other, criterion.measure) ?? 0));
  if (value === null) return { ...start, rating: null, words: "revenue is not known" };
  const rating = highest > 0 ? (10 * Math.max(0, value)) / highest : 0;
  return { ...start, rating, words: wordsOf(value, criterion.measure) };
}

type Computed = Exclude<WeightedCriterion["measure"], "asked">;

function worthOf({ share, revenueShare, revenue, size }: SegmentProfile, measure: Computed): number | null {
  if (measure === "share") return share;
  if (measure === "revenue-share") return revenueShare;
  return revenue === null || size === 0 ? null : revenue / size;
}

function wordsOf(value: number, measure: Computed): string {
  if (measure === "share") return `${percentText(value)} of customers`;
  if (measure === "revenue-share") return `${percentText(value)} of revenue`;
  return `${numberText(value)} a customer`;
}

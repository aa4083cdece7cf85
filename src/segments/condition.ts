/**
 * Whether a customer belongs, as data: comparisons of raw values, put together by all, any and not.
 *
 * Two-valued in every engine: a comparison with a missing value does not hold (`!=` neither), so `not` of it does. NaN and
 * the infinities are missing. Texts are equal only if they have the same code points: case counts, nothing is trimmed, no
 * collation.
 */
export type Condition =
  /** Holds if each does; without any: everybody. */
  | { readonly all: readonly Condition[] }
  /** Holds if at least one does; without any: nobody. */
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | FeatureComparison
  | ScoreComparison
  | { readonly feature: string; readonly in: readonly (number | string)[] }
  | { readonly score: string; readonly in: readonly number[] }
  | { readonly feature: string; readonly isMissing: true }
  | { readonly score: string; readonly isMissing: true }
  | NestedSegment;

/** Numbers take all six comparisons, dates too (as texts), other texts only `=` and `!=`. */
export type Comparison = "<" | "<=" | ">" | ">=" | "=" | "!=";

export interface FeatureComparison {
  readonly feature: string;
  readonly is: Comparison;
  /** A number for a number, a text for a category, a text `YYYY-MM-DD` or a day counted from the as-of date for a date. */
  readonly value: number | string | RelativeDay;
}

/** The day that lies so many days before the as-of date; below 0: after it. */
export interface RelativeDay {
  readonly daysBeforeAsOf: number;
}

export interface ScoreComparison {
  readonly score: string;
  readonly is: Comparison;
  readonly value: number;
}

/** Holds for customers whom an embedded definition puts into that segment (or its fallback, `unassigned`). */
export interface NestedSegment {
  readonly segment: string;
  /** The `id` of one of the definition's `nested`. */
  readonly of: string;
}

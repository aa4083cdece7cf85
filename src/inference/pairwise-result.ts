import type { EffectSize, Interval } from "./test-result.js";

/** How two of the groups differ. */
export interface PairDifference {
  /** Numbers of the two groups, 0 and up. */
  readonly first: number;
  readonly second: number;
  /** Mean of the first less mean of the second, in the values' unit; for ranks, of their mean ranks. */
  readonly difference: number;
  readonly standardError: number;
  /** t or z; a studentized range is √2 times |t|. */
  readonly statistic: number;
  /** null for z. */
  readonly degreesOfFreedom: number | null;
  /** Of the pair by itself, 1e-300…1; null where the method knows the family only. */
  readonly pValue: number | null;
  /** For all pairs shown together, 1e-300…1. */
  readonly adjustedPValue: number;
  /** Of the difference, so wide that all pairs' intervals hold at once; null for ranks. */
  readonly interval: Interval | null;
  readonly effect: EffectSize;
}

/** Every pair of groups compared, and how the family was kept. */
export interface PairwiseResult {
  /** "Games–Howell", "Tukey–Kramer", "Dunn". */
  readonly method: string;
  /** "studentized range", "holm", …: what makes `adjustedPValue` hold for all pairs. */
  readonly adjustment: string;
  /** Group 0 with 1, 0 with 2, … */
  readonly pairs: readonly PairDifference[];
  readonly notes: readonly string[];
}

/** Calls `compare` for every pair of group numbers, lower first. */
export function everyPair<Result>(
  groupCount: number,
  compare: (first: number, second: number) => Result,
): readonly Result[] {
  const results: Result[] = [];
  for (let first = 0; first < groupCount; first++)
    for (let second = first + 1; second < groupCount; second++) results.push(compare(first, second));
  return results;
}

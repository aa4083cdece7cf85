import { sampleSkewness } from "simple-statistics";
import type { CategoryColumn, NumberColumn } from "../core/feature.js";

/** The known values of a numeric feature, one array per segment. */
export function splitBySegment(
  column: NumberColumn,
  labels: ArrayLike<number>,
  segmentCount: number,
): readonly number[][] {
  const groups = Array.from({ length: segmentCount }, (): number[] => []);
  column.values.forEach((value, row) => {
    const label = labels[row]!;
    if (label >= 0 && Number.isFinite(value)) groups[label]!.push(value);
  });
  return groups;
}

/** Counts of a categorical feature: one row per segment and one column per category that hold a known value. */
export function crossTabulate(
  column: CategoryColumn,
  labels: ArrayLike<number>,
  segmentCount: number,
): readonly (readonly number[])[] {
  const position = new Map<string, number>();
  column.values.forEach((value, row) => {
    if (value !== null && labels[row]! >= 0 && !position.has(value)) position.set(value, position.size);
  });
  const counts = Array.from({ length: segmentCount }, () => new Array<number>(position.size).fill(0));
  column.values.forEach((value, row) => {
    if (value !== null && labels[row]! >= 0) counts[labels[row]!]![position.get(value)!]! += 1;
  });
  return counts.filter((row) => row.some((count) => count > 0));
}

export type NumericTest = "welch-anova" | "kruskal-wallis";

/**
 * Which test suits a numeric feature, and why: Kruskal–Wallis for fewer than 10 distinct values, |skewness| above 1,
 * a segment with fewer than 15 known rows or one that does not vary; else Welch ANOVA.
 */
export function suitableTest(groups: readonly (readonly number[])[]): {
  readonly test: NumericTest;
  readonly why: string;
} {
  const everyone = groups.flat();
  const distinct = new Set(everyone).size;
  const smallest = Math.min(...groups.map((group) => group.length));
  const ranks = (why: string) => ({ test: "kruskal-wallis", why: `ranks compared: ${why}` }) as const;
  if (distinct < 10) return ranks(`only ${distinct} distinct values`);
  if (smallest < 15) return ranks(`a segment has only ${smallest} known values`);
  if (groups.some((group) => group.every((value) => value === group[0])))
    return ranks("a segment does not vary");
  const skewness = sampleSkewness(everyone);
  if (Math.abs(skewness) > 1) return ranks(`skewness is ${skewness.toFixed(1)}, beyond ±1`);
  return { test: "welch-anova", why: `means compared: skewness is ${skewness.toFixed(1)}, within ±1` };
}

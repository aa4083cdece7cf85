import type { CategoryColumn, NumberColumn } from "../core/feature.js";
import { momentsToCompare, sumsOfSquares } from "./group-moments.js";

/** The known values of a numeric feature, one array per segment. */
export function splitBySegment(
  { values }: NumberColumn,
  labels: ArrayLike<number>,
  segmentCount: number,
): readonly Float64Array[] {
  const sizes = new Uint32Array(segmentCount);
  const isKnown = (row: number) => labels[row]! >= 0 && Number.isFinite(values[row]);
  for (let row = 0; row < values.length; row++) if (isKnown(row)) sizes[labels[row]!]!++;
  const groups = Array.from(sizes, (size) => new Float64Array(size));
  sizes.fill(0);
  for (let row = 0; row < values.length; row++)
    if (isKnown(row)) groups[labels[row]!]![sizes[labels[row]!]!++] = values[row]!;
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

/** Fewer distinct values are an order rather than amounts. */
const fewestDistinct = 10;

export type NumericTest = "welch-anova" | "kruskal-wallis";

/**
 * Which test suits a numeric feature, and why: Kruskal–Wallis for fewer than 10 distinct values, |skewness| above 1,
 * a segment with fewer than 15 known rows or one that does not vary; else Welch ANOVA.
 */
export function suitableTest(groups: readonly Float64Array[]): {
  readonly test: NumericTest;
  readonly why: string;
} {
  const distinct = countDistinct(groups, fewestDistinct);
  const smallest = Math.min(...groups.map((group) => group.length));
  const ranks = (why: string) => ({ test: "kruskal-wallis", why: `ranks compared: ${why}` }) as const;
  if (distinct < fewestDistinct) return ranks(`only ${distinct} distinct values`);
  if (smallest < 15) return ranks(`a segment has only ${smallest} known values`);
  if (groups.some((group) => group.every((value) => value === group[0])))
    return ranks("a segment does not vary");
  const skewness = sampleSkewness(groups);
  if (Math.abs(skewness) > 1) return ranks(`skewness is ${skewness.toFixed(1)}, beyond ±1`);
  return { test: "welch-anova", why: `means compared: skewness is ${skewness.toFixed(1)}, within ±1` };
}

/** How many different values there are, counted no further than `limit`. */
function countDistinct(groups: readonly Float64Array[], limit: number): number {
  const seen = new Set<number>();
  for (const group of groups) for (let i = 0; i < group.length && seen.size < limit; i++) seen.add(group[i]!);
  return seen.size;
}

/** Skewness of all values together, adjusted for their number (Fisher–Pearson). */
function sampleSkewness(groups: readonly Float64Array[]): number {
  const { rowCount, between, within } = sumsOfSquares(momentsToCompare(groups));
  const origin = groups[0]![0]!;
  let sum = 0;
  for (const group of groups) for (let i = 0; i < group.length; i++) sum += group[i]! - origin;
  let cubes = 0;
  for (const group of groups)
    for (let i = 0; i < group.length; i++) {
      const difference = group[i]! - origin - sum / rowCount;
      cubes += difference * difference * difference;
    }
  const unadjusted = (Math.sqrt(rowCount) * cubes) / (between + within) ** 1.5;
  return (unadjusted * Math.sqrt(rowCount * (rowCount - 1))) / (rowCount - 2);
}

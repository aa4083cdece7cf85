import type { NullBand } from "./judgement.js";

/** Where nearly all copies have no valley at all the deviation is near 0: nothing is counted as further off than this allows. */
const leastDeviation = 0.04;

/** One figure of the rows and the same figure of every copy. */
export interface ComparedFigure {
  readonly own: number;
  readonly copies: Float64Array;
}

/** Worst valleys as distances below the copies' mean, of the rows and of every copy. */
interface Distances {
  readonly own: number;
  readonly copies: Float64Array;
}

/**
 * Corrected p-values of worst valleys.
 *
 * Each valley's distance below the mean, in standard deviations over copies and rows together (under no groups the rows
 * are one more copy); p is the share of copies whose greatest distance over all that was tried is as great, the rows
 * counted in. So trying seven counts on two routes cannot make one of them look rare.
 *
 * @param tried - One figure per trial that the recommended count is chosen from.
 * @param further - Figures that are judged without being chosen from, each corrected for the tried ones and itself.
 * @returns p of the tried ones, then of the further ones; each at least 1 / (copies + 1).
 * @see Westfall & Young (1993), Resampling-based multiple testing: the single-step maximum.
 */
export function separationPValues(
  tried: readonly ComparedFigure[],
  further: readonly ComparedFigure[],
): number[] {
  const copies = (tried[0] ?? further[0])?.copies.length ?? 0;
  const triedDistances = tried.map(distancesOf);
  const greatest = new Float64Array(copies).map((_, copy) =>
    triedDistances.reduce((most, distances) => Math.max(most, distances.copies[copy]!), -Infinity),
  );
  const share = (own: number, others: Float64Array) =>
    (1 + others.reduce((count, other) => count + (other >= own ? 1 : 0), 0)) / (copies + 1);
  return [
    ...triedDistances.map(({ own }) => share(own, greatest)),
    ...further.map(distancesOf).map((one) =>
      share(
        one.own,
        greatest.map((most, copy) => Math.max(most, one.copies[copy]!)),
      ),
    ),
  ];
}

function distancesOf({ own, copies }: ComparedFigure): Distances {
  const count = copies.length + 1;
  const mean = copies.reduce((sum, value) => sum + value, own) / count;
  const squares = copies.reduce((sum, value) => sum + (value - mean) ** 2, (own - mean) ** 2);
  const deviation = Math.max(leastDeviation, Math.sqrt(squares / (count - 1)));
  return { own: (mean - own) / deviation, copies: copies.map((value) => (mean - value) / deviation) };
}

/** Where a figure lies among those of copies. */
export function bandOf({ own, copies }: ComparedFigure): NullBand {
  const sorted = copies.slice().sort();
  return {
    low: quantileOf(sorted, 0.05),
    median: quantileOf(sorted, 0.5),
    high: quantileOf(sorted, 0.95),
    percentile: sorted.filter((value) => value < own).length / Math.max(1, sorted.length),
    copies: sorted.length,
    sorted: Array.from(sorted),
  };
}

/** Quantile of ascending values, linear between them (type 7). */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

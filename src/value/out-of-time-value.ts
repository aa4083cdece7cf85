import { checkCount, checkNumber, checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { createRandom } from "../core/random.js";
import { cutsBelow, quantileCuts } from "../features/quantile-scores.js";
import type { Interval } from "../inference/test-result.js";
import { drawWithReplacement } from "../validity/draw-resample.js";
import { quantileOf } from "../verdict/separation.js";

/** A way to divide customers in period A, to be judged by period B. */
export interface Division {
  readonly name: string;
  /** Group number of each customer, 0 or more, −1 for in no group. */
  readonly labels: ArrayLike<number>;
}

/** How well a division of period A tells the margin of period B. */
export interface OutOfTimeLine {
  readonly name: string;
  readonly groups: number;
  readonly customers: number;
  /** η²: share of the variance of the margin that lies between the groups, 0…1. */
  readonly etaSquared: number;
  /** ε²: the same less what as many random groups would reach; may fall below 0. */
  readonly epsilonSquared: number;
  /** Of the share in the population, 0…1, around ε²: percentile bootstrap over customers, less what groups reach by chance. */
  readonly interval: Interval;
}

/**
 * How well ways to divide customers in one period tell what they are worth in the next.
 *
 * The test that a segmentation must pass before money follows it: beside it stand simpler divisions, such as deciles of a score. One
 * group of all explains 0. All divisions are judged on the customers that have a group in each of them. O(draws · customers ·
 * divisions).
 *
 * @param margins - Margin of each customer in the later period; finite, may be below 0.
 * @param options - `seed` of the bootstrap, `draws` (default 1,000), `level` (default 0.95).
 * @throws InputError if lengths differ, a margin is not finite, all are alike, or a division has no customers in common.
 * @see Särndal, Swensson & Wretman (1992) on η²; Kelley (1935), doi:10.1073/pnas.21.9.554, on ε²
 */
export function outOfTimeValue(
  divisions: readonly Division[],
  margins: ArrayLike<number>,
  options: { readonly seed: number; readonly draws?: number; readonly level?: number },
): readonly OutOfTimeLine[] {
  const { seed, draws = 1000, level = 0.95 } = options;
  checkCount("outOfTimeValue", "draws", draws, 100, 100_000);
  checkNumber("outOfTimeValue", "level", level, 0.5, 0.999);
  for (const { name, labels } of divisions)
    checkSameLength("outOfTimeValue", `labels of ${name}`, labels, margins.length, "one per margin");
  const rows = Array.from({ length: margins.length }, (_, i) => i).filter((i) =>
    divisions.every(({ labels }) => labels[i]! >= 0),
  );
  const values = Float64Array.from(rows, (i) => margins[i]!);
  if (!values.every(Number.isFinite))
    throw new InputError("outOfTimeValue: margins must be finite, got one that is not");
  if (values.every((value) => value === values[0]))
    throw new InputError(
      `outOfTimeValue: margins must differ between customers with a group, got ${values.length} that do not`,
    );
  const groupings = divisions.map(({ labels }) => denseLabels(rows.map((i) => labels[i]!)));
  const drawn = groupings.map(() => new Float64Array(draws));
  const random = createRandom(seed);
  const every = Int32Array.from(values, (_, i) => i);
  for (let draw = 0; draw < draws; draw++) {
    const sample = drawWithReplacement(values.length, random.fork(draw));
    groupings.forEach((grouping, d) => {
      drawn[d]![draw] = etaSquaredOf(grouping, values, sample);
    });
  }
  return divisions.map(({ name }, d) => {
    const { groups } = groupings[d]!;
    const etaSquared = etaSquaredOf(groupings[d]!, values, every);
    const sorted = drawn[d]!.sort();
    const beyondChance = (share: number): number =>
      1 - ((1 - share) * (values.length - 1)) / Math.max(1, values.length - groups);
    // Chance lifts a resample above the customers, and those above the population: taken off twice.
    const end = (share: number): number => Math.max(0, beyondChance(beyondChance(quantileOf(sorted, share))));
    return {
      name,
      groups,
      customers: values.length,
      etaSquared,
      epsilonSquared: beyondChance(etaSquared),
      interval: {
        low: end((1 - level) / 2),
        high: end((1 + level) / 2),
        level,
        method: "percentile bootstrap over customers, less chance",
      },
    };
  });
}

interface Grouping {
  readonly labels: Int32Array;
  readonly groups: number;
}

function denseLabels(labels: readonly number[]): Grouping {
  const known = new Map<number, number>();
  for (const label of labels) if (!known.has(label)) known.set(label, known.size);
  return { labels: Int32Array.from(labels, (label) => known.get(label)!), groups: known.size };
}

function etaSquaredOf({ labels, groups }: Grouping, values: Float64Array, rows: Int32Array): number {
  const [sums, counts] = [new Float64Array(groups), new Float64Array(groups)];
  let total = 0;
  for (const row of rows) {
    sums[labels[row]!]! += values[row]!;
    counts[labels[row]!]! += 1;
    total += values[row]!;
  }
  const mean = total / rows.length;
  let all = 0;
  for (const row of rows) all += (values[row]! - mean) ** 2;
  if (all === 0) return 0;
  let between = 0;
  for (let g = 0; g < groups; g++)
    if (counts[g]! > 0) between += counts[g]! * (sums[g]! / counts[g]! - mean) ** 2;
  return Math.min(1, between / all);
}

/** Group 0…parts − 1 of each value by quantiles; equal values share a group. */
export function quantileGroups(values: ArrayLike<number>, parts: number): Int32Array {
  checkCount("quantileGroups", "parts", parts, 2, 1000);
  const cuts = quantileCuts(values, parts);
  return Int32Array.from(values, (value) => cutsBelow(cuts, value));
}

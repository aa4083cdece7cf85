import { checkCount, checkNumber } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { createRandom } from "../core/random.js";
import { sum } from "../core/sum.js";
import type { Interval } from "../inference/test-result.js";
import type { SegmentLabel } from "../segments/profile.js";
import { drawWithReplacement } from "../validity/draw-resample.js";
import { quantileOf } from "../verdict/separation.js";
import { checkFlags } from "./check-flags.js";
import { poolRates } from "./pool-rates.js";

/** Who responded to a campaign that all of them got. */
export interface CampaignOutcome {
  readonly labels: ArrayLike<number>;
  /** 1 for who responded, 0 for who did not. */
  readonly responded: ArrayLike<number>;
}

/** What one policy earns on customers who were not used to make it. */
export interface PolicyLine {
  readonly policy: "by segment" | "all" | "none";
  readonly contacted: number;
  readonly profit: number;
  /** Of the profit, percentile bootstrap over the judged customers. */
  readonly interval: Interval;
}

/** Acting by segment beside one policy for all. */
export interface PolicyProfit {
  /** Segments whose pooled rate of the first customers pays for the contact. */
  readonly targeted: readonly SegmentLabel[];
  readonly lines: readonly PolicyLine[];
  /** Profit by segment less the better of all and none, with its interval. */
  readonly gain: number;
  readonly gainInterval: Interval;
}

/** Price of a contact, worth of a response, and how the uncertainty is drawn. */
export interface PolicyOptions {
  readonly cost: number;
  readonly revenue: number;
  readonly seed: number;
  readonly draws?: number;
  readonly level?: number;
}

/**
 * What it earns to contact the segments that pay, against all customers and none.
 *
 * Segments are chosen on some customers, by partly pooled rates, and judged on others. Customers in no segment are contacted under
 * "all" only. O(draws · customers).
 *
 * @param made - Customers on whom the policy is made.
 * @param judged - Others, on whom it is judged.
 * @throws InputError if labels or flags are wrong, or a price is below 0.
 */
export function policyProfit(
  made: CampaignOutcome,
  judged: CampaignOutcome,
  segments: readonly SegmentLabel[],
  options: PolicyOptions,
): PolicyProfit {
  const { cost, revenue, seed, draws = 1000, level = 0.95 } = options;
  checkNumber("policyProfit", "cost", cost, 0, Number.MAX_VALUE);
  checkNumber("policyProfit", "revenue", revenue, 0, Number.MAX_VALUE);
  checkCount("policyProfit", "draws", draws, 100, 100_000);
  checkNumber("policyProfit", "level", level, 0.5, 0.999);
  for (const { labels, responded } of [made, judged]) {
    checkLabels("policyProfit", labels, labels.length, segments.length);
    checkFlags("policyProfit", "responded", responded, labels.length);
  }
  const pays = poolRates(countBySegment(made, segments.length)).rates.map(
    ({ rate }) => rate * revenue > cost,
  );
  const profitOf = (i: number) => judged.responded[i]! * revenue - cost;
  const bySegment = Float64Array.from(judged.labels, (label, i) => (pays[label] ? profitOf(i) : 0));
  const forAll = Float64Array.from(judged.labels, (_, i) => profitOf(i));
  const drawn = drawSums([bySegment, forAll], draws, seed);
  const gains = drawn[0]!.map((profit, i) => profit - Math.max(0, drawn[1]![i]!));
  const band = (values: Float64Array): Interval => {
    const sorted = values.slice().sort();
    const [low, high] = [quantileOf(sorted, (1 - level) / 2), quantileOf(sorted, (1 + level) / 2)];
    return { low, high, level, method: "percentile bootstrap over customers" };
  };
  const [own, all] = [sum(bySegment), sum(forAll)];
  return {
    targeted: segments.filter((_, s) => pays[s]),
    lines: [
      {
        policy: "by segment",
        contacted: Array.from(judged.labels).filter((label) => pays[label]).length,
        profit: own,
        interval: band(drawn[0]!),
      },
      { policy: "all", contacted: judged.labels.length, profit: all, interval: band(drawn[1]!) },
      { policy: "none", contacted: 0, profit: 0, interval: band(new Float64Array(draws)) },
    ],
    gain: own - Math.max(0, all),
    gainInterval: band(gains),
  };
}

function countBySegment({ labels, responded }: CampaignOutcome, count: number) {
  const counts = Array.from({ length: count }, () => ({ successes: 0, total: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const own = counts[labels[i]!];
    if (own === undefined) continue;
    own.total += 1;
    own.successes += responded[i]!;
  }
  return counts;
}

/** Sums of several columns over the same resampled customers. */
function drawSums(columns: readonly Float64Array[], draws: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const sums = columns.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw++) {
    const rows = drawWithReplacement(columns[0]!.length, random.fork(draw));
    columns.forEach((column, c) => {
      let total = 0;
      for (const row of rows) total += column[row]!;
      sums[c]![draw] = total;
    });
  }
  return sums;
}

import { checkLabels } from "../core/check-labels.js";
import type { Interval } from "../inference/test-result.js";
import { wilsonInterval } from "../inference/wilson-interval.js";
import type { SegmentLabel } from "../segments/profile.js";
import type { CountedRate } from "./beta-binomial.js";
import { checkFlags } from "./check-flags.js";
import { type EffectHeterogeneity, poolEffects, testHeterogeneity } from "./effect-heterogeneity.js";

/** What a campaign did, customer by customer: who got it, at random, and who responded. */
export interface CampaignTest {
  /** Segment number of each customer, −1 for in no segment. */
  readonly labels: ArrayLike<number>;
  /** 1 for who got the campaign, 0 for the holdout. */
  readonly treated: ArrayLike<number>;
  /** 1 for who responded, 0 for who did not. */
  readonly responded: ArrayLike<number>;
}

/** The effect in one segment. */
export interface SegmentUplift extends SegmentLabel {
  readonly treated: CountedRate;
  readonly control: CountedRate;
  /** Difference of the response rates, −1…1; null where an arm is empty. */
  readonly uplift: number | null;
  readonly interval: Interval | null;
  /** Drawn towards the effect in all segments, the more the smaller the segment; null where it cannot be told. */
  readonly pooled: number | null;
}

/** The effect of a campaign, in all and by segment. */
export interface UpliftBySegment {
  readonly segments: readonly SegmentUplift[];
  /** Whether the effect differs between segments; null where fewer than two have both arms. */
  readonly heterogeneity: EffectHeterogeneity | null;
}

/**
 * What a campaign changed in each segment, from customers who were left out at random.
 *
 * Newcombe intervals. Effects of single segments mean something only where the heterogeneity test says that they differ.
 * O(customers).
 *
 * @throws InputError if lengths differ or a flag is neither 0 nor 1.
 * @see Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10
 */
export function upliftBySegment(
  test: CampaignTest,
  segments: readonly SegmentLabel[],
  level: number = 0.95,
): UpliftBySegment {
  const counts = countArms(test, segments.length);
  const rows = segments.map(({ key, name }, s) => ({ key, name, ...counts[s]! }));
  const known = rows.flatMap((row, s) => (hasBothArms(row) ? [{ s, effect: effectOf(row) }] : []));
  const heterogeneity = known.length < 2 ? null : testHeterogeneity(known.map(({ effect }) => effect));
  const pooled = known.length < 2 ? [] : poolEffects(known.map(({ effect }) => effect));
  return {
    segments: rows.map((row, s) => ({
      ...row,
      uplift: hasBothArms(row) ? differenceOf(row) : null,
      interval: hasBothArms(row) ? newcombe(row, level) : null,
      pooled: pooled[known.findIndex((entry) => entry.s === s)]?.estimate ?? null,
    })),
    heterogeneity,
  };
}

interface Arms {
  readonly treated: CountedRate;
  readonly control: CountedRate;
}

function countArms({ labels, treated, responded }: CampaignTest, segmentCount: number): Arms[] {
  checkLabels("upliftBySegment", labels, labels.length, segmentCount);
  checkFlags("upliftBySegment", "treated", treated, labels.length);
  checkFlags("upliftBySegment", "responded", responded, labels.length);
  const counts = Array.from({ length: segmentCount }, () => [0, 0, 0, 0]);
  for (let i = 0; i < labels.length; i++) {
    const own = counts[labels[i]!];
    if (own === undefined) continue;
    const at = treated[i] === 1 ? 0 : 2;
    own[at]! += responded[i]!;
    own[at + 1]! += 1;
  }
  return counts.map((own) => ({
    treated: { successes: own[0]!, total: own[1]! },
    control: { successes: own[2]!, total: own[3]! },
  }));
}

const hasBothArms = ({ treated, control }: Arms): boolean => treated.total > 0 && control.total > 0;
const rateOf = ({ successes, total }: CountedRate): number => successes / total;
const differenceOf = ({ treated, control }: Arms): number => rateOf(treated) - rateOf(control);

/** Rates with half a response and half a refusal added in the error only, so that no arm counts as known for sure. */
function effectOf(arms: Arms) {
  const variance = ({ successes, total }: CountedRate) => {
    const rate = (successes + 0.5) / (total + 1);
    return (rate * (1 - rate)) / total;
  };
  return {
    estimate: differenceOf(arms),
    standardError: Math.sqrt(variance(arms.treated) + variance(arms.control)),
  };
}

function newcombe(arms: Arms, level: number): Interval {
  const [one, two] = [arms.treated, arms.control].map(({ successes, total }) =>
    wilsonInterval(successes, total, level),
  );
  const [a, b] = [rateOf(arms.treated), rateOf(arms.control)];
  return {
    low: a - b - Math.hypot(a - one!.low, two!.high - b),
    high: a - b + Math.hypot(one!.high - a, b - two!.low),
    level,
    method: "Newcombe, from Wilson scores",
  };
}

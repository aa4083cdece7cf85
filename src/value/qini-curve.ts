import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkFlags } from "./check-flags.js";
import type { CampaignTest } from "./uplift-by-segment.js";

/** One point of a Qini curve. */
export interface QiniPoint {
  /** Share of customers who would get the campaign, best scores first, 0…1. */
  readonly share: number;
  /** Responses won per customer of all, as the test saw them. */
  readonly gain: number;
}

/** How well scores tell whom a campaign moves. */
export interface QiniCurve {
  readonly points: readonly QiniPoint[];
  /** Area between the curve and that of customers picked at random; 0 where scores say nothing. */
  readonly coefficient: number;
}

/**
 * Responses that a campaign wins when customers get it in the order of a score, from a test with a holdout.
 *
 * Customers with equal scores come as one group; a share that holds no customer of one arm shows no gain and has no point. Gain at a share: treated responses less control responses scaled to the treated,
 * over all customers. O(customers · log customers).
 *
 * @param scores - Higher first, finite, one per customer: a segment's pooled uplift does.
 * @throws InputError if lengths differ, a flag is neither 0 nor 1, a score is not finite or an arm is empty.
 * @see Radcliffe (2007), Direct Marketing Analytics Journal 1, 14–21
 */
export function qiniCurve(
  scores: ArrayLike<number>,
  { treated, responded }: Omit<CampaignTest, "labels">,
): QiniCurve {
  checkFlags("qiniCurve", "treated", treated, scores.length);
  checkFlags("qiniCurve", "responded", responded, scores.length);
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((i, j) => scores[j]! - scores[i]!);
  const stray = order.find((i) => !Number.isFinite(scores[i]));
  if (stray !== undefined)
    throw new InputError(`qiniCurve: scores must be finite, got ${describeValue(scores[stray])} at ${stray}`);
  const points: QiniPoint[] = [{ share: 0, gain: 0 }];
  let [ofTreated, allTreated, ofControl, allControl] = [0, 0, 0, 0];
  order.forEach((i, place) => {
    if (treated[i] === 1) allTreated++;
    else allControl++;
    if (treated[i] === 1) ofTreated += responded[i]!;
    else ofControl += responded[i]!;
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[i]) return;
    if (allTreated === 0 || allControl === 0) return;
    const scaled = (ofControl * allTreated) / allControl;
    const seen = (place + 1) / order.length;
    const treatedShare = allTreated / (place + 1);
    points.push({
      share: seen,
      gain: (ofTreated - scaled) / treatedShare / order.length,
    });
  });
  if (allTreated === 0 || allControl === 0)
    throw new InputError("qiniCurve: treated must hold both arms, got one");
  const area = points
    .slice(1)
    .reduce(
      (sum, point, i) => sum + ((point.share - points[i]!.share) * (point.gain + points[i]!.gain)) / 2,
      0,
    );
  return { points, coefficient: area - points.at(-1)!.gain / 2 };
}

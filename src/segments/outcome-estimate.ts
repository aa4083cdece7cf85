import { normalQuantile } from "../core/special-functions.js";
import { groupMoments } from "../inference/group-moments.js";
import { tUpperQuantile } from "../inference/student-t.js";
import type { Interval } from "../inference/test-result.js";
import { wilsonInterval } from "../inference/wilson-interval.js";

export type OutcomeMeasure = "mean" | "top-2-box" | "net-promoter";

/** Lowest and highest point of a scale. */
export type OutcomeScale = readonly [low: number, high: number];

export interface OutcomeEstimate {
  readonly value: number;
  /** null where one answer alone has no spread. */
  readonly interval: Interval | null;
}

/** A measure of answers with its interval. Answers are on the scale; there is at least one. */
export function outcomeEstimate(
  answers: readonly number[],
  measure: OutcomeMeasure,
  { range, level }: { readonly range: OutcomeScale; readonly level: number },
): OutcomeEstimate {
  if (measure === "mean") return meanEstimate(answers, range, level);
  if (measure === "net-promoter") return netPromoter(answers, level);
  // A score may be the mean of several items: 3.5 is not yet one of the two highest of five.
  const top = answers.filter((answer) => answer >= range[1] - 1).length;
  return { value: top / answers.length, interval: wilsonInterval(top, answers.length, level) };
}

function meanEstimate(answers: readonly number[], [low, high]: OutcomeScale, level: number): OutcomeEstimate {
  const { size, mean, variance } = groupMoments(Float64Array.from(answers).sort());
  if (size < 2) return { value: mean, interval: null };
  const reach = tUpperQuantile((1 - level) / 2, size - 1) * Math.sqrt(variance / size);
  const bounds = { low: Math.max(low, mean - reach), high: Math.min(high, mean + reach) };
  return { value: mean, interval: { ...bounds, level, method: "Student's t" } };
}

/** Promoters (9, 10) less detractors (0 to 6), as shares: the difference of two shares of the same people. */
function netPromoter(answers: readonly number[], level: number): OutcomeEstimate {
  const size = answers.length;
  const promoters = answers.filter((answer) => answer >= 9).length;
  const detractors = answers.filter((answer) => answer < 7).length;
  const [up, down] = [(promoters + 1) / (size + 2), (detractors + 1) / (size + 2)];
  const spread = Math.sqrt((up + down - (up - down) ** 2) / (size + 2));
  const reach = normalQuantile((1 + level) / 2) * spread;
  const value = (promoters - detractors) / size;
  const low = Math.min(value, Math.max(-1, up - down - reach));
  const high = Math.max(value, Math.min(1, up - down + reach));
  return { value, interval: { low, high, level, method: "adjusted Wald (Bonett and Price)" } };
}

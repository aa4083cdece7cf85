import { checkNumber } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { sum } from "../core/sum.js";
import { compareText } from "../core/text-order.js";
import type { SegmentLabel } from "../segments/profile.js";
import { quantileOf } from "../verdict/separation.js";
import type { CustomerValuation } from "./value-customers.js";

/** What one segment is worth ahead. Money in the unit of the amounts. */
export interface SegmentValue extends SegmentLabel {
  readonly customers: number;
  /** Sum of expected values, with the interval of the bootstrap. */
  readonly total: number;
  readonly low: number;
  readonly high: number;
  /** Share of all customers' value, 0…1. */
  readonly share: number;
  /** Mean per customer; null for an empty segment. */
  readonly mean: number | null;
  /** Expected number of customers who have stopped already. */
  readonly stopped: number;
  /** What those who may have stopped would be worth if they had not: value if still a customer × chance to have stopped. */
  readonly atStake: number;
}

/** One customer whose value is in danger. */
export interface CustomerAtRisk {
  readonly key: string;
  readonly segment: string;
  readonly alive: number;
  /** Value ahead if the customer is still one. */
  readonly valueIfAlive: number;
  /** valueIfAlive × (1 − alive): the most that keeping the customer for sure may cost. */
  readonly atStake: number;
}

/**
 * What each segment is worth ahead, how sure that is, and how much of it may be gone.
 *
 * @param labels - Shape (nCustomers,), segment number of each valued customer, −1 for in no segment.
 * @returns One entry per segment, in label order. O(fits · customers).
 * @throws InputError if labels are not one per customer or beyond the segments.
 */
export function valueBySegment(
  valuation: CustomerValuation,
  labels: ArrayLike<number>,
  segments: readonly SegmentLabel[],
): readonly SegmentValue[] {
  const { values, refits, fits, level, keys } = valuation;
  checkLabels("valueBySegment", labels, keys.length, segments.length);
  const all = sum(values);
  return segments.map(({ key, name }, segment) => {
    const rows = rowsOfLabel(labels, segment);
    const total = rows.reduce((sum, row) => sum + values[row]!, 0);
    const totals = Float64Array.from({ length: fits }, (_, fit) =>
      rows.reduce((sum, row) => sum + refits[fit * values.length + row]!, 0),
    ).sort();
    return {
      key,
      name,
      customers: rows.length,
      total,
      low: quantileOf(totals, (1 - level) / 2),
      high: quantileOf(totals, (1 + level) / 2),
      share: all === 0 ? 0 : total / all,
      mean: rows.length === 0 ? null : total / rows.length,
      stopped: rows.reduce((sum, row) => sum + 1 - valuation.alive[row]!, 0),
      atStake: rows.reduce((sum, row) => sum + atStakeOf(valuation, row), 0),
    };
  });
}

/**
 * The customers with the most at stake, most first, ties by key.
 *
 * @param cost - What it costs to keep one, 0 or more; only customers with more at stake are listed. 0 lists all that may have stopped.
 * @throws InputError if labels are not one per customer or beyond the segments, or the cost is out of range.
 */
export function saveList(
  valuation: CustomerValuation,
  labels: ArrayLike<number>,
  segments: readonly SegmentLabel[],
  cost: number,
): readonly CustomerAtRisk[] {
  checkLabels("saveList", labels, valuation.keys.length, segments.length);
  checkNumber("saveList", "cost", cost, 0, Number.MAX_VALUE);
  return valuation.keys
    .map((key, i) => ({
      key,
      segment: segments[labels[i]!]?.key ?? "unassigned",
      alive: valuation.alive[i]!,
      valueIfAlive: valueIfAlive(valuation, i),
      atStake: atStakeOf(valuation, i),
    }))
    .filter(({ atStake }) => atStake > cost)
    .sort((a, b) => b.atStake - a.atStake || compareText(a.key, b.key));
}

function valueIfAlive({ values, alive }: CustomerValuation, row: number): number {
  return alive[row]! > 0 ? values[row]! / alive[row]! : 0;
}

function atStakeOf(valuation: CustomerValuation, row: number): number {
  return valueIfAlive(valuation, row) * (1 - valuation.alive[row]!);
}

function rowsOfLabel(labels: ArrayLike<number>, label: number): number[] {
  return Array.from({ length: labels.length }, (_, i) => i).filter((i) => labels[i] === label);
}

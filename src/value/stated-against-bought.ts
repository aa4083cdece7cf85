import { checkNumber, checkSameLength } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import type { Interval } from "../inference/test-result.js";
import { wilsonInterval } from "../inference/wilson-interval.js";
import type { SegmentLabel } from "../segments/profile.js";
import { checkFlags } from "./check-flags.js";

/** What each customer says and does; entry i is customer i. */
export interface StatedValues {
  /** Segment number, −1 for in no segment. */
  readonly labels: ArrayLike<number>;
  /** Answer on any scale of which more is more agreement; NaN for none. */
  readonly stated: ArrayLike<number>;
  /** 1 for who bought the range in question, 0 for who did not. */
  readonly bought: ArrayLike<number>;
}

/** Share of some customers who bought, with its interval. */
export interface BuyerShare {
  readonly buyers: number;
  readonly customers: number;
  /** 0–1; null where there are no customers. */
  readonly share: number | null;
  readonly interval: Interval | null;
}

/** What customers of one segment say, and what they do. */
export interface StatedAndBought extends SegmentLabel {
  /** Customers who answered. */
  readonly answered: number;
  /** Of those who agree. */
  readonly agree: BuyerShare;
  /** Of those who do not. */
  readonly others: BuyerShare;
  /** Customers who agree and have not bought; why not, nobody asked. */
  readonly untapped: number;
}

/**
 * Who says that they care, and who buys: stated values against purchases, for each segment and for all.
 *
 * Wilson intervals. Customers without an answer, and those in no segment, are left out: whoever answers may differ from who does not.
 * O(customers).
 *
 * @param options - `agreesFrom`: least answer that counts as agreement; `level`: default 0.95.
 * @returns One entry per segment in label order, then one of all with the key "all".
 * @throws InputError if lengths differ, a label has no segment or a flag is neither 0 nor 1.
 */
export function statedAgainstBought(
  customers: StatedValues,
  segments: readonly SegmentLabel[],
  options: { readonly agreesFrom: number; readonly level?: number },
): readonly StatedAndBought[] {
  const { labels, stated, bought } = customers;
  const { agreesFrom, level = 0.95 } = options;
  checkNumber("statedAgainstBought", "agreesFrom", agreesFrom);
  checkLabels("statedAgainstBought", labels, labels.length, segments.length);
  checkSameLength("statedAgainstBought", "stated", stated, labels.length, "one per customer");
  checkFlags("statedAgainstBought", "bought", bought, labels.length);
  const answered = Array.from(labels, (_, i) => i).filter((i) => labels[i]! >= 0 && !Number.isNaN(stated[i]));
  const lineOf = (segment: SegmentLabel, rows: readonly number[]): StatedAndBought => {
    const shareOf = (some: readonly number[]) =>
      buyerShare(some.filter((i) => bought[i] === 1).length, some.length, level);
    const agree = shareOf(rows.filter((i) => stated[i]! >= agreesFrom));
    const others = shareOf(rows.filter((i) => stated[i]! < agreesFrom));
    const { key, name } = segment;
    return { key, name, answered: rows.length, agree, others, untapped: agree.customers - agree.buyers };
  };
  return [
    ...segments.map((segment, s) =>
      lineOf(
        segment,
        answered.filter((i) => labels[i] === s),
      ),
    ),
    lineOf({ key: "all", name: "All customers" }, answered),
  ];
}

function buyerShare(buyers: number, customers: number, level: number): BuyerShare {
  if (customers === 0) return { buyers, customers, share: null, interval: null };
  return { buyers, customers, share: buyers / customers, interval: wilsonInterval(buyers, customers, level) };
}

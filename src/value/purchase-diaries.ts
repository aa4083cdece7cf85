import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";

/** Purchases as they stand in a file; entry i is one purchase. Several on one day are one. */
export interface Purchases {
  readonly customers: readonly string[];
  /** Whole days since any fixed day. */
  readonly days: ArrayLike<number>;
  /** Amount, in any one currency; negative for a refund, which is taken off the purchases of that day and before. */
  readonly amounts: ArrayLike<number>;
}

/** What a customer bought on each day. */
export type Diary = ReadonlyMap<number, number>;

/** What customers bought day by day, and what became of their refunds. */
export interface Diaries {
  readonly diaries: ReadonlyMap<string, Diary>;
  /** Days of a customer that refunds ate up: no purchase. */
  readonly refundedDays: number;
  /** Customers who got back more than they had paid. */
  readonly overRefunded: number;
}

/**
 * The days on which each customer bought, up to a day, less refunds.
 *
 * A refund is taken off the purchases of its day, then off those before, latest first; a day whose purchases are eaten up is none.
 *
 * @throws InputError if lengths differ, a day is not whole, or an amount is not finite.
 */
export function diariesOf(caller: string, purchases: Purchases, end: number): Diaries {
  const { customers, days, amounts } = purchases;
  checkSameLength(caller, "days", days, customers.length, "one per purchase");
  checkSameLength(caller, "amounts", amounts, customers.length, "one per purchase");
  const diaries = new Map<string, Map<number, number>>();
  const refunds = new Map<string, Map<number, number>>();
  customers.forEach((customer, i) => {
    const [day, amount] = [days[i]!, amounts[i]!];
    if (!Number.isInteger(day))
      throw new InputError(`${caller}: days must be whole, got ${describeValue(day)} at ${i}`);
    if (!Number.isFinite(amount))
      throw new InputError(`${caller}: amounts must be finite, got ${describeValue(amount)} at ${i}`);
    if (day > end) return;
    const book = amount < 0 ? refunds : diaries;
    const own = book.get(customer) ?? new Map<number, number>();
    own.set(day, (own.get(day) ?? 0) + Math.abs(amount));
    book.set(customer, own);
  });
  const settled = [...refunds].map(([customer, own]) => takeOff(own, diaries.get(customer) ?? new Map()));
  return {
    diaries,
    refundedDays: sum(settled.map(({ eaten }) => eaten)),
    overRefunded: settled.filter(({ left }) => left > 0).length,
  };
}

/** Takes refunds off a diary: the days that are eaten up, and the money that no purchase is left for. */
function takeOff(
  refunds: Diary,
  diary: Map<number, number>,
): { readonly eaten: number; readonly left: number } {
  let [eaten, left] = [0, 0];
  for (const [day, refund] of [...refunds].sort(([a], [b]) => a - b)) {
    const before = [...diary.keys()].filter((on) => on <= day && diary.get(on)! > 0).sort((a, b) => b - a);
    let open = refund;
    for (const on of before) {
      if (open === 0) break;
      const rest = diary.get(on)! - open;
      open = Math.max(0, -rest);
      if (rest > 0) diary.set(on, rest);
      else eaten += Number(diary.delete(on));
    }
    left += open;
  }
  return { eaten, left };
}

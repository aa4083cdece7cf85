import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** Purchases as they stand in a file; entry i is one purchase. Several on one day are one. */
export interface Purchases {
  readonly customers: readonly string[];
  /** Whole days since any fixed day. */
  readonly days: ArrayLike<number>;
  /** Amount, in any one currency; negative for a refund, which is taken off the purchases of that day. */
  readonly amounts: ArrayLike<number>;
}

/** What a customer bought on each day. */
export type Diary = ReadonlyMap<number, number>;

/**
 * The days on which each customer bought, up to a day; a day whose refunds eat up its purchases is none.
 *
 * @throws InputError if lengths differ, a day is not whole, or an amount is not finite.
 */
export function diariesOf(
  caller: string,
  { customers, days, amounts }: Purchases,
  end: number,
): { readonly diaries: ReadonlyMap<string, Diary>; readonly refundedDays: number } {
  checkSameLength(caller, "days", days, customers.length, "one per purchase");
  checkSameLength(caller, "amounts", amounts, customers.length, "one per purchase");
  const bought = new Map<string, Map<number, number>>();
  const refunded: { readonly own: Map<number, number>; readonly day: number }[] = [];
  customers.forEach((customer, i) => {
    const [day, amount] = [days[i]!, amounts[i]!];
    if (!Number.isInteger(day))
      throw new InputError(`${caller}: days must be whole, got ${describeValue(day)} at ${i}`);
    if (!Number.isFinite(amount))
      throw new InputError(`${caller}: amounts must be finite, got ${describeValue(amount)} at ${i}`);
    if (day > end) return;
    const own = bought.get(customer) ?? new Map<number, number>();
    own.set(day, (own.get(day) ?? 0) + amount);
    bought.set(customer, own);
    if (amount < 0) refunded.push({ own, day });
  });
  const refundedDays = refunded.filter(({ own, day }) => (own.get(day) ?? 1) <= 0 && own.delete(day)).length;
  return { diaries: bought, refundedDays };
}

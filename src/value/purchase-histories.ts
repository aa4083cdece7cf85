import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/**
 * All that the purchase models need to know of each customer; entry i is customer i.
 *
 * Times share one unit, mostly weeks, and count from the customer's own first purchase.
 */
export interface PurchaseHistories {
  /** Purchases after the first one, in whole numbers; purchases on one day are one. */
  readonly repeats: ArrayLike<number>;
  /** Time of the last repeat purchase; 0 for who bought once. */
  readonly lastRepeat: ArrayLike<number>;
  /** Time at which the customer was last looked at. */
  readonly observed: ArrayLike<number>;
}

/** Histories that differ, and how many customers share each. */
export interface CountedHistories {
  readonly repeats: Float64Array;
  readonly lastRepeat: Float64Array;
  readonly observed: Float64Array;
  /** Customers with the history. */
  readonly customers: Float64Array;
  /** Index of each customer's history. */
  readonly historyOf: Int32Array;
}

/**
 * Counts equal histories once, so that a fit costs no more for many customers who bought once.
 *
 * @throws InputError naming the first customer whose history cannot be: repeats that are not whole or below 0, a last repeat
 * after the end of the look, or one without repeats.
 */
export function countHistories(caller: string, histories: PurchaseHistories): CountedHistories {
  const { repeats, lastRepeat, observed } = histories;
  const size = repeats.length;
  checkSameLength(caller, "lastRepeat", lastRepeat, size, "one per customer");
  checkSameLength(caller, "observed", observed, size, "one per customer");
  if (size === 0) throw new InputError(`${caller}: histories must have at least one customer, got none`);
  const order = new Uint32Array(size).map((_, i) => i);
  order.sort(
    (i, j) => repeats[i]! - repeats[j]! || lastRepeat[i]! - lastRepeat[j]! || observed[i]! - observed[j]!,
  );
  const historyOf = new Int32Array(size);
  const first: number[] = [];
  const customers: number[] = [];
  for (const i of order) {
    checkHistory(caller, histories, i);
    const last = first.at(-1);
    const isNew =
      last === undefined ||
      repeats[i] !== repeats[last] ||
      lastRepeat[i] !== lastRepeat[last] ||
      observed[i] !== observed[last];
    if (isNew) first.push(i);
    historyOf[i] = first.length - 1;
    customers[first.length - 1] = (customers[first.length - 1] ?? 0) + 1;
  }
  return {
    repeats: Float64Array.from(first, (i) => repeats[i]!),
    lastRepeat: Float64Array.from(first, (i) => lastRepeat[i]!),
    observed: Float64Array.from(first, (i) => observed[i]!),
    customers: Float64Array.from(customers),
    historyOf,
  };
}

function checkHistory(caller: string, { repeats, lastRepeat, observed }: PurchaseHistories, i: number): void {
  const [x, last, seen] = [repeats[i], lastRepeat[i], observed[i]];
  if (!Number.isInteger(x) || x! < 0)
    throw new InputError(
      `${caller}: repeats must be whole numbers of at least 0, got ${describeValue(x)} at ${i}`,
    );
  if (!(Number.isFinite(seen) && seen! >= 0))
    throw new InputError(
      `${caller}: observed must be 0 or more, got ${describeValue(seen)} at ${i}. Leave out customers who came later`,
    );
  if (x === 0 ? last !== 0 : !(last! > 0 && last! <= seen!))
    throw new InputError(
      `${caller}: lastRepeat must be ${x === 0 ? "0 without repeats" : `above 0 and not after observed (${seen})`}, got ${describeValue(last)} at ${i}`,
    );
}

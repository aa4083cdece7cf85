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
  for (let i = 0; i < size; i++) checkHistory(caller, histories, i);
  const pairs = rankTogether(rankValues(repeats), rankValues(lastRepeat));
  const { ranks: historyOf, count } = rankTogether(pairs, rankValues(observed));
  const first = new Int32Array(count);
  const customers = new Float64Array(count);
  for (let i = size - 1; i >= 0; i--) {
    first[historyOf[i]!] = i;
    customers[historyOf[i]!]! += 1;
  }
  return {
    repeats: valuesAt(first, repeats),
    lastRepeat: valuesAt(first, lastRepeat),
    observed: valuesAt(first, observed),
    customers,
    historyOf,
  };
}

function valuesAt(rows: Int32Array, values: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

/** Place of each value among the different ones, ascending. */
interface Ranks {
  readonly ranks: Int32Array;
  readonly count: number;
}

/** Sorts the bare numbers, which is many times faster than sorting customers by a comparison. */
function rankValues(values: ArrayLike<number>): Ranks {
  const sorted = new Float64Array(values).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i]!;
  const different = sorted.subarray(0, count);
  const ranks = new Int32Array(values.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = placeOf(values[i]!, different);
  return { ranks, count };
}

/** Where a value stands in ascending ones that hold it. */
function placeOf(value: number, ascending: Float64Array): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ranks by the first, then by the second; both are at most the number of customers, so that their product is exact. */
function rankTogether(first: Ranks, second: Ranks): Ranks {
  const both = new Float64Array(first.ranks.length);
  for (let i = 0; i < both.length; i++) both[i] = first.ranks[i]! * second.count + second.ranks[i]!;
  return rankValues(both);
}

/** Every nth of the different histories, with the customers that share each. */
export function everyNth(histories: CountedHistories, n: number): CountedHistories {
  const take = (values: Float64Array) => values.filter((_, i) => i % n === 0);
  const { repeats, lastRepeat, observed, customers, historyOf } = histories;
  return {
    repeats: take(repeats),
    lastRepeat: take(lastRepeat),
    observed: take(observed),
    customers: take(customers),
    historyOf: historyOf.filter((history) => history % n === 0).map((history) => history / n),
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

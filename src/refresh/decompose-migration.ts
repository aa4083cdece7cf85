import { checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** Customers under the old and the new definition; the key of a segment, or null for none. Entry i is one customer. */
export interface ScoredCustomers {
  readonly oldDefinition: readonly (string | null)[];
  readonly newDefinition: readonly (string | null)[];
  /** What each customer counts: money in a unit of one's choice; default 1, which gives sizes. */
  readonly amounts?: ArrayLike<number>;
}

/** All customers of both dates, scored under both definitions. */
export interface ScoredDates {
  /** Customers of both dates with their values of the old date. */
  readonly commonOldData: ScoredCustomers;
  /** The same customers, in the same order, with their values of the new date. */
  readonly commonNewData: ScoredCustomers;
  /** Customers of the old date only. */
  readonly lapsed: ScoredCustomers;
  /** Customers of the new date only. */
  readonly arrived: ScoredCustomers;
}

/** Why one segment is larger or smaller than it was. Parts add up to the change. */
export interface SegmentChange {
  readonly key: string;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** Customers whose values changed. */
  readonly customersChanged: number;
  /** The borders between segments. */
  readonly definitionChanged: number;
  /** Customers who arrived or lapsed. */
  readonly baseChanged: number;
}

/**
 * Parts the change of each segment into what its customers did, what the definition did, and who came and went.
 *
 * Each of the three is switched from old to new alone and together with the others; its part is the mean over all orders (Shapley),
 * so that no order is favoured. Parts are rounded to 2^−20, so that those of whole amounts up to 2^32 add up exactly. O(customers + segments).
 *
 * @returns One entry per key, in the order given; customers of other keys count nowhere.
 * @throws InputError if lists that belong together differ in length.
 * @see Shapley (1953), doi:10.1515/9781400881970-018; Kitagawa (1955), doi:10.1080/01621459.1955.10501299
 */
export function decomposeMigration(dates: ScoredDates, keys: readonly string[]): readonly SegmentChange[] {
  const { commonOldData, commonNewData, lapsed, arrived } = dates;
  for (const [name, group] of Object.entries(dates)) checkGroup(name, group);
  if (commonOldData.oldDefinition.length !== commonNewData.oldDefinition.length)
    throw new InputError(
      `decomposeMigration: commonNewData must hold the customers of commonOldData (${commonOldData.oldDefinition.length}), got ${commonNewData.oldDefinition.length}`,
    );
  const totals = {
    commonOldData: totalsOf(commonOldData),
    commonNewData: totalsOf(commonNewData),
    lapsed: totalsOf(lapsed),
    arrived: totalsOf(arrived),
  };
  return keys.map((key) => {
    const of = (group: keyof ScoredDates, definition: Side) => totals[group][definition].get(key) ?? 0;
    const value: Value = (data, definition, base) =>
      of(data === 0 ? "commonOldData" : "commonNewData", definition) +
      of(base === 0 ? "lapsed" : "arrived", definition);
    const [before, after] = [value(0, 0, 0), value(1, 1, 1)];
    const customersChanged = onGrid(shapley((on, x, y) => value(on, x, y)));
    const definitionChanged = onGrid(shapley((on, x, y) => value(x, on, y)));
    const change = after - before;
    // What is left is the third part: on the grid the sum holds to the last bit.
    const baseChanged = change - customersChanged - definitionChanged;
    return { key, before, after, change, customersChanged, definitionChanged, baseChanged };
  });
}

/** A millionth, as a power of two: whole amounts below 2^32 and parts of them add up exactly in doubles. */
const grid = 2 ** 20;

/** A sixth of a customer has no end in binary; the nearest millionth has one. */
function onGrid(value: number): number {
  return Math.round(value * grid) / grid;
}

/** 0 for the old date, 1 for the new. */
type Side = 0 | 1;
type Value = (data: Side, definition: Side, base: Side) => number;
type Totals = ReadonlyMap<string, number>;

/** Mean gain of switching one of three over all six orders: twice first, twice last, once after each of the others. */
function shapley(value: (on: Side, x: Side, y: Side) => number): number {
  const gain = (x: Side, y: Side) => value(1, x, y) - value(0, x, y);
  return (2 * gain(0, 0) + gain(1, 0) + gain(0, 1) + 2 * gain(1, 1)) / 6;
}

function totalsOf({ oldDefinition, newDefinition, amounts }: ScoredCustomers): readonly [Totals, Totals] {
  return [totalsByKey(oldDefinition, amounts), totalsByKey(newDefinition, amounts)];
}

function totalsByKey(segments: readonly (string | null)[], amounts: ArrayLike<number> | undefined): Totals {
  const totals = new Map<string, number>();
  segments.forEach((key, i) => {
    if (key !== null) totals.set(key, (totals.get(key) ?? 0) + (amounts?.[i] ?? 1));
  });
  return totals;
}

function checkGroup(name: string, { oldDefinition, newDefinition, amounts }: ScoredCustomers): void {
  const size = oldDefinition.length;
  checkSameLength("decomposeMigration", `newDefinition of ${name}`, newDefinition, size, "one per customer");
  if (amounts !== undefined)
    checkSameLength("decomposeMigration", `amounts of ${name}`, amounts, size, "one per customer");
}

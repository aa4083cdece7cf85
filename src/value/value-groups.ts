import { checkLabels } from "../core/check-labels.js";
import { InputError, RunError } from "../core/errors.js";
import { createRandom } from "../core/random.js";
import type { ValueModels } from "./customer-lifetime-value.js";
import type { PurchaseSummary } from "./summarize-purchases.js";
import { takeCustomers } from "./take-customers.js";
import { type CustomerValuation, type ValueOptions, valueCustomers } from "./value-customers.js";

/** Customers valued by models of their groups. */
export interface GroupedValuation extends CustomerValuation {
  /** One per group, the first of them also as `models` where no customer needs those of all; null where the group is too small, or its purchases fix no model: the model of all values it. */
  readonly groupModels: readonly (ValueModels | null)[];
}

/** Customers of a group from which on it is fitted by itself. */
const fewest = 100;

/**
 * Values customers ahead as {@link valueCustomers}, each by the models of their group where the group's purchases fix them.
 *
 * For groups that buy in ways of their own: then one spread of rates over all customers fits none. Groups that were drawn by how
 * often customers buy leave out that rare luck evens out, so values of frequent buyers may be high. O(groups) times the fits.
 *
 * @param labels - Shape (nCustomers,), group of each customer of the summary, −1 for none: the model of all values them.
 * @throws InputError as valueCustomers for all customers together, except that spend may go with frequency over all of them.
 */
export function valueGroups(
  summary: PurchaseSummary,
  labels: ArrayLike<number>,
  groupCount: number,
  options: ValueOptions,
): GroupedValuation {
  checkLabels("valueGroups", labels, summary.keys.length, groupCount);
  const rowsWhere = (isIn: (label: number) => boolean): number[] =>
    Array.from(summary.keys.keys()).filter((row) => isIn(labels[row]!));
  const own = Array.from({ length: groupCount }, (_, group) => {
    const rows = rowsWhere((label) => label === group);
    return {
      rows,
      valuation:
        rows.length < fewest
          ? null
          : valueIfFixed(takeCustomers(summary, rows), { ...options, seed: seedOf(options.seed, group) }),
    };
  });
  const isCovered = own.length > 0 && own.every(({ valuation }) => valuation !== null);
  const needsAll = !isCovered || rowsWhere((label) => label < 0).length > 0;
  // Over all customers spend may well go with frequency: that is what groups are for.
  const together = { ...options, correlationLimit: 1 };
  let all = needsAll ? valueCustomers(summary, together) : blankOf(own[0]!.valuation!, summary);
  for (const { rows, valuation } of own) if (valuation !== null) all = withGroup(all, rows, valuation);
  return { ...all, groupModels: own.map(({ valuation }) => valuation?.models ?? null) };
}

/** A seed of its own: groups that drew the same places of their customers would move together, and sums over them too far. */
function seedOf(seed: number, group: number): number {
  return createRandom(seed)
    .fork(group)
    .below(2 ** 53);
}

/** Room for all customers, to be filled group by group: what fits none together need not be fitted. */
function blankOf(valuation: CustomerValuation, { keys }: PurchaseSummary): CustomerValuation {
  const column = (): Float64Array => new Float64Array(keys.length);
  return {
    ...valuation,
    keys,
    values: column(),
    purchases: column(),
    spend: column(),
    alive: column(),
    low: column(),
    high: column(),
    refits: new Float64Array(keys.length * valuation.fits),
  };
}

/** null where the models refuse the group. */
function valueIfFixed(summary: PurchaseSummary, options: ValueOptions): CustomerValuation | null {
  try {
    return valueCustomers(summary, options);
  } catch (error) {
    if (error instanceof InputError || error instanceof RunError) return null;
    throw error;
  }
}

/** The valuation with the rows of one group in the place of what the model of all says; fits that failed for either are left out. */
function withGroup(
  all: CustomerValuation,
  rows: readonly number[],
  group: CustomerValuation,
): CustomerValuation {
  const size = all.keys.length;
  const fits = Math.min(all.fits, group.fits);
  const refits = all.refits.slice(0, fits * size);
  for (let fit = 0; fit < fits; fit++)
    for (const [i, row] of rows.entries()) refits[fit * size + row] = group.refits[fit * rows.length + i]!;
  const placed = (column: "values" | "purchases" | "spend" | "alive" | "low" | "high"): Float64Array => {
    const values = all[column].slice();
    for (const [i, row] of rows.entries()) values[row] = group[column][i]!;
    return values;
  };
  return {
    ...all,
    values: placed("values"),
    purchases: placed("purchases"),
    spend: placed("spend"),
    alive: placed("alive"),
    low: placed("low"),
    high: placed("high"),
    refits,
    fits,
  };
}

import { checkCount, checkNumber, describeValue } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { InputError } from "../core/errors.js";
import { countText } from "../core/number-text.js";
import { sum } from "../core/sum.js";
import { compareText } from "../core/text-order.js";
import type { SegmentMembership } from "../segments/campaign-response.js";
import type { ItemPurchase } from "../segments/item-baskets.js";
import { type Calendar, type CalendarPeriod, wholePeriods } from "./calendar-periods.js";
import { type DemandForecast, forecastDemand } from "./forecast-demand.js";

/** What a customer took of an item on one day. */
export interface DatedPurchase extends ItemPurchase {
  /** Whole days since 1970-01-01. */
  readonly day: number;
}

/** Demand of one segment for one item, period by period. */
export interface SegmentDemand {
  readonly segment: string;
  readonly name: string;
  readonly item: string;
  /** Customers of the segment who bought it. */
  readonly buyers: number;
  /** Amount of each period, 0 or more. */
  readonly series: readonly number[];
  /** null where fewer customers bought it than asked. */
  readonly forecast: DemandForecast | null;
}

/** What to expect that each segment takes of each item. */
export interface DemandBySegment {
  /** First day of each period of the series, `YYYY-MM-DD`. */
  readonly periods: readonly string[];
  /** Segments in order, items by amount, most first. */
  readonly lines: readonly SegmentDemand[];
  readonly notes: readonly string[];
}

/** What time the purchases cover, and how far to look. */
export interface SegmentDemandOptions {
  /** First and last day that the purchases cover; periods that are not whole within are left out. */
  readonly from: number;
  readonly until: number;
  /** Default `month`, which has a season of 12; `week` has one of 52. */
  readonly period?: CalendarPeriod;
  /** Periods ahead; default a quarter: 3 months or 13 weeks. */
  readonly ahead?: number;
  /** See forecastDemand. */
  readonly starts?: number;
  /** Default 0.9. */
  readonly level?: number;
  /** Lines with fewer buyers have no forecast; default 10. */
  readonly fewestBuyers?: number;
}

/**
 * Demand of the next quarter for each segment and category (or product), each with an interval and its own trial.
 *
 * Amounts are those of the customers who are in the segment now, in the unit of the rows; a period in which more came back than was
 * bought counts as 0. A segment drawn on behaviour of the same time has a trend for that alone. O(rows + lines · periods).
 *
 * @throws InputError if keys and labels differ in length, a label has no segment, a row is not whole or finite, or the time covers too
 * few whole periods.
 * @see forecastDemand
 */
export function demandBySegment(
  rows: Iterable<DatedPurchase>,
  membership: SegmentMembership,
  options: SegmentDemandOptions,
): DemandBySegment {
  const { from, until, period = "month", starts, level, fewestBuyers = 10 } = options;
  const { keys, labels, segments } = membership;
  const { ahead = period === "month" ? 3 : 13 } = options;
  checkCount("demandBySegment", "from", from, 0);
  checkCount("demandBySegment", "until", until, from);
  checkCount("demandBySegment", "fewestBuyers", fewestBuyers, 1);
  checkLabels("demandBySegment", labels, keys.length, segments.length);
  const calendar = wholePeriods(period, from, until);
  const { demands, strangers } = collectDemand(rows, membership, calendar);
  const season = period === "month" ? 12 : 52;
  const totals = new Map<string, number>();
  for (const [item, own] of demands) totals.set(item, sum(own.map(({ series }) => sum(series))));
  const items = [...demands.keys()].sort((a, b) => totals.get(b)! - totals.get(a)! || compareText(a, b));
  let returned = 0;
  const lines = segments.flatMap(({ key, name }, s) =>
    items.map((item): SegmentDemand => {
      const own = demands.get(item)![s]!;
      returned += own.series.filter((value) => value < 0).length;
      const series = Array.from(own.series, (value) => Math.max(0, value));
      const isSeen = own.buyers.size >= fewestBuyers;
      const forecast = isSeen ? forecastDemand(series, { ahead, season, starts, level }) : null;
      return { segment: key, name, item, buyers: own.buyers.size, series, forecast };
    }),
  );
  return { periods: calendar.starts, lines, notes: notesOn({ returned, strangers, fewestBuyers, lines }) };
}

interface Demand {
  readonly series: Float64Array;
  readonly buyers: Set<string>;
}

/** Sums per item, segment and period. */
function collectDemand(
  rows: Iterable<DatedPurchase>,
  { keys, labels, segments }: SegmentMembership,
  { starts, placeOf }: Calendar,
): { readonly demands: ReadonlyMap<string, readonly Demand[]>; readonly strangers: number } {
  const labelOf = new Map(keys.map((key, i) => [key, labels[i]!]));
  const demands = new Map<string, readonly Demand[]>();
  let strangers = 0;
  for (const { customer, item, amount, day } of rows) {
    if (!Number.isInteger(day))
      throw new InputError(
        `demandBySegment: rows must hold whole days, got ${describeValue(day)} for customer "${customer}"`,
      );
    checkNumber("demandBySegment", `amount of customer "${customer}"`, amount);
    const label = labelOf.get(customer) ?? -1;
    const place = placeOf(day);
    if (label < 0) strangers++;
    if (label < 0 || place < 0) continue;
    const known = demands.get(item);
    const own =
      known ?? segments.map(() => ({ series: new Float64Array(starts.length), buyers: new Set<string>() }));
    if (known === undefined) demands.set(item, own);
    own[label]!.series[place]! += amount;
    if (amount > 0) own[label]!.buyers.add(customer);
  }
  return { demands, strangers };
}

function notesOn(found: {
  readonly returned: number;
  readonly strangers: number;
  readonly fewestBuyers: number;
  readonly lines: readonly SegmentDemand[];
}): string[] {
  const told = found.lines.flatMap(({ forecast }) => (forecast === null ? [] : [forecast]));
  const naive = told.filter(({ rule }) => rule !== "model").length;
  const unseen = found.lines.length - told.length;
  return [
    "Demand is that of customers who are in the segment now: a segment drawn on purchases of the same time has a trend for that alone.",
    ...(told.length === 0 || told.some(({ isSeasonal }) => isSeasonal)
      ? []
      : ["The time covered is too short to tell a season: no forecast knows one."]),
    ...(naive === 0
      ? []
      : [
          `For ${countText(naive)} of ${countText(told.length)} lines the model did not beat a naive forecast on held-out periods, which is used instead.`,
        ]),
    ...(unseen === 0
      ? []
      : [`${countText(unseen)} lines have no forecast: fewer than ${found.fewestBuyers} customers bought.`]),
    ...(found.returned === 0
      ? []
      : [`${countText(found.returned)} periods in which more came back than was bought count as 0.`]),
    ...(found.strangers === 0
      ? []
      : [`${countText(found.strangers)} rows belong to customers in no segment and are left out.`]),
  ];
}

import type { DisplayTable } from "../charts/figure.js";
import { percentText } from "../core/number-text.js";
import { sum } from "../core/sum.js";
import type { AssortmentGap } from "../value/assortment-gaps.js";
import type { DemandBySegment } from "../value/demand-by-segment.js";

/** Pairs of segment and category that are shown. */
const mostRows = 12;

/** What segments are expected to take in the months ahead: the largest pairs of segment and category. */
export function demandTable(view: {
  readonly demand: DemandBySegment | null;
  readonly currency: string;
  readonly minorUnits: number;
}): DisplayTable {
  const { demand, currency, minorUnits } = view;
  const told = (demand?.lines ?? []).flatMap(({ forecast, ...line }) =>
    forecast === null ? [] : [{ ...line, forecast }],
  );
  const shown = told.sort((a, b) => b.forecast.total - a.forecast.total).slice(0, mostRows);
  const level =
    shown.length === 0 ? "" : ` From and to: ${percentText(shown[0]!.forecast.interval.level)} interval.`;
  const money = (name: string) => ({ name, unit: currency, digits: 0 });
  return {
    kind: "table",
    caption: "Revenue of the next three months, by segment and category",
    columns: [
      { name: "Segment" },
      { name: "Category" },
      money("A year before"),
      money("Last three months"),
      money("Expected"),
      money("From"),
      money("To"),
      { name: "Forecast" },
    ],
    rows: shown.map(({ name, item, series, forecast: { total, interval, rule } }) => [
      name,
      item,
      series.length < 12 ? null : sum(series.slice(-12, -9)) / minorUnits,
      sum(series.slice(-3)) / minorUnits,
      total / minorUnits,
      interval.low / minorUnits,
      interval.high / minorUnits,
      rule,
    ]),
    note: [`The ${shown.length} largest of ${told.length}.${level}`, ...(demand?.notes ?? [])].join(" "),
  };
}

/** What segments buy less of than customers elsewhere with the same traits. */
export function gapsTable(view: {
  readonly gaps: readonly AssortmentGap[];
  readonly judged: number;
  readonly traits: readonly string[];
  readonly notes: readonly string[];
}): DisplayTable {
  const { gaps, judged, traits, notes } = view;
  const shown = gaps.slice(0, mostRows);
  return {
    kind: "table",
    caption: "Categories that segments buy less of than customers like them",
    columns: [
      { name: "Segment" },
      { name: "Category" },
      { name: "Customers", digits: 0 },
      { name: "Bought it", unit: "%", digits: 0 },
      { name: "Expected", unit: "%", digits: 0 },
      { name: "Gap", unit: "points", digits: 0 },
      { name: "From", unit: "points", digits: 0 },
      { name: "To", unit: "points", digits: 0 },
      { name: "Missing customers", digits: 0 },
    ],
    rows: shown.map(({ name, item, customers, share, expected, gap, interval, missing }) => [
      name,
      item,
      customers,
      100 * share,
      100 * expected,
      100 * gap,
      100 * interval.low,
      100 * interval.high,
      missing,
    ]),
    note: [
      `The ${shown.length} largest of ${judged} pairs judged; at most 5 % of those found are expected to be chance. Alike by: ${traits.join(", ")}.`,
      "Segments drawn on what was bought miss it here for that alone.",
      ...notes,
    ].join(" "),
  };
}

import type { ChartSegment } from "../charts/chart-segment.js";
import type { DecompositionView } from "../charts/decomposition.js";
import type { DriftView } from "../charts/drift.js";
import type { DrawnFlow, SegmentFlowsView } from "../charts/segment-flows.js";
import type { SizesOverTimeView } from "../charts/sizes-over-time.js";
import type { SegmentChange } from "../refresh/decompose-migration.js";
import type { SegmentAtDate, SegmentTransition } from "../refresh/history-query.js";
import type { RefreshRecord } from "../refresh/refresh-record.js";
import { longDate } from "../report/long-date.js";

/** Who went where between any two dates of a history, ready for `charts.segmentFlows`. */
export function transitionsView(
  transitions: readonly SegmentTransition[],
  { from, to }: { readonly from: string; readonly to: string },
): SegmentFlowsView {
  const arrived = { key: "new", name: "New" };
  const gone = { key: "lapsed", name: "Lapsed" };
  const ends = transitions.map((one) => ({
    before: one.from ?? arrived,
    after: one.to ?? gone,
    customers: one.customers,
  }));
  return {
    from: longDate(from),
    to: longDate(to),
    before: sized(ends.map(({ before, customers }) => ({ ...before, customers }))),
    after: sized(ends.map(({ after, customers }) => ({ ...after, customers }))),
    flows: ends.map(({ before, after, customers }) => ({ from: before.key, to: after.key, customers })),
  };
}

/** Each key once, in the order of its first row, with its customers. */
function sized(
  rows: readonly (Omit<ChartSegment, "size"> & { readonly customers: number })[],
): ChartSegment[] {
  const segments = new Map<string, ChartSegment>();
  for (const { key, name, customers } of rows)
    segments.set(key, { key, name, size: (segments.get(key)?.size ?? 0) + customers });
  const last = ["unassigned", "new", "lapsed"];
  const place = ({ key }: ChartSegment): number =>
    last.includes(key) ? 1e9 + last.indexOf(key) : numberOf(key);
  return [...segments.values()].sort((a, b) => place(a) - place(b));
}

/** Keys are `s1`, `s2`, …: in the order in which they were first given. */
function numberOf(key: string): number {
  return Number(key.slice(1));
}

/** Who went where by a refresh, ready for `charts.segmentFlows`; null for a first state. */
export function flowsView({ migration, previous, asOf }: RefreshRecord): SegmentFlowsView | null {
  if (migration === null || previous === null) return null;
  const { rows, columns, counts } = migration.matrix;
  const flows = rows.flatMap((from, i) =>
    columns.flatMap((to, j): DrawnFlow[] => {
      const customers = counts[i]![j]!;
      return customers === 0 ? [] : [{ from: from.key, to: to.key, customers }];
    }),
  );
  const sizeOf = (end: "from" | "to", key: string): number =>
    flows.reduce((sum, flow) => sum + (flow[end] === key ? flow.customers : 0), 0);
  const filled = (segments: typeof rows, end: "from" | "to"): ChartSegment[] =>
    segments.map(({ key, name }) => ({ key, name, size: sizeOf(end, key) })).filter(({ size }) => size > 0);
  return {
    from: longDate(previous.asOf),
    to: longDate(asOf),
    before: filled(rows, "from"),
    after: filled(columns, "to"),
    flows,
  };
}

/** Why segments grew or shrank, in customers, ready for `charts.decomposition`; null for a first state. */
export function decompositionView(record: RefreshRecord): DecompositionView | null {
  if (record.migration === null) return null;
  return { segments: named(record, record.migration.decomposition.customers, 1), unit: "customers" };
}

/** The same in revenue; null where the workbook has no spend. */
export function revenueChangeView(record: RefreshRecord): DecompositionView | null {
  const revenue = record.migration?.decomposition.revenue;
  if (revenue === undefined) return null;
  const { changes, currency, decimals } = revenue;
  return { segments: named(record, changes, 10 ** decimals), unit: currency === "XXX" ? "money" : currency };
}

function named(
  record: RefreshRecord,
  changes: readonly SegmentChange[],
  divisor: number,
): DecompositionView["segments"] {
  const names = new Map([...record.former, ...record.segments].map(({ key, name }) => [key, name]));
  return changes
    .filter(({ before, after }) => before !== 0 || after !== 0)
    .map(({ key, before, after, change, customersChanged, definitionChanged, baseChanged }) => ({
      key,
      name: names.get(key) ?? (key === "unassigned" ? "Unassigned" : key),
      before: before / divisor,
      after: after / divisor,
      change: change / divisor,
      customersChanged: customersChanged / divisor,
      definitionChanged: definitionChanged / divisor,
      baseChanged: baseChanged / divisor,
    }));
}

/** How far numbers moved, ready for `charts.drift`; null where nothing was compared. */
export function driftView({ drift }: RefreshRecord): DriftView | null {
  const features = drift.flatMap(({ label, isDrifting, number }) => {
    const { stabilityIndex, noDriftLimit } = number ?? { stabilityIndex: null, noDriftLimit: null };
    return stabilityIndex === null || noDriftLimit === null
      ? []
      : [{ label, isDrifting, stabilityIndex, noDriftLimit }];
  });
  return features.length === 0 ? null : { features };
}

/** Customers or revenue of the segments over time, ready for `charts.sizesOverTime`. */
export function sizesView(
  sizes: readonly SegmentAtDate[],
  {
    measure = "customers",
    currency = "",
  }: { readonly measure?: "customers" | "revenue"; readonly currency?: string } = {},
): SizesOverTimeView {
  const dates = [...new Set(sizes.map(({ asOf }) => asOf))];
  const segments = sized(sizes.map((size) => ({ key: size.key, name: size.name, customers: 0 })));
  return {
    dates: dates.map(longDate),
    unit: measure === "customers" ? "customers" : currency,
    segments: segments.map(({ key, name }) => ({
      key,
      name,
      values: dates.map(
        (date) => sizes.find((size) => size.asOf === date && size.key === key)?.[measure] ?? null,
      ),
    })),
  };
}

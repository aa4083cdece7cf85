import type { DisplayTable } from "../charts/figure.js";
import { countText } from "../core/number-text.js";
import { suppressGroups } from "../disclosure/suppress-cells.js";
import type { CategoryAffinity } from "../segments/category-affinity.js";
import { markerInWords } from "../segments/marker-words.js";
import type { Profile, SegmentFeature } from "../segments/profile.js";
import type { SlippingAway } from "../segments/slipping-away.js";

/** Each feature by segment in its own unit: the mean of a number, the commonest category with its share. */
export function profileTable(profile: Profile): DisplayTable {
  return {
    kind: "table",
    caption: "Profile: means in original units, and the commonest category",
    columns: [
      { name: "Feature" },
      { name: "Unit" },
      ...profile.segments.map(({ name }) => ({ name, align: "right" as const })),
      { name: "All", align: "right" },
    ],
    rows: profile.total.map((total, j) => [
      total.feature.label,
      total.feature.unit,
      ...profile.segments.map((segment) => shownValue(segment.features[j]!, profile.smallestGroup)),
      shownValue(total, profile.smallestGroup),
    ]),
    note: `Means are over the customers whose value is known; nothing is shown of fewer than ${profile.smallestGroup}, nor what would give it away.`,
  };
}

/** What to do with each segment: the analyst's own line, or that none was written. */
export function actionsTable(
  segments: readonly { readonly key: string; readonly name: string; readonly action: string | null }[],
): DisplayTable {
  return {
    kind: "table",
    caption: "One line for each segment",
    columns: [{ name: "Key" }, { name: "Segment" }, { name: "Action" }],
    rows: segments.map(({ key, name, action }) => [key, name, action ?? "not decided yet"]),
    note: "Names and actions are the analyst's, under names in the workbook file; until then names are suggested from the strongest markers.",
  };
}

function shownValue(
  summary: Profile["total"][number] | SegmentFeature,
  smallestGroup: number,
): string | number | null {
  if (summary.known < smallestGroup) return null;
  if ("isShown" in summary && !summary.isShown) return null;
  if (summary.kind === "number") return summary.mean;
  const top = [...summary.categories].sort((a, b) => b.share - a.share)[0];
  return top && !("isShown" in top && !top.isShown)
    ? `${top.category} (${Math.round(100 * top.share)}\u00a0%)`
    : null;
}

/** What sets each segment apart, strongest first. */
export function markersTable(profile: Profile): DisplayTable {
  return {
    kind: "table",
    caption: "What sets each segment apart",
    columns: [{ name: "Segment" }, { name: "Strongest markers" }, { name: "The customer in the middle" }],
    rows: profile.segments.map(({ name, markers, typical }) => [
      name,
      markers.length === 0
        ? "nothing: close to the average"
        : markers.slice(0, 6).map(markerInWords).join("; "),
      typical.slice(0, 6).join("; "),
    ]),
    note: [profile.markerRule, ...profile.notes].join(" "),
  };
}

/** Size and revenue of each segment. */
export function worthTable(profile: Profile, currency: string): DisplayTable {
  const isShown = suppressGroups(
    profile.segments.map(({ size }) => size),
    Math.max(1, profile.smallestGroup),
  );
  return {
    kind: "table",
    caption: "What the segments are worth",
    columns: [
      { name: "Segment" },
      { name: "Customers", digits: 0 },
      { name: "Share of customers", unit: "%", digits: 1 },
      { name: "Revenue", unit: currency, digits: 0 },
      { name: "Share of revenue", unit: "%", digits: 1 },
      { name: "Revenue per customer", unit: currency },
    ],
    rows: profile.segments.map(({ name, size, share, revenue, revenueShare }, j) => [
      name,
      size,
      100 * share,
      isShown[j] ? revenue : null,
      revenueShare === null || !isShown[j] ? null : 100 * revenueShare,
      revenue === null || size === 0 || !isShown[j] ? null : revenue / size,
    ]),
  };
}

/** What each segment buys clearly more or less of than all customers: the interval of the index leaves out 100. */
export function categoryTable({ cells }: CategoryAffinity, limit: number = 18): DisplayTable {
  const clear = cells
    .filter(({ interval }) => interval !== null && (interval.low > 100 || interval.high < 100))
    .sort((a, b) => Math.abs(Math.log(b.index! / 100)) - Math.abs(Math.log(a.index! / 100)));
  return {
    kind: "table",
    caption:
      clear.length === 0
        ? "No segment buys any category clearly more or less than the others"
        : "Bought clearly more or less than by all customers",
    columns: [
      { name: "Segment" },
      { name: "Category" },
      { name: "Buyers", digits: 0 },
      { name: "Share of the segment's spend", unit: "%", digits: 1 },
      { name: "Index, all customers = 100", digits: 0 },
      { name: "95 % interval", align: "right" },
    ],
    rows: clear
      .slice(0, limit)
      .map(({ name, category, buyers, share, index, interval }) => [
        name,
        category,
        buyers,
        share === null ? null : 100 * share,
        index,
        `${countText(interval!.low)} to ${countText(interval!.high)}`,
      ]),
    note: `${clear.length > limit ? `The ${limit} strongest of ` : ""}${clear.length} pairs whose interval leaves out 100, of ${cells.length} in all.`,
  };
}

/** Valuable customers who have gone quiet, by segment. */
export function slippingTable(slipping: SlippingAway, currency: string): DisplayTable {
  return {
    kind: "table",
    caption: "Who is worth most and slipping away",
    columns: [
      { name: "Segment" },
      { name: "Valuable customers", digits: 0 },
      { name: "Slipping", digits: 0 },
      { name: "Share slipping", unit: "%", digits: 1 },
      { name: "Their spend so far", unit: currency, digits: 0 },
      { name: "Share of the segment's spend", unit: "%", digits: 1 },
      { name: "Not judged", digits: 0 },
    ],
    rows: slipping.segments.map((segment) => [
      segment.name,
      segment.valuable,
      segment.slipping,
      segment.share === null ? null : 100 * segment.share,
      segment.spendAtStake,
      segment.shareOfSpend === null ? null : 100 * segment.shareOfSpend,
      segment.notJudged,
    ]),
    note: `${slipping.definition} Not judged: bought on one day only, so no gap is usual.`,
  };
}

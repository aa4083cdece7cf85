import type { DisplayTable } from "../charts/figure.js";
import { stabilityText } from "../core/number-text.js";
import { verdictText } from "../core/verdict.js";
import type { SegmentOverview } from "../segments/segment-card.js";

/** The segment cards as a table, one row per segment. */
export function overviewTable(overview: SegmentOverview): DisplayTable {
  const hasRevenue = overview.cards.some((card) => card.revenueShare !== null);
  return {
    kind: "table",
    caption: overview.headline,
    columns: [
      { name: "Segment" },
      { name: "Customers" },
      { name: "Share of customers", unit: "%", digits: 1 },
      ...(hasRevenue ? [{ name: "Share of revenue", unit: "%", digits: 1 }] : []),
      { name: "Verdict" },
      { name: "Stability", unit: "0–1", align: "right" as const },
      { name: "What sets them apart" },
      { name: "What to do" },
    ],
    rows: overview.cards.map((card) => [
      card.name,
      card.size,
      100 * card.share,
      ...(hasRevenue ? [card.revenueShare === null ? null : 100 * card.revenueShare] : []),
      verdictText(card.verdict),
      stabilityText(card.stability),
      card.markers.join("; "),
      card.action,
    ]),
    note: overview.method,
  };
}

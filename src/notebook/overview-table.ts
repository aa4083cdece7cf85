import type { DisplayTable } from "../charts/figure.js";
import { stabilityText } from "../core/number-text.js";
import { verdictText } from "../core/verdict.js";
import type { SegmentCard, SegmentOverview } from "../segments/segment-card.js";

/** The segment cards as a table, one row per segment. */
export function overviewTable(overview: SegmentOverview): DisplayTable {
  const hasRevenue = overview.cards.some((card) => card.revenueShare !== null);
  const hasGaps = overview.cards.some((card) => card.separation !== undefined);
  return {
    kind: "table",
    caption: overview.headline,
    columns: [
      { name: "Segment" },
      { name: "Customers" },
      { name: "Share of customers", unit: "%", digits: 1 },
      ...(hasRevenue ? [{ name: "Share of revenue", unit: "%", digits: 1 }] : []),
      { name: "Verdict" },
      { name: "Stability", unit: "0–1, without groups", align: "right" as const },
      ...(hasGaps ? [{ name: "Valley", unit: "0–1, without groups", align: "right" as const }] : []),
      { name: "What sets them apart" },
      { name: "What to do" },
    ],
    rows: overview.cards.map((card) => [
      card.name,
      card.size,
      100 * card.share,
      ...(hasRevenue ? [card.revenueShare === null ? null : 100 * card.revenueShare] : []),
      verdictText(card.verdict),
      besideBand(card.stability, card.stabilityWithoutGroups),
      ...(hasGaps ? [valleyText(card)] : []),
      card.markers.join("; "),
      card.action,
    ]),
    note: [...(overview.cautions ?? []), overview.method].join(" "),
  };
}

function valleyText({ separation }: SegmentCard): string | null {
  return separation ? besideBand(separation.valley, separation.withoutGroups) : null;
}

/** "0.95 (0.38–0.74)": a figure, and in brackets what data without groups give. */
function besideBand(value: number, band: readonly [number, number] | undefined): string {
  const brackets = band ? ` (${band.map(stabilityText).join("–")})` : "";
  return `${stabilityText(value)}${brackets}`;
}

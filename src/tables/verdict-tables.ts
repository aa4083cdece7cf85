import type { DisplayTable } from "../charts/figure.js";
import { countText, stabilityText } from "../core/number-text.js";
import { type SegmentVerdict, verdictText } from "../core/verdict.js";
import type { CardSeparation } from "../segments/segment-card.js";
import type { SampleSizeRule } from "../verdict/judgement.js";

/** A segment with what speaks for and against it. */
export interface JudgedRow {
  readonly name: string;
  readonly size: number;
  readonly verdict: SegmentVerdict;
  readonly reason: string;
  readonly jaccard: number;
  readonly withoutGroups?: readonly [number, number];
  readonly percentile?: number;
  readonly separation?: CardSeparation;
}

/** The verdict on each segment with every figure it rests on, each beside data without groups. */
export function verdictsTable(segments: readonly JudgedRow[]): DisplayTable {
  return {
    kind: "table",
    caption: "How far each segment can be trusted",
    columns: [
      { name: "Segment" },
      { name: "Customers", digits: 0 },
      { name: "Verdict" },
      { name: "Comes back (0–1)", align: "right" },
      { name: "Without groups, 5–95 %", align: "right" },
      { name: "Percentile", unit: "%", digits: 0 },
      { name: "Shallowest valley (1: no gap)", align: "right" },
      { name: "Without groups, 5–95 %", align: "right" },
      { name: "Percentile", unit: "%", digits: 0 },
      { name: "Why" },
    ],
    rows: segments.map(({ name, size, verdict, reason, jaccard, withoutGroups, percentile, separation }) => [
      name,
      size,
      verdictText(verdict),
      stabilityText(jaccard),
      bandText(withoutGroups),
      shareOf(percentile),
      separation ? stabilityText(separation.valley) : null,
      bandText(separation?.withoutGroups),
      shareOf(separation?.percentile),
      reason,
    ]),
    note: "Comes back: mean Jaccard overlap over refits on customers drawn anew, more is surer. Valley: customers between the segment and its nearest neighbour as a share of the lower of the two peaks, less is a clearer gap. Percentile: share of data without groups with a lower figure.",
  };
}

function bandText(band: readonly [number, number] | undefined): string | null {
  return band ? band.map(stabilityText).join("–") : null;
}

function shareOf(percentile: number | undefined): number | null {
  return percentile === undefined ? null : 100 * percentile;
}

/** Published rules on how many customers segments need, the strictest that fails first. */
export function sampleSizeTable(rules: readonly SampleSizeRule[], customers: number): DisplayTable {
  const failed = rules.filter(({ met }) => !met).length;
  return {
    kind: "table",
    caption:
      failed === 0
        ? `${countText(customers)} customers are enough by every rule`
        : `${countText(customers)} customers are too few by ${countText(failed)} of ${countText(rules.length)} rules`,
    columns: [{ name: "Rule" }, { name: "Asks for", digits: 0 }, { name: "Met" }, { name: "Source" }],
    rows: rules.map(({ rule, needed, met, source }) => [rule, needed, met ? "yes" : "no", source]),
    note: "The rules come from simulations of other data; they say when to be careful, not when to stop.",
  };
}

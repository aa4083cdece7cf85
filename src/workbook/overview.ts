import { countText } from "../core/number-text.js";
import type { Assignment } from "../segments/assign.js";
import type { Definition, SegmentVerdict } from "../segments/definition.js";
import { markerInWords } from "../segments/marker-words.js";
import type { Profile } from "../segments/profile.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import type { FoundSegments } from "./find-segments.js";
import type { NamedSegment } from "./named-segment.js";
import type { Workbook } from "./open-workbook.js";

/** All that the overview is made from. */
export interface OverviewParts {
  readonly book: Workbook;
  readonly found: FoundSegments;
  readonly definition: Definition;
  readonly profile: Profile;
  readonly segments: readonly NamedSegment[];
  readonly assignment: Assignment;
}

/** A customer whose own centre is nearer than the next one by less than this share sits on a fence. */
export const fenceMargin = 0.1;

const verdictWords: Readonly<Record<SegmentVerdict, string>> = {
  natural: "clearly fewer customers lie between this segment and its neighbours than inside it",
  reproducible: "found again more often than in data without groups, but without a gap to its neighbour",
  constructive: "comes back when customers are drawn anew; its border is a choice and could be moved",
  "not-supported": "does not come back when customers are drawn anew; do not build on it",
};

/** What a report shows of the segments before anything else. */
export function overviewOf(parts: OverviewParts): SegmentOverview {
  const { book, found, definition, profile, segments } = parts;
  const { config } = book;
  return {
    workbook: config.name,
    asOf: config.asOf,
    customers: profile.customers,
    definitionVersion: definition.version,
    fingerprint: definition.fingerprint,
    headline: headlineOf(parts),
    currency: config.money.currency,
    cards: segments.map((segment, i) => ({
      ...segment,
      verdictWords: verdictWords[segment.verdict],
      stability: segment.jaccard,
      markers: profile.segments[i]!.markers.slice(0, 3).map(markerInWords),
    })),
    method: `${found.countReason} Each dot says how much of a segment comes back, on average, when customers are drawn anew and the segments are searched again. This version compares the count, not each segment, with data without groups, so no segment is called natural.`,
  };
}

function headlineOf({ found, profile, segments, assignment }: OverviewParts): string {
  const fence = assignment.margins.reduce((count, margin) => count + (margin < fenceMargin ? 1 : 0), 0);
  const kinds = (["constructive", "not-supported"] as const)
    .map((verdict) => ({ verdict, count: found.verdicts.filter((one) => one === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict.replace("-", " ")}`);
  const reliable =
    found.recommendedCount === 1
      ? "No reliable segments: the customers look like one group. The cut shown is for orientation. "
      : "";
  const groups = segments.length === 1 ? "1 segment" : `${segments.length} segments`;
  return `${reliable}${countText(profile.customers)} customers in ${groups}: ${kinds.join(", ")}. ${countText(fence)} customers sit on a fence.`;
}

import { countText } from "../core/number-text.js";
import { type SegmentVerdict, verdictText } from "../core/verdict.js";
import type { Assignment } from "../segments/assign.js";
import type { Definition } from "../segments/definition.js";
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
const fenceMargin = 0.1;

const verdictWords: Readonly<Record<SegmentVerdict, string>> = {
  natural: "clearly fewer customers lie between this segment and its neighbours than inside it",
  reproducible: "found again more often than in data without groups, but without a gap to its neighbour",
  constructive: "comes back when customers are drawn anew; its border is a choice and could be moved",
  "not-supported": "does not come back when customers are drawn anew; do not build on it",
};

const everyone = "all customers together: nothing was divided, so nothing could fail to come back";

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
      verdictWords: segments.length === 1 ? everyone : verdictWords[segment.verdict],
      stability: segment.jaccard,
      markers: profile.segments[i]!.markers.slice(0, 3).map(markerInWords),
    })),
    method: `${found.countReason} Stability is how much of a segment comes back, on average, when customers are drawn anew and the segments are searched again. Only the count, not each segment, is compared with data without groups, so no segment is called natural.`,
  };
}

function headlineOf(parts: OverviewParts): string {
  const customers = countText(parts.profile.customers);
  if (parts.segments.length === 1) return `${unreliable(parts.found)}${customers} customers in 1 segment.`;
  return `${unreliable(parts.found)}${customers} customers in ${parts.segments.length} segments, ${kindsOf(parts.found)}. ${fenceOf(parts)}`;
}

/** Says first that the segments cannot be relied on, if so. */
function unreliable({ recommendedCount, verdict, clusterCount }: FoundSegments): string {
  if (recommendedCount === 1)
    return `No reliable segments: the customers look like one group. ${clusterCount === 1 ? "" : "The cut shown is for orientation. "}`;
  return verdict === "no-reliable-segments"
    ? "No reliable segments: those that do not come back hold most customers. "
    : "";
}

function kindsOf({ verdicts }: FoundSegments): string {
  const kinds = (["constructive", "not-supported"] as const)
    .map((verdict) => ({ verdict, count: verdicts.filter((one) => one === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => ({ words: verdictText(verdict), count }));
  return kinds.length === 1
    ? `all ${kinds[0]!.words}`
    : kinds.map(({ words, count }) => `${count} ${words}`).join(", ");
}

function fenceOf({ assignment: { margins } }: OverviewParts): string {
  const count = margins.reduce((sum, margin) => sum + (margin < fenceMargin ? 1 : 0), 0);
  if (count === 0) return "Nobody sits on a fence between two.";
  return count === 1
    ? "1 customer sits on a fence between two."
    : `${countText(count)} customers sit on a fence between two.`;
}

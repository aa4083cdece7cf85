import { countText, percentText } from "../core/number-text.js";
import { type SegmentVerdict, segmentVerdictMeanings, verdictText } from "../core/verdict.js";
import type { Definition } from "../segments/definition.js";
import { markerInWords } from "../segments/marker-words.js";
import type { Profile } from "../segments/profile.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import { ageText, definitionAge, stalenessText } from "../segments/staleness.js";
import { cautionsOf } from "./cautions.js";
import type { FoundSegments } from "./find-segments.js";
import type { NamedSegment } from "./named-segment.js";
import { nothingReliableOf } from "./nothing-reliable.js";
import type { Workbook } from "./open-workbook.js";
import { judgedHow } from "./verdict-method.js";

/** All that the overview is made from. */
export interface OverviewParts {
  readonly book: Workbook;
  readonly found: FoundSegments;
  readonly definition: Definition;
  readonly profile: Profile;
  readonly segments: readonly NamedSegment[];
  /** Sentences that come before what the search says; default none. */
  readonly cautions?: readonly string[];
  /** Whether the definition of another day was kept, so that its count is nobody's choice of today; default false. */
  readonly isKept?: boolean;
}

const everyone = "All customers together: nothing was divided, so nothing could fail to come back.";

/** Said on every card where nothing separates the customers. */
const onlyACut = "The data show no groups: this is one part of a cut through a continuum.";

/** What a report shows of the segments before anything else. */
export function overviewOf(parts: OverviewParts): SegmentOverview {
  const { book, found, definition, profile, segments, cautions = [], isKept = false } = parts;
  const { config } = book;
  const nothingReliable = nothingReliableOf(found);
  return {
    workbook: config.name,
    asOf: config.asOf,
    customers: profile.customers,
    definitionVersion: definition.version,
    fingerprint: definition.fingerprint,
    staleness:
      definition.createdFor === null || definition.createdFor === config.asOf
        ? stalenessText(definition)
        : ageText(definitionAge(definition, config.asOf)),
    headline: headlineOf(parts),
    verdict: found.verdict,
    cautions: [...cautions, ...cautionsOf(found, { segments, features: book.features, isKept })],
    ...(nothingReliable && { nothingReliable }),
    currency: config.money.currency,
    cards: segments.map((segment, i) => cardOf(segment, i, parts)).sort((a, b) => b.size - a.size),
    method: `${found.countReason} ${judgedHow(found)}`.trim(),
  };
}

function cardOf(
  segment: NamedSegment,
  place: number,
  parts: OverviewParts,
): SegmentOverview["cards"][number] {
  return {
    ...segment,
    verdictWords: wordsOf(segment, parts),
    stability: segment.jaccard,
    ...(segment.withoutGroups && { stabilityWithoutGroups: segment.withoutGroups }),
    ...(segment.percentile !== undefined && { stabilityPercentile: segment.percentile }),
    markers: parts.profile.segments[place]!.markers.slice(0, 3).map(markerInWords),
  };
}

function wordsOf({ verdict }: NamedSegment, { found, segments }: OverviewParts): string {
  if (segments.length === 1) return everyone;
  const meaning = segmentVerdictMeanings[verdict];
  return found.recommendedCount === 1 ? `${onlyACut} ${meaning}` : meaning;
}

function headlineOf(parts: OverviewParts): string {
  const { profile, segments, found } = parts;
  const customers = `${countText(profile.customers)} customers`;
  if (found.recommendedCount === 1) {
    const nothing = nothingFound(found);
    if (segments.length === 1) return `${nothing} ${customers} in 1 segment.`;
    return `${nothing} ${customers}, cut into ${segments.length} for orientation: ${kindsOf(found)}. ${fenceOf(parts)}`;
  }
  if (segments.length === 1) return `${customers} in 1 segment.`;
  return `${unreliable(found)}${customers} in ${segments.length} segments: ${kindsOf(found)}. ${fenceOf(parts)}`;
}

/** The verdict's own first sentence, up to its figures. */
function nothingFound({ judgement }: FoundSegments): string {
  const hasContinuum = judgement?.separations.every(({ partsFurther }) => !partsFurther) ?? true;
  return hasContinuum
    ? "No reliable segments: the customers form one continuum on these columns."
    : "No reliable segments: at no count is there a gap between every two.";
}

/** Says first that the segments shown cannot be relied on, though another count could be. */
function unreliable({ verdict, clusterCount, recommendedCount }: FoundSegments): string {
  if (verdict !== "no-reliable-segments") return "";
  return clusterCount === recommendedCount
    ? "Separated, but not reliable: the segments do not come back often enough when customers are drawn anew. "
    : `No reliable segments at ${countText(clusterCount)}; the data support ${countText(recommendedCount)}. `;
}

function kindsOf({ verdicts }: FoundSegments): string {
  const kinds = (Object.keys(segmentVerdictMeanings) as SegmentVerdict[])
    .map((verdict) => ({ verdict, count: verdicts.filter((one) => one === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => ({ words: verdictText(verdict), count }));
  return kinds.length === 1
    ? `all ${kinds[0]!.words}`
    : kinds.map(({ words, count }) => `${count} ${words}`).join(", ");
}

function fenceOf({ found: { fence }, profile }: OverviewParts): string {
  if (fence === null) return "";
  const { list, customers } = fence;
  if (customers < profile.customers && list.length > 0)
    return `${percentText(list.length / customers)} sit on a fence between two.`;
  if (list.length === 0) return "Nobody sits on a fence between two.";
  return list.length === 1
    ? "1 customer sits on a fence between two."
    : `${countText(list.length)} customers sit on a fence between two.`;
}

import { smallestCell } from "../core/privacy.js";
import { suppressGroups } from "../disclosure/suppress-cells.js";
import type { CategoryAffinity } from "../segments/category-affinity.js";
import { explainSegments, type SegmentExplanation } from "../segments/explain-segments.js";
import { markerInWords } from "../segments/marker-words.js";
import { countHidden, profileFacts } from "../segments/profile-facts.js";
import type { BuyFact, RuleFact, SegmentFacts } from "../segments/segment-facts.js";
import { boughtCategories } from "./behaviour.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";

/**
 * What may be told of the segments outside the house: sizes, profile, rules in words, what they buy. Figures of fewer customers than
 * the workbook's `privacy.minimumCell` are left out, and so is whatever would give them away.
 */
export async function segmentFacts(book: Workbook, found: Segmentation): Promise<SegmentFacts> {
  const { profile, definition, overview, segments } = found;
  const table = await book.table();
  const smallestGroup = smallestCell(book.config.privacy);
  const explained = explainSegments(table, found.fit.labels, { segments, smallestGroup });
  const bought = await boughtCategories(book, found);
  const isShown = suppressGroups(
    profile.segments.map(({ size }) => size),
    smallestGroup,
  );
  return {
    fingerprint: definition.fingerprint,
    overview,
    revenueOf: profile.moneyFeature,
    segments: profile.segments.map(({ key, name, size, share, revenue, revenueShare, ...own }, j) => ({
      key,
      name,
      size,
      share,
      revenue: isShown[j] ? revenue : null,
      revenueShare: isShown[j] ? revenueShare : null,
      markers: own.markers.map(markerInWords),
      typical: own.typical,
      rule: segments.length < 2 ? null : ruleOf(explained, key),
      buys: bought === null ? [] : buysOf(bought, key, smallestGroup),
    })),
    features: profileFacts(profile),
    smallestGroup,
    hidden: countHidden(profile),
    privacy: book.config.privacy,
  };
}

function ruleOf(explained: SegmentExplanation, key: string): RuleFact | null {
  const own = explained.segments.find((segment) => segment.key === key);
  if (own === undefined || own.rules.length === 0) return null;
  return { words: own.rules.map(({ words }) => words), found: own.recall, right: own.precision };
}

/** Only what is clear: an index whose interval leaves out 100. */
function buysOf({ cells }: CategoryAffinity, key: string, smallestGroup: number): readonly BuyFact[] {
  return cells
    .filter(({ segment, buyers }) => segment === key && buyers >= smallestGroup)
    .flatMap(({ category, share, index, interval }) => {
      const isClear = interval !== null && (interval.low > 100 || interval.high < 100);
      return isClear && share !== null && index !== null ? [{ category, share, index }] : [];
    })
    .sort((a, b) => Math.abs(Math.log(b.index / 100)) - Math.abs(Math.log(a.index / 100)));
}

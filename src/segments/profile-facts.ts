import type { Profile, SegmentCategory, SegmentNumber } from "./profile.js";
import type { CategoryFact, FeatureFact, NumberFact } from "./segment-facts.js";

/** The figures of a profile that may be seen, a row per number and per category. */
export function profileFacts(profile: Profile): readonly FeatureFact[] {
  return profile.total.flatMap((total, j): readonly FeatureFact[] => {
    const { name, label, unit, role } = total.feature;
    const feature = { name, label, unit, role };
    if (total.kind === "number") {
      const { known, mean, median } = total;
      const own = profile.segments.map(({ features }) => features[j] as SegmentNumber);
      const isKnown = mean !== null && known >= profile.smallestGroup;
      const all = { known, mean: isKnown ? mean : null, median: isKnown ? median : null };
      const fact: NumberFact = {
        kind: "number",
        ...feature,
        all: { ...all, index: 100 },
        segments: own.map(numberFigures),
      };
      return [fact];
    }
    const own = profile.segments.map(({ features }) => features[j] as SegmentCategory);
    return total.categories
      .map(
        ({ category, count, share }, i): CategoryFact => ({
          kind: "category",
          ...feature,
          category,
          all: { count, share, index: 100 },
          segments: own.map(({ categories }) => categoryFigures(categories[i]!)),
        }),
      )
      .filter(({ all }) => all.count >= profile.smallestGroup);
  });
}

/** Figures of a profile that may not be seen. */
export function countHidden(profile: Profile): number {
  return profile.segments
    .flatMap(({ features }) => features)
    .flatMap((own) => (own.kind === "number" ? [own.isShown] : own.categories.map(({ isShown }) => isShown)))
    .filter((isShown) => !isShown).length;
}

function numberFigures({
  known,
  mean,
  median,
  index,
  isShown,
}: SegmentNumber): NumberFact["segments"][number] {
  return isShown && mean !== null ? { known, mean, median, index } : null;
}

function categoryFigures({
  count,
  share,
  index,
  isShown,
}: SegmentCategory["categories"][number]): CategoryFact["segments"][number] {
  return isShown ? { count, share, index } : null;
}

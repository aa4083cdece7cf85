import type {
  CategoryProfile,
  FeatureProfile,
  Marker,
  NumberProfile,
  SegmentCategory,
  SegmentFeature,
  SegmentNumber,
} from "./profile.js";

/** Unit of features that are shares; their differences are read like those of a category. */
export const shareUnit = "share 0–1";

/**
 * What sets a segment apart, strongest first.
 *
 * A number is a marker if its mean differs from that of all by at least 0.5 pooled standard deviations, or by 50 % of it; a share
 * (of a category, or measured as one) if it differs by 0.25, or by 50 % of it and at least 0.05. Either way the difference has to be
 * more than chance would give to as many customers drawn from all (|v-test| of at least 2), so that small segments do not shout.
 *
 * @see Dolnicar, Grün & Leisch (2018), doi:10.1007/978-981-10-8818-6 (0.25 and 50 %); Lebart, Morineau & Piron (1995) for the v-test.
 */
export function findMarkers(
  features: readonly SegmentFeature[],
  total: readonly FeatureProfile[],
  smallestGroup: number,
): readonly Marker[] {
  return features
    .flatMap((own, j): readonly Marker[] => {
      const all = total[j]!;
      if (own.known < smallestGroup || own.known >= all.known) return [];
      if (own.kind === "number") return numberMarkers(own, all as NumberProfile);
      return categoryMarkers(own, all as CategoryProfile);
    })
    .sort((a, b) => b.strength - a.strength);
}

/** The rule of {@link findMarkers} in words, for the report. */
export function markerRule(smallestGroup: number): string {
  return `A marker is a mean at least half a standard deviation or 50 % away from that of all customers, or a share at least 25 percentage points away (or 50 % and 5 points), by more than chance would give to so many customers, known of at least ${smallestGroup} of them.`;
}

function numberMarkers(own: SegmentNumber, all: NumberProfile): readonly Marker[] {
  const { mean, median, index, difference } = own;
  if (mean === null || all.mean === null || all.standardDeviation === null) return [];
  const gap = mean - all.mean;
  const chance = chanceSpread(own.known, all.known, all.standardDeviation ** 2);
  const isFar = own.feature.unit === shareUnit ? isFarShare(mean, all.mean) : isFarNumber(index, difference);
  if (gap === 0 || !isFar || Math.abs(gap) < 2 * chance) return [];
  const strength = difference === null ? 10 : Math.min(10, Math.abs(difference));
  return [
    {
      feature: own.feature,
      category: null,
      direction: gap > 0 ? "above" : "below",
      value: mean,
      total: all.mean,
      median,
      index,
      strength,
    },
  ];
}

function categoryMarkers(own: SegmentCategory, all: CategoryProfile): readonly Marker[] {
  const markers = own.categories.flatMap(({ category, share, index }, j): readonly Marker[] => {
    const total = all.categories[j]!.share;
    const gap = share - total;
    const chance = chanceSpread(own.known, all.known, total * (1 - total));
    if (gap === 0 || !isFarShare(share, total) || Math.abs(gap) < 2 * chance) return [];
    const strength = Math.abs(2 * Math.asin(Math.sqrt(share)) - 2 * Math.asin(Math.sqrt(total)));
    const direction = gap > 0 ? "above" : "below";
    return [
      { feature: own.feature, category, direction, value: share, total, median: null, index, strength },
    ];
  });
  // Where one category is more frequent, another has to be rarer: saying both says it twice.
  const above = markers.filter(({ direction }) => direction === "above");
  return above.length > 0 ? above : markers;
}

function isFarNumber(index: number | null, difference: number | null): boolean {
  if (difference === null || Math.abs(difference) >= 0.5) return true;
  return index !== null && (index >= 150 || index <= 50);
}

function isFarShare(share: number, total: number): boolean {
  const gap = Math.abs(share - total);
  return gap >= 0.25 || (gap >= 0.05 && gap >= 0.5 * total);
}

/** Standard deviation of the mean of `size` customers drawn from `everyone` without replacement. */
function chanceSpread(size: number, everyone: number, variance: number): number {
  return Math.sqrt(((variance / size) * (everyone - size)) / (everyone - 1));
}

import { numberText } from "../core/number-text.js";
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

/** From where on a difference makes a marker. */
export interface MarkerThresholds {
  /** Of a mean, in standard deviations pooled within the segments; default 0.5, "medium" in Cohen's words. */
  readonly difference: number;
  /** Of a mean or a share, as a part of that of all; default 0.5: half as much again, or half as much. */
  readonly ratio: number;
  /** Of a share, 0–1; default 0.25. */
  readonly sharePoints: number;
  /** Smallest difference of a share that the ratio may lift, 0–1; default 0.05. */
  readonly leastPoints: number;
  /** Smallest |v-test|, so that a small segment does not shout; default 2. */
  readonly vTest: number;
}

/** Dolnicar's 25 points and 50 % for shares, half a standard deviation for means. */
export const usualThresholds: MarkerThresholds = {
  difference: 0.5,
  ratio: 0.5,
  sharePoints: 0.25,
  leastPoints: 0.05,
  vTest: 2,
};

/** What decides whether something is a marker. */
export interface MarkerRule {
  readonly thresholds: MarkerThresholds;
  /** A feature known of fewer customers of a segment makes no marker. */
  readonly smallestGroup: number;
}

/**
 * What sets a segment apart, strongest first.
 *
 * A number is a marker if its mean differs from that of all by at least `difference` pooled standard deviations, or by `ratio` of it;
 * a share (of a category, or measured as one) if it differs by `sharePoints`, or by `ratio` of it and at least `leastPoints`. Either
 * way the difference has to be more than chance would give to as many customers drawn from all (`vTest`).
 *
 * @see Dolnicar, Grün & Leisch (2018), doi:10.1007/978-981-10-8818-6 (0.25 and 50 %); Lebart, Morineau & Piron (1995) for the v-test.
 */
export function findMarkers(
  features: readonly SegmentFeature[],
  total: readonly FeatureProfile[],
  rule: MarkerRule,
): readonly Marker[] {
  return features
    .flatMap((own, j): readonly Marker[] => {
      if (own.known < rule.smallestGroup || (own.kind === "number" && !own.isShown)) return [];
      const all = total[j]!;
      return own.kind === "number"
        ? numberMarkers(own, all as NumberProfile, rule.thresholds)
        : categoryMarkers(own, all as CategoryProfile, rule.thresholds);
    })
    .sort((a, b) => b.strength - a.strength);
}

/** The rule of {@link findMarkers} in words, for the report. */
export function markerRuleText({ thresholds, smallestGroup }: MarkerRule): string {
  const { difference, ratio, sharePoints, leastPoints } = thresholds;
  const points = (share: number): string => numberText(100 * share);
  return `A marker is a mean at least ${numberText(difference)} standard deviations or ${points(ratio)} % away from that of all customers, or a share at least ${points(sharePoints)} percentage points away (or ${points(ratio)} % and ${points(leastPoints)} points), by more than chance would give to so many customers, known of at least ${smallestGroup} of them.`;
}

function numberMarkers(own: SegmentNumber, all: NumberProfile, thresholds: MarkerThresholds): Marker[] {
  const { mean, median, index, difference, vTest } = own;
  if (mean === null || all.mean === null || vTest === null) return [];
  const isFar =
    own.feature.unit === shareUnit
      ? isFarShare(mean, all.mean, thresholds)
      : isFarNumber(index, difference, thresholds);
  if (!isFar || Math.abs(vTest) < thresholds.vTest) return [];
  return [
    {
      feature: own.feature,
      category: null,
      direction: mean > all.mean ? "above" : "below",
      value: mean,
      total: all.mean,
      median,
      index,
      strength: difference === null ? 10 : Math.min(10, Math.abs(difference)),
      vTest,
    },
  ];
}

function categoryMarkers(own: SegmentCategory, all: CategoryProfile, thresholds: MarkerThresholds): Marker[] {
  const markers = own.categories.flatMap(
    ({ category, share, index, vTest, isShown }, j): readonly Marker[] => {
      const total = all.categories[j]!.share;
      if (
        !isShown ||
        vTest === null ||
        !isFarShare(share, total, thresholds) ||
        Math.abs(vTest) < thresholds.vTest
      )
        return [];
      const strength = Math.abs(2 * Math.asin(Math.sqrt(share)) - 2 * Math.asin(Math.sqrt(total)));
      const direction = share > total ? "above" : "below";
      return [
        {
          feature: own.feature,
          category,
          direction,
          value: share,
          total,
          median: null,
          index,
          strength,
          vTest,
        },
      ];
    },
  );
  // Where one category is more frequent, another has to be rarer: saying both says it twice.
  const above = markers.filter(({ direction }) => direction === "above");
  return above.length > 0 ? above : markers;
}

function isFarNumber(index: number | null, difference: number | null, thresholds: MarkerThresholds): boolean {
  if (difference === null || Math.abs(difference) >= thresholds.difference) return true;
  return index !== null && Math.abs(index / 100 - 1) >= thresholds.ratio;
}

function isFarShare(share: number, total: number, thresholds: MarkerThresholds): boolean {
  const gap = Math.abs(share - total);
  if (gap >= thresholds.sharePoints) return true;
  return gap >= thresholds.leastPoints && gap >= thresholds.ratio * total;
}

import { numberText, percentText, quantityText } from "../core/number-text.js";
import type { SegmentFeature } from "./profile.js";
import { shareUnit } from "./profile-markers.js";

/**
 * The typical customer of a segment: medians and most frequent categories, one phrase per known feature.
 *
 * Made feature by feature and rounded to two significant digits, so that it describes many and is nobody's row; a feature known of
 * fewer than `smallestGroup` customers says nothing.
 */
export function typicalCustomer(
  features: readonly SegmentFeature[],
  smallestGroup: number,
): readonly string[] {
  return features.flatMap((own): readonly string[] => {
    if (own.known < Math.max(1, smallestGroup)) return [];
    if (own.kind === "number")
      return [`${own.feature.label}: ${valueText(Number(own.median!.toPrecision(2)), own.feature.unit)}`];
    const top = own.categories.reduce((best, next) => (next.count > best.count ? next : best));
    return top.isShown ? [`${own.feature.label}: ${top.category} (${percentText(top.share)})`] : [];
  });
}

/** A value with its unit: "46 years", "12 %", "3.2 (score 1–5)". */
function valueText(value: number, unit: string): string {
  if (unit === shareUnit) return percentText(value);
  if (/\d/.test(unit)) return `${numberText(value)} (${unit})`;
  return unit === "" ? numberText(value) : quantityText(value, unit);
}

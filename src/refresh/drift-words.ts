import { numberText, percentText, quantityText } from "../core/number-text.js";
import type { DriftedCategory, DriftTest, FeatureDrift } from "./drift-record.js";

/** What became of a feature, in one sentence; figures come from the comparison, and what does not hold is not said. */
export function driftSentence(drift: Omit<FeatureDrift, "sentence">): string {
  const { label, tests, missingBefore, missingAfter } = drift;
  if (tests.length === 0) return `${label}: ${nothingToCompare(missingBefore, missingAfter)}.`;
  if (missingAfter === 1) return `${label}: no customer has a value any more.`;
  if (missingBefore === 1)
    return `${label}: no customer had a value before, ${percentText(1 - missingAfter)} do now.`;
  const found = tests.filter(({ isDrifting }) => isDrifting);
  if (found.length > 0)
    return `${label} drifted: ${[...new Set(found.map((test) => phrase(test, drift)))].join("; ")}.`;
  const isSignificant = tests.some(({ adjustedPValue }) => adjustedPValue < 0.05);
  return isSignificant
    ? `${label} moved by less than what counts as drift: ${sizes(drift)}.`
    : `${label} did not drift: ${sizes(drift)}.`;
}

function nothingToCompare(missingBefore: number, missingAfter: number): string {
  if (missingBefore === 1 && missingAfter === 1) return "no customer has a value at either date";
  return "every customer has the same value at both dates";
}

function phrase({ name, adjustedPValue }: DriftTest, drift: Omit<FeatureDrift, "sentence">): string {
  const { number, category, missingBefore, missingAfter } = drift;
  switch (name) {
    case "stability-index":
    case "kolmogorov-smirnov":
      return `${shapeWords(drift)}, median ${middleWords(drift)}${rangeWords(number?.outOfRange ?? 0)}`;
    case "categories":
      return `its mix changed, Cramér's V ${numberText(category?.cramersV ?? 0)} (adjusted p ${pText(adjustedPValue)})`;
    case "missing":
      return `no value for ${percentText(missingBefore)} of the customers before and ${percentText(missingAfter)} now`;
    case "unseen":
      return `${percentText(category?.unseenShare ?? 0)} of the customers have a category that the baseline does not have${listWords(category?.unseen ?? [])}`;
  }
}

function shapeWords({ number }: Omit<FeatureDrift, "sentence">): string {
  const { stabilityIndex, noDriftLimit, wasserstein } = number!;
  const index =
    stabilityIndex === null
      ? []
      : [
          `stability index ${numberText(stabilityIndex)} (below ${numberText(noDriftLimit!)} in 95 of 100 cases without drift)`,
        ];
  const distance =
    wasserstein === null
      ? "the baseline had one value only"
      : `${quantityText(wasserstein, "standard deviations")} apart`;
  return [...index, distance].join(", ");
}

function middleWords({ number, unit }: Omit<FeatureDrift, "sentence">): string {
  return `${numberText(number!.medianBefore)} → ${quantityText(number!.medianAfter, unit)}`.trim();
}

function rangeWords(outOfRange: number): string {
  return outOfRange < 0.01
    ? ""
    : `, ${percentText(outOfRange)} of the values outside the range of the baseline`;
}

function sizes(drift: Omit<FeatureDrift, "sentence">): string {
  const { number, category, missingBefore, missingAfter } = drift;
  const parts = [
    ...(number === null ? [] : [shapeWords(drift)]),
    ...(category === null || category.cramersV === null
      ? []
      : [`Cramér's V ${numberText(category.cramersV)}`]),
    ...(missingBefore === missingAfter
      ? []
      : [`without a value ${percentText(missingBefore)} → ${percentText(missingAfter)}`]),
  ];
  // A category that everybody with a value has, and as many without one as before.
  return parts.length === 0 ? "every customer with a value has the same at both dates" : parts.join(", ");
}

function listWords(categories: readonly DriftedCategory[]): string {
  if (categories.length === 0) return "";
  const shown = categories.slice(0, 5).map(({ category }) => JSON.stringify(category));
  return ` (${shown.join(", ")}${categories.length > 5 ? ` and ${categories.length - 5} more` : ""})`;
}

function pText(value: number): string {
  return value < 0.001 ? "below 0.001" : numberText(value);
}

import { numberText, percentText, quantityText } from "../core/number-text.js";

/** A value as a sentence says it: a share as per cent, a score bare, anything else with its unit. */
export function valueText(value: number, unit: string | undefined): string {
  if (unit?.startsWith("share")) return percentText(value);
  return unit === undefined || isBare(unit) ? numberText(value) : quantityText(value, unit);
}

/** Two values of one unit, the unit said once: `5 to 10 orders`. */
export function rangeText(low: number, high: number, unit: string | undefined): string {
  const first = unit?.startsWith("share") ? percentText(low) : numberText(low);
  return `${first} to ${valueText(high, unit)}`;
}

/** A quantity with its unit in brackets: `Days since last purchase (days)`; without a unit, or where it is the name itself, the name alone. */
export function withUnit(label: string, unit: string | undefined): string {
  return !unit || unit === label.toLowerCase() ? label : `${label} (${unit})`;
}

function isBare(unit: string): boolean {
  return unit === "" || /^(?:score|band)/.test(unit);
}

import type { Feature } from "../core/feature.js";
import { exactText } from "../core/number-text.js";
import { shareUnit } from "./profile-markers.js";

/** A range of one feature. */
export interface RuleCondition {
  readonly feature: Feature;
  /** The value has to be greater; null: no limit below. */
  readonly above: number | null;
  /** The value has to be this or less; null: no limit above. */
  readonly atMost: number | null;
  /** Whether all known values are whole numbers, so that "above 5" may be said as "6 or more". */
  readonly isWhole: boolean;
}

/** Conditions as a person reads them: "days since last purchase ≤ 45 and orders ≥ 6". */
export function ruleInWords(conditions: readonly RuleCondition[]): string {
  return conditions.length === 0 ? "everybody else" : conditions.map(conditionInWords).join(" and ");
}

function conditionInWords({ feature, above, atMost, isWhole }: RuleCondition): string {
  const name = lowerFirst(feature.label);
  const from = isWhole && above !== null ? Math.floor(above) + 1 : above;
  const to = isWhole && atMost !== null ? Math.floor(atMost) : atMost;
  const unit = unitOf(feature);
  if (from !== null && to !== null) {
    if (isWhole && from === to) return `${name} = ${amount(to, feature)}${unit}`;
    return `${amount(from, feature)} ${isWhole ? "≤" : "<"} ${name} ≤ ${amount(to, feature)}${unit}`;
  }
  if (to !== null) return `${name} ≤ ${amount(to, feature)}${unit}`;
  return `${name} ${isWhole ? "≥" : ">"} ${amount(from!, feature)}${unit}`;
}

function amount(value: number, { unit }: Feature): string {
  return unit === shareUnit ? `${exactText(Number((100 * value).toPrecision(12)))} %` : exactText(value);
}

/** The unit after the number, unless it is in the name already or says no more than a scale. */
function unitOf({ unit, label }: Feature): string {
  const isSaid = label.toLowerCase().includes(unit.split(" ")[0]!.toLowerCase());
  return unit === "" || unit === shareUnit || /\d/.test(unit) || isSaid ? "" : ` ${unit}`;
}

/** "Orders" within a sentence is "orders"; "RFM score" stays. */
function lowerFirst(label: string): string {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

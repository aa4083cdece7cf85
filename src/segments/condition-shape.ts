import { describeValue } from "../core/check.js";
import { comparisonWords } from "./compile-condition.js";

/** Conditions deeper than this are refused, so that no reader of a definition needs a deep stack. */
export const deepestCondition = 32;

/**
 * What keeps a value from being a condition, as the end of a message; undefined if nothing does.
 *
 * @param place - Path of the member, such as `model.rules.0.when`.
 */
export function conditionFault(value: unknown, place: string, depth: number = 1): string | undefined {
  if (depth > deepestCondition)
    return `${place} must be at most ${deepestCondition} conditions deep, got a deeper one`;
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return `${place} must be a condition, got ${describeValue(value)}`;
  const members = Object.keys(value).sort().join(" ");
  const condition = value as Record<string, unknown>;
  const inner = (member: string, at: string): string | undefined =>
    conditionFault(condition[member], at, depth + 1);
  switch (members) {
    case "all":
    case "any":
      return listFault(condition[members], `${place}.${members}`, (item, at) =>
        conditionFault(item, at, depth + 1),
      );
    case "not":
      return inner("not", `${place}.not`);
    case "feature is value":
    case "is score value":
      return comparisonFault(condition, place);
    case "feature in":
    case "in score":
      return nameFault(condition, place) ?? listFault(condition.in, `${place}.in`, plainFault);
    case "feature isMissing":
    case "isMissing score":
      return (
        nameFault(condition, place) ??
        (condition.isMissing === true
          ? undefined
          : `${place}.isMissing must be true, got ${describeValue(condition.isMissing)}`)
      );
    case "of segment":
      return ["of", "segment"]
        .map((member) => textFault(condition[member], `${place}.${member}`))
        .find(Boolean);
    default:
      return `${place} must have the members of one condition (all; any; not; feature or score with is and value, with in, or with isMissing; segment and of), got ${members || "none"}`;
  }
}

function comparisonFault(condition: Record<string, unknown>, place: string): string | undefined {
  if (!comparisonWords.some((word) => word === condition.is))
    return `${place}.is must be one of ${comparisonWords.join(" ")}, got ${describeValue(condition.is)}`;
  const { value } = condition;
  const isDay = value !== null && typeof value === "object" && Object.keys(value).join() === "daysBeforeAsOf";
  if (!isDay) return nameFault(condition, place) ?? plainFault(value, `${place}.value`);
  const days = (value as { readonly daysBeforeAsOf: unknown }).daysBeforeAsOf;
  const isCount = Number.isInteger(days) && Math.abs(days as number) <= longestSpan;
  if (!isCount)
    return `${place}.value.daysBeforeAsOf must be a whole number from -${longestSpan} to ${longestSpan}, got ${describeValue(days)}`;
  return nameFault(condition, place);
}

/** A hundred years, in days. */
const longestSpan = 36_525;

function nameFault(condition: Record<string, unknown>, place: string): string | undefined {
  const member = "feature" in condition ? "feature" : "score";
  return textFault(condition[member], `${place}.${member}`);
}

function textFault(value: unknown, place: string): string | undefined {
  return typeof value === "string" ? undefined : `${place} must be a text, got ${describeValue(value)}`;
}

function plainFault(value: unknown, place: string): string | undefined {
  if (typeof value === "string" || Number.isFinite(value)) return undefined;
  return `${place} must be a finite number or a text, got ${describeValue(value)}`;
}

function listFault(
  value: unknown,
  place: string,
  faultOf: (item: unknown, place: string) => string | undefined,
): string | undefined {
  if (!Array.isArray(value)) return `${place} must be a list, got ${describeValue(value)}`;
  for (const [i, item] of value.entries()) {
    const fault = faultOf(item, `${place}.${i}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

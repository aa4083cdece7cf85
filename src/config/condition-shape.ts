import { describeValue } from "../core/check.js";
import type { KeyPath } from "./workbook-document.js";

/** What keeps a value from being a condition, and where. */
export interface ConditionFault {
  readonly path: KeyPath;
  readonly must: string;
  readonly got: string;
}

/** Conditions deeper than this are refused, so that no reader of a definition needs a deep stack. */
export const deepestCondition = 32;

/** The six comparisons of a condition. */
export const comparisonWords: readonly string[] = ["<", "<=", ">", ">=", "=", "!="];

/** A hundred years, in days. */
const longestSpan = 36_525;

/** The first thing that keeps a value from having the shape of a condition; undefined if nothing does. */
export function conditionFault(value: unknown, path: KeyPath, depth: number = 1): ConditionFault | undefined {
  if (depth > deepestCondition)
    return { path, must: `be at most ${deepestCondition} conditions deep`, got: "a deeper one" };
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return { path, must: "be a condition", got: describeValue(value) };
  const condition = value as Record<string, unknown>;
  const deeper = (item: unknown, at: KeyPath): ConditionFault | undefined =>
    conditionFault(item, at, depth + 1);
  const members = Object.keys(condition).sort().join(" ");
  switch (members) {
    case "all":
    case "any":
      return listFault(condition[members], [...path, members], deeper);
    case "not":
      return deeper(condition.not, [...path, "not"]);
    case "feature is value":
    case "is score value":
      return nameFault(condition, path) ?? comparisonFault(condition, path);
    case "feature in":
    case "in score":
      return nameFault(condition, path) ?? listFault(condition.in, [...path, "in"], plainFault);
    case "feature isMissing":
    case "isMissing score":
      return nameFault(condition, path) ?? trueFault(condition.isMissing, [...path, "isMissing"]);
    case "of segment":
      return textFault(condition.segment, [...path, "segment"]) ?? textFault(condition.of, [...path, "of"]);
    default:
      return {
        path,
        must: "have the members of one condition (all; any; not; feature or score with is and value, with in, or with isMissing; segment and of)",
        got: members || "none",
      };
  }
}

function comparisonFault({ is, value }: Record<string, unknown>, path: KeyPath): ConditionFault | undefined {
  if (!comparisonWords.includes(is as string))
    return { path: [...path, "is"], must: `be one of ${comparisonWords.join(" ")}`, got: describeValue(is) };
  const isDay = value !== null && typeof value === "object" && Object.keys(value).join() === "daysBeforeAsOf";
  if (!isDay) return plainFault(value, [...path, "value"]);
  const days = (value as { readonly daysBeforeAsOf: unknown }).daysBeforeAsOf;
  if (Number.isInteger(days) && Math.abs(days as number) <= longestSpan) return undefined;
  return {
    path: [...path, "value", "daysBeforeAsOf"],
    must: `be a whole number from -${longestSpan} to ${longestSpan}`,
    got: describeValue(days),
  };
}

function nameFault(condition: Record<string, unknown>, path: KeyPath): ConditionFault | undefined {
  const member = "feature" in condition ? "feature" : "score";
  return textFault(condition[member], [...path, member]);
}

function textFault(value: unknown, path: KeyPath): ConditionFault | undefined {
  return typeof value === "string" ? undefined : { path, must: "be a text", got: describeValue(value) };
}

function trueFault(value: unknown, path: KeyPath): ConditionFault | undefined {
  return value === true ? undefined : { path, must: "be true", got: describeValue(value) };
}

function plainFault(value: unknown, path: KeyPath): ConditionFault | undefined {
  if (typeof value === "string" || Number.isFinite(value)) return undefined;
  return { path, must: "be a finite number or a text", got: describeValue(value) };
}

function listFault(
  value: unknown,
  path: KeyPath,
  faultOf: (item: unknown, path: KeyPath) => ConditionFault | undefined,
): ConditionFault | undefined {
  if (!Array.isArray(value)) return { path, must: "be a list", got: describeValue(value) };
  for (const [i, item] of value.entries()) {
    const fault = faultOf(item, [...path, i]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

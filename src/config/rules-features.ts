import type { RulesConfig } from "./rules-config.js";

/** How rules read a feature. */
export type RuleFeatureType = "number" | "category" | "date";

/**
 * The features that declared rules read, in order, and as what: a feature compared with a day, or with a text by its order, is a
 * date; one compared with a text is a category; all others are numbers. Conditions must have the right shape.
 */
export function featuresOfRules({
  rfm,
  tiers,
  segments = [],
  scores = [],
}: RulesConfig): ReadonlyMap<string, RuleFeatureType> {
  const numbers = [
    ...(rfm === undefined ? [] : [rfm.recency, rfm.frequency, rfm.monetary]),
    ...(tiers === undefined ? [] : [tiers.feature]),
    ...scores.map(({ feature }) => feature),
  ];
  const types = new Map<string, RuleFeatureType>(numbers.map((name) => [name, "number"]));
  for (const { when } of segments) readCondition(when as WrittenCondition, types);
  return types;
}

/** Any condition: which members it has says of which kind it is. */
interface WrittenCondition {
  readonly all?: readonly WrittenCondition[];
  readonly any?: readonly WrittenCondition[];
  readonly not?: WrittenCondition;
  readonly feature?: string;
  readonly is?: string;
  readonly value?: number | string | object;
  readonly in?: readonly (number | string)[];
}

function readCondition(condition: WrittenCondition, types: Map<string, RuleFeatureType>): void {
  const { all = [], any = [], not, feature } = condition;
  for (const inner of [...all, ...any, ...(not === undefined ? [] : [not])]) readCondition(inner, types);
  if (feature === undefined) return;
  const known = types.get(feature);
  const type = typeIn(condition);
  // What says more wins: a date is compared like a category too, and isMissing says nothing.
  if (known === undefined || known === "number" || type === "date")
    types.set(feature, type ?? known ?? "number");
}

function typeIn({ is = "", value, in: members = [] }: WrittenCondition): RuleFeatureType | undefined {
  if (typeof value === "object") return "date";
  if (typeof value === "string") return is === "=" || is === "!=" ? "category" : "date";
  if (typeof members[0] === "string") return "category";
  return value === undefined && members.length === 0 ? undefined : "number";
}

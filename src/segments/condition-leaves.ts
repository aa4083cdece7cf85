import type { Condition } from "./condition.js";

/** A condition without parts. */
export type ConditionLeaf = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;

/** A condition on a feature itself. */
export type FeatureLeaf = Extract<Condition, { readonly feature: string }>;

/** The conditions without parts that a condition is made of, in order, repeats included. */
export function leavesOf(condition: Condition): readonly ConditionLeaf[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  return "not" in condition ? leavesOf(condition.not) : [condition];
}

/** Those of them that ask for features themselves, not for scores or segments. */
export function featureLeavesOf(condition: Condition): readonly FeatureLeaf[] {
  return leavesOf(condition).filter((leaf): leaf is FeatureLeaf => "feature" in leaf);
}

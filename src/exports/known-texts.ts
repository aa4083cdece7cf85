import type { Condition } from "../segments/condition.js";
import type { Definition } from "../segments/definition.js";

/** The texts that the rules of a definition and of those nested in it compare a feature with, per feature. */
export function knownTexts(definition: Definition): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  collect(definition, (feature, text) => {
    found.set(feature, (found.get(feature) ?? new Set()).add(text));
  });
  return found;
}

type Take = (feature: string, text: string) => void;

function collect({ model, nested }: Definition, take: Take): void {
  if (model.kind === "rules") for (const { when } of model.rules) collectFrom(when, take);
  for (const inner of nested) collect(inner, take);
}

function collectFrom(condition: Condition, take: Take): void {
  if ("all" in condition) for (const inner of condition.all) collectFrom(inner, take);
  else if ("any" in condition) for (const inner of condition.any) collectFrom(inner, take);
  else if ("not" in condition) collectFrom(condition.not, take);
  else if ("feature" in condition && !("isMissing" in condition))
    for (const value of "in" in condition ? condition.in : [condition.value])
      if (typeof value === "string") take(condition.feature, value);
}

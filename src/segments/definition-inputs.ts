import { featureLeavesOf } from "./condition-leaves.js";
import type { Definition } from "./definition.js";

/** A column that a definition needs to place a customer. */
export interface DefinitionInput {
  /** Of the feature and of the column. */
  readonly name: string;
  /** A date is a text `YYYY-MM-DD`. */
  readonly type: "number" | "text" | "date";
}

/**
 * The columns that a definition reads, each once: of k-means the recipe's steps, in order; of rules what the scores read, then
 * what the rules mention, then what the definitions need whose segments they refer to.
 */
export function inputsOf(definition: Definition): readonly DefinitionInput[] {
  return [...collectInputs(definition).values()];
}

function collectInputs(definition: Definition): ReadonlyMap<string, DefinitionInput> {
  const { model, recipe, nested } = definition;
  if (model.kind === "kmeans-lattice")
    return new Map(recipe.steps.map(({ feature }) => [feature, { name: feature, type: "number" }]));
  const names = [
    ...model.scores.map(({ feature }) => feature),
    ...model.rules.flatMap(({ when }) => featureLeavesOf(when).map(({ feature }) => feature)),
  ];
  const types = new Map(definition.features.map(({ name, type }) => [name, type]));
  const own = names.map((name): [string, DefinitionInput] => {
    const type = types.get(name);
    return [name, { name, type: type === "category" ? "text" : (type ?? "number") }];
  });
  return new Map([...own, ...nested.flatMap((inner) => [...collectInputs(inner)])]);
}

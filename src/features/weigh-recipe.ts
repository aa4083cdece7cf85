import { numberText } from "../core/number-text.js";
import type { Recipe, RecipeStep } from "./recipe.js";

/**
 * A recipe in which columns count by weight, folded into their scale: whoever executes it weighs alike, with no other constant.
 *
 * @param weights - Column → share of the largest weight, 0…1, from `weighColumns`; a column of weight 0 loses its step.
 */
export function weighRecipe(recipe: Recipe, weights: ReadonlyMap<string, number>): Recipe {
  return {
    ...recipe,
    steps: recipe.steps.flatMap((step) => weighStep(step, weights.get(step.feature)!)),
    notes: [...recipe.notes, ...weightNotes(weights)],
  };
}

/** No step where nothing is left of a column. */
function weighStep(step: RecipeStep, weight: number): readonly RecipeStep[] {
  return weight === 0 ? [] : [{ ...step, scale: step.scale / Math.sqrt(weight) }];
}

function weightNotes(weights: ReadonlyMap<string, number>): readonly string[] {
  const dropped = [...weights].filter(([, weight]) => weight === 0);
  const lighter = new Map<string, string[]>();
  for (const [name, weight] of weights)
    if (weight > 0 && weight < 1)
      lighter.set(numberText(weight), [...(lighter.get(numberText(weight)) ?? []), name]);
  const listed = [...lighter].map(([weight, names]) => `${weight} for ${names.join(", ")}`).join("; ");
  return [
    ...dropped.map(([name]) => `Left out ${name}: its weight is 0`),
    ...(lighter.size === 0
      ? []
      : [
          `Squared differences count by weight, folded into the scale (standard deviation / √weight): ${listed}; 1 for any other feature`,
        ]),
  ];
}

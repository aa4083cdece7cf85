import { conditionWords } from "../segments/condition-words.js";
import {
  type Definition,
  type KMeansDefinition,
  latticeSteps,
  type RulesDefinition,
} from "../segments/definition.js";
import type { Sheet } from "./excel-sheet.js";

/** What the definition knows of its features. */
export function featuresSheet({ features }: Definition): Sheet {
  return {
    name: "Features",
    columns: [
      { name: "Name", width: 28 },
      { name: "Called", width: 32 },
      { name: "Unit", width: 18 },
      { name: "Type", width: 10 },
      { name: "Role", width: 11 },
      { name: "Meaning", width: 60 },
      { name: "Source", width: 14 },
      { name: "Days that count", width: 16 },
    ],
    rows: features.map(({ name, label, unit, type, role, meaning, source = "", window = "" }) => [
      name,
      label,
      unit,
      type,
      role,
      meaning,
      source,
      window,
    ]),
  };
}

/** How a customer is placed: the recipe with the centres, or the rules. */
export function modelSheets(definition: Definition): readonly Sheet[] {
  const { model } = definition;
  switch (model.kind) {
    case "kmeans-lattice":
      return [recipeSheet({ ...definition, model })];
    case "rules":
      return rulesModelSheets({ ...definition, model });
  }
}

function recipeSheet({ recipe, model, segments }: KMeansDefinition): Sheet {
  return {
    name: "Recipe",
    columns: [
      { name: "Feature", width: 28 },
      { name: "Missing becomes", width: 16 },
      { name: "When missing", width: 12 },
      { name: "Transform", width: 12 },
      { name: "Mean", width: 14 },
      { name: "Standard deviation", width: 14 },
      ...segments.map(({ name }) => ({
        name: `Centre of ${name}, standard deviations from the mean`,
        width: 18,
      })),
    ],
    rows: recipe.steps.map(({ feature, impute, whenMissing, transform, centre, scale }, j) => [
      feature,
      impute,
      whenMissing,
      transform,
      centre,
      scale,
      ...model.centres.map((own) => own[j]! / latticeSteps),
    ]),
  };
}

function rulesModelSheets({ model, segments, fallback }: RulesDefinition): readonly Sheet[] {
  const nameOf = (key: string): string => segments.find((one) => one.key === key)?.name ?? key;
  const rules: Sheet = {
    name: "Rules",
    columns: [
      { name: "Order", style: "count" },
      { name: "Segment", width: 26 },
      { name: "Where (the first that holds decides)", width: 90 },
    ],
    rows: [
      ...model.rules.map(({ segment, when }, i) => [i + 1, nameOf(segment), conditionWords(when)]),
      [null, fallback.name, "everybody else"],
    ],
  };
  if (model.scores.length === 0) return [rules];
  const scores: Sheet = {
    name: "Scores",
    columns: [
      { name: "Score", width: 20 },
      { name: "Of", width: 26 },
      { name: "Above these a score more", width: 50 },
      { name: "Best is", width: 10 },
      { name: "When missing", style: "count", width: 14 },
      { name: "Cut anew within", width: 20 },
    ],
    rows: model.scores.map(({ name, feature, cuts, highIsGood, whenMissing, within }) => [
      name,
      feature,
      cuts.join(", "),
      highIsGood ? "high" : "low",
      whenMissing ?? "no score",
      within?.scores.join(", ") ?? "",
    ]),
  };
  return [rules, scores];
}

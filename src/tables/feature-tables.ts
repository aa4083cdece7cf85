import type { DisplayTable } from "../charts/figure.js";
import type { Feature } from "../core/feature.js";
import { numberText } from "../core/number-text.js";
import type { Redundancy } from "../explore/find-redundant.js";
import type { ColumnSummary } from "../explore/summarize-columns.js";
import type { Recipe } from "../features/recipe.js";

/** What is known of a customer: every feature with its unit, role and meaning. */
export function featuresTable(features: readonly Feature[]): DisplayTable {
  return {
    kind: "table",
    caption: "Features",
    columns: [
      { name: "Feature" },
      { name: "Unit" },
      { name: "Role" },
      { name: "Source" },
      { name: "Meaning" },
      { name: "Column" },
    ],
    rows: features.map(({ name, label, unit, role, source, meaning }) => [
      label,
      unit,
      role,
      source,
      meaning,
      name,
    ]),
  };
}

/** The numeric features in one table: centre, spread, range. */
export function columnSummaryTable(summaries: readonly ColumnSummary[]): DisplayTable {
  return {
    kind: "table",
    caption: "Numeric features of all customers",
    columns: [
      { name: "Feature" },
      { name: "Unit" },
      { name: "Known", digits: 0 },
      { name: "Mean" },
      { name: "Smallest" },
      { name: "Lower quartile" },
      { name: "Median" },
      { name: "Upper quartile" },
      { name: "Largest" },
      { name: "Skewness", digits: 1 },
    ],
    rows: summaries.flatMap((summary) =>
      summary.kind === "category"
        ? []
        : [
            [
              summary.label,
              summary.unit,
              summary.count,
              finite(summary.mean),
              finite(summary.minimum),
              finite(summary.lowerQuartile),
              finite(summary.median),
              finite(summary.upperQuartile),
              finite(summary.maximum),
              finite(summary.skewness),
            ],
          ],
    ),
  };
}

/** Every constant between a raw value and the lattice. */
export function recipeTable(recipe: Recipe, features: readonly Feature[]): DisplayTable {
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  return {
    kind: "table",
    caption: "The recipe",
    columns: [
      { name: "Feature" },
      { name: "Unit" },
      { name: "A missing value" },
      { name: "Transform" },
      { name: "Centre" },
      { name: "Scale" },
    ],
    rows: recipe.steps.map((step) => [
      byName.get(step.feature)?.label ?? step.feature,
      byName.get(step.feature)?.unit ?? "",
      step.whenMissing === "impute" ? `counts as ${numberText(step.impute)}` : "leaves a customer unassigned",
      step.transform,
      step.centre,
      step.scale,
    ]),
    note: [
      "z = (transform(x) − centre) / scale, clamped to ±8, rounded to a multiple of 2⁻²⁰.",
      ...recipe.notes,
    ].join(" "),
  };
}

/** Which features a basis does not need. */
export function redundancyTable({ pairs, constant }: Redundancy): DisplayTable {
  return {
    kind: "table",
    caption:
      pairs.length + constant.length === 0 ? "No feature repeats another" : "Features that repeat another",
    columns: [{ name: "Could go" }, { name: "Because of" }, { name: "Rank correlation", digits: 2 }],
    rows: [
      ...constant.map((name) => [name, "it does not vary", null]),
      ...pairs.map(({ drop, keep, correlation }) => [drop, keep, correlation]),
    ],
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

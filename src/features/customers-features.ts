import type { AttributeConfig, SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { column, compare, date, daysBetween, type Expression, integer } from "./expression.js";
import {
  definitionsOf,
  type FeatureDefinition,
  type FeatureDraft,
  labelFromName,
  onRequest,
} from "./feature-definition.js";

const ageBands = [
  [18, "under 18"],
  [25, "18–24"],
  [35, "25–34"],
  [45, "35–44"],
  [55, "45–54"],
  [65, "55–64"],
] as const;

const tenureBands = [
  [365, "under 1 year"],
  [1096, "1–2 years"],
  [1827, "3–4 years"],
] as const;

/**
 * The attributes that the workbook declares: age, gender, income band, region.
 *
 * An attribute with levels is a number 1…n in their order. A date named `joined` becomes the number `joined_days`: calendar
 * days from it to the as-of date. On request, a number named `age` becomes `age_band` and a date `joined` the category `joined_band`.
 */
export function customersFeatures(
  source: SourceConfig,
  config: WorkbookConfig,
): readonly FeatureDefinition[] {
  const attributes = [...source.attributes];
  const drafts = attributes.map(([name, attribute]) => attributeFeature(name, attribute, config));
  const bands = attributes.flatMap(([name, attribute]) => bandFeatures(name, attribute, config));
  return definitionsOf(
    "customers",
    [...drafts, ...onRequest(bands)].map((draft) => ({ ...draft, window: "state" })),
  );
}

function attributeFeature(name: string, attribute: AttributeConfig, { asOf }: WorkbookConfig): FeatureDraft {
  const common = { role: attribute.role ?? "descriptor", missing: "missing where unknown" } as const;
  if (attribute.type === "date")
    return {
      ...common,
      name: `${name}_days`,
      label: attribute.label ?? `Days since ${labelFromName(name).toLowerCase()}`,
      unit: "days",
      meaning: `Calendar days to ${asOf} from: ${attribute.meaning}`,
      expression: daysBetween(column(name), date(asOf)),
    };
  return {
    ...common,
    name,
    label: attribute.label ?? labelFromName(name),
    unit: attribute.unit,
    type: attribute.type === "number" || attribute.levels ? "number" : "category",
    meaning: attribute.meaning,
    expression: column(name),
  };
}

function bandFeatures(
  name: string,
  { type, levels }: AttributeConfig,
  { asOf }: WorkbookConfig,
): readonly FeatureDraft[] {
  const common = { unit: "", type: "category", missing: "missing where unknown" } as const;
  if (type === "number" && !levels && name.toLowerCase() === "age")
    return [
      {
        ...common,
        name: "age_band",
        label: "Age band",
        meaning:
          "Age in years: under 18, 18–24, 25–34, 35–44, 45–54, 55–64, 65 and over; missing where unknown",
        expression: bandOf(column(name), ageBands, "65 and over"),
      },
    ];
  if (type !== "date") return [];
  return [
    {
      ...common,
      name: `${name}_band`,
      label: `Time since ${labelFromName(name).toLowerCase()}`,
      meaning: `Time from ${name} to ${asOf}: under 1 year (365 days), 1–2 years (to 1,095 days), 3–4 years (to 1,826 days), 5 years and over; missing where unknown`,
      expression: bandOf(daysBetween(column(name), date(asOf)), tenureBands, "5 years and over"),
    },
  ];
}

/** The first band whose limit lies above the value. */
function bandOf(value: Expression, bands: readonly (readonly [number, string])[], last: string): Expression {
  const text = (band: string): Expression => ({ kind: "text", value: band });
  const known: Expression = { kind: "not", operand: { kind: "isMissing", operand: value } };
  return {
    kind: "case",
    branches: [
      ...bands.map(([limit, band]) => ({ when: compare(value, "<", integer(limit)), value: text(band) })),
      { when: known, value: text(last) },
    ],
  };
}

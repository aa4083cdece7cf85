import type { AttributeConfig, SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { column, date, daysBetween } from "./expression.js";
import { type FeatureDefinition, labelFromName } from "./feature-definition.js";

/**
 * The attributes that the workbook declares: age, gender, income band, region.
 *
 * An attribute with levels is a number 1…n in their order. A date named `joined` becomes the number `joined_days`: calendar
 * days from it to the as-of date.
 */
export function customersFeatures(source: SourceConfig, config: WorkbookConfig): FeatureDefinition[] {
  return [...source.attributes].map(([name, attribute]) =>
    attribute.type === "date"
      ? daysSince(name, attribute, config.asOf)
      : {
          name,
          label: attribute.label ?? labelFromName(name),
          unit: attribute.unit,
          type: attribute.type === "number" || attribute.levels ? "number" : "category",
          role: attribute.role ?? "descriptor",
          meaning: attribute.meaning,
          source: "customers",
          expression: column(name),
        },
  );
}

function daysSince(name: string, attribute: AttributeConfig, asOf: string): FeatureDefinition {
  return {
    name: `${name}_days`,
    label: attribute.label ?? `Days since ${labelFromName(name).toLowerCase()}`,
    unit: "days",
    type: "number",
    role: attribute.role ?? "descriptor",
    meaning: `Calendar days to ${asOf} from: ${attribute.meaning}`,
    source: "customers",
    expression: daysBetween(column(name), date(asOf)),
  };
}

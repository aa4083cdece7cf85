import { aggregate, column, type Expression, orZero, ratio } from "./expression.js";
import type { FeatureDefinition } from "./feature-definition.js";

const sent = aggregate("sum", column("sent"));

/** How customers answer campaigns. Conversions are outcomes unless the workbook says otherwise: segments should explain them. */
export function campaignsFeatures(): FeatureDefinition[] {
  const count = { type: "number", unit: "campaigns", source: "campaigns" } as const;
  return [
    {
      ...count,
      name: "campaigns_sent",
      label: "Campaigns received",
      role: "descriptor",
      meaning: "Campaigns sent to the customer; 0 for those who got none",
      expression: orZero(sent),
    },
    rateFeature("open_rate", "opened"),
    rateFeature("click_rate", "clicked"),
    { ...rateFeature("conversion_rate", "converted"), role: "outcome" },
    {
      ...count,
      name: "campaigns_converted",
      label: "Campaigns that led to a purchase",
      role: "outcome",
      meaning: "Campaigns after which the customer did what they asked for; 0 for those who got none",
      expression: orZero(aggregate("sum", column("converted"))),
    },
  ];
}

function rateFeature(name: string, event: "opened" | "clicked" | "converted"): FeatureDefinition {
  const counted: Expression = aggregate("sum", column(event));
  return {
    name,
    label: `Share of campaigns ${event}`,
    unit: "share 0–1",
    type: "number",
    role: "descriptor",
    meaning: `Campaigns ${event} divided by campaigns sent; missing for those who got none`,
    source: "campaigns",
    expression: ratio(counted, sent),
  };
}

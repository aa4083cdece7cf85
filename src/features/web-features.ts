import { aggregate, column, orZero, ratio } from "./expression.js";
import type { FeatureDefinition } from "./feature-definition.js";

const sessions = aggregate("sum", column("sessions"));

/** Visits to the web site: how many, how deep, how near to buying. Who never came has 0 sessions and no rates. */
export function webFeatures(): FeatureDefinition[] {
  return [
    {
      name: "web_sessions",
      label: "Web sessions",
      unit: "sessions",
      type: "number",
      role: "descriptor",
      meaning: "Sessions on the web site; 0 for those who never came",
      source: "web",
      expression: orZero(sessions),
    },
    {
      name: "pages_per_session",
      label: "Pages per session",
      unit: "pages",
      type: "number",
      role: "descriptor",
      meaning: "Pages seen divided by sessions; missing without sessions",
      source: "web",
      expression: ratio(aggregate("sum", column("pages")), sessions),
    },
    {
      name: "cart_rate",
      label: "Carts per session",
      unit: "carts per session",
      type: "number",
      role: "descriptor",
      meaning: "Carts started divided by sessions; missing without sessions",
      source: "web",
      expression: ratio(aggregate("sum", column("carts")), sessions),
    },
  ];
}

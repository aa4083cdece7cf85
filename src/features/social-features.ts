import { aggregate, column, orZero } from "./expression.js";
import { type FeatureDefinition, labelFromName } from "./feature-definition.js";

const counts = [
  ["follows", "Channels of ours that the customer follows; 0 for those who have no social account on file"],
  ["shares", "Posts of ours that the customer shared; 0 for those who have no social account on file"],
  ["mentions", "Times the customer mentioned us; 0 for those who have no social account on file"],
] as const;

/** What customers do with us on social media. */
export function socialFeatures(): FeatureDefinition[] {
  return counts.map(([name, meaning]) => ({
    name,
    label: `Social ${labelFromName(name).toLowerCase()}`,
    unit: name,
    type: "number",
    role: "descriptor",
    meaning,
    source: "social",
    expression: orZero(aggregate("sum", column(name))),
  }));
}

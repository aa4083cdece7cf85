import { add, aggregate, column, orZero, ratio } from "./expression.js";
import { definitionsOf, type FeatureDefinition, labelFromName, onRequest } from "./feature-definition.js";

const counts = [
  ["follows", "Channels of ours that the customer follows; 0 for those who have no social account on file"],
  ["shares", "Posts of ours that the customer shared; 0 for those who have no social account on file"],
  ["mentions", "Times the customer mentioned us; 0 for those who have no social account on file"],
] as const;

const shares = aggregate("sum", column("shares"));
const mentions = aggregate("sum", column("mentions"));

/** What customers do with us on social media. */
export function socialFeatures(): readonly FeatureDefinition[] {
  const drafts = counts.map(([name, meaning]) => ({
    name,
    label: `Social ${labelFromName(name).toLowerCase()}`,
    unit: name,
    window: "state",
    meaning,
    missing: "0 without a social account",
    expression: orZero(aggregate("sum", column(name))),
  }));
  const more = onRequest([
    {
      name: "social_reach_actions",
      label: "Posts that carried our name on",
      unit: "posts",
      window: "state",
      meaning: "Shares and mentions together; 0 for those who have no social account on file",
      missing: "0 without a social account",
      expression: add(orZero(shares), orZero(mentions)),
    },
    {
      name: "mention_share",
      label: "Share of own words",
      unit: "share 0–1",
      window: "state",
      meaning: "Mentions divided by shares and mentions together; missing where there are none",
      missing: "missing without shares and mentions",
      expression: ratio(mentions, add(orZero(shares), orZero(mentions))),
    },
  ]);
  return definitionsOf("social", [...drafts, ...more]);
}

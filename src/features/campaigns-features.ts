import type { WorkbookConfig } from "../config/workbook-config.js";
import {
  aggregate,
  column,
  compare,
  date,
  daysBetween,
  type Expression,
  integer,
  orZero,
  ratio,
} from "./expression.js";
import {
  definitionsOf,
  type FeatureDefinition,
  type FeatureDraft,
  onRequest,
  withinDays,
} from "./feature-definition.js";

const sent = aggregate("sum", column("sent"));
const without = "missing without campaigns";

/** How customers answer campaigns. Conversions are outcomes unless the workbook says otherwise: segments should explain them. */
export function campaignsFeatures(config: WorkbookConfig): readonly FeatureDefinition[] {
  return definitionsOf("campaigns", [
    countFeature("campaigns_sent", "Campaigns received", "Campaigns sent to the customer", sent),
    rateFeature("open_rate", "opened"),
    rateFeature("click_rate", "clicked"),
    { ...rateFeature("conversion_rate", "converted"), role: "outcome" },
    {
      ...countFeature(
        "campaigns_converted",
        "Campaigns that led to a purchase",
        "Campaigns after which the customer did what they asked for",
        aggregate("sum", column("converted")),
      ),
      role: "outcome",
    },
    ...onRequest([...responseFeatures(), ...recentFeatures(config)]),
  ]);
}

function countFeature(name: string, label: string, meaning: string, counted: Expression): FeatureDraft {
  return {
    name,
    label,
    unit: "campaigns",
    meaning: `${meaning}; 0 for those who got none`,
    missing: "0 without campaigns",
    expression: orZero(counted),
  };
}

function rateFeature(name: string, event: "opened" | "clicked" | "converted"): FeatureDraft {
  return {
    name,
    label: `Share of campaigns ${event}`,
    unit: "share 0–1",
    meaning: `Campaigns ${event} divided by campaigns sent; missing for those who got none`,
    missing: without,
    expression: ratio(aggregate("sum", column(event)), sent),
  };
}

function responseFeatures(): readonly FeatureDraft[] {
  const opened = aggregate("sum", column("opened"));
  const clicked = aggregate("sum", column("clicked"));
  return [
    countFeature("campaigns_opened", "Campaigns opened", "Campaigns that the customer opened", opened),
    countFeature(
      "campaigns_clicked",
      "Campaigns clicked",
      "Campaigns in which the customer clicked",
      clicked,
    ),
    {
      name: "click_to_open_rate",
      label: "Share of opened campaigns clicked",
      unit: "share 0–1",
      meaning: "Campaigns clicked divided by campaigns opened; missing for those who opened none",
      missing: "missing without opened campaigns",
      expression: ratio(clicked, opened),
    },
  ];
}

function recentFeatures({ asOf }: WorkbookConfig): readonly FeatureDraft[] {
  const since = (name: string, label: string, what: string, event: string): FeatureDraft => ({
    name,
    label,
    unit: "days",
    meaning: `Calendar days from the day of sending of the last campaign ${what} to ${asOf}; missing without one`,
    missing: `missing without a campaign ${what}`,
    expression: daysBetween(
      aggregate("max", column("date"), compare(column(event), ">", integer(0))),
      date(asOf),
    ),
  });
  const lately = (event: string) => aggregate("sum", column(event), withinDays(asOf, 90));
  return [
    since("days_since_contact", "Days since last campaign", "that was sent", "sent"),
    since("days_since_open", "Days since last opened campaign", "that was opened", "opened"),
    since("days_since_click", "Days since last clicked campaign", "that was clicked", "clicked"),
    {
      ...countFeature("campaigns_sent_90_days", "Campaigns received, last 90 days", "", lately("sent")),
      window: "last 90 days",
      meaning: `Campaigns sent in the 90 days up to ${asOf}; 0 for those who got none`,
      missing: "0 without campaigns in the window",
    },
    {
      ...rateFeature("open_rate_90_days", "opened"),
      label: "Share of campaigns opened, last 90 days",
      window: "last 90 days",
      meaning: `Campaigns opened divided by campaigns sent, of those sent in the 90 days up to ${asOf}; missing for those who got none`,
      missing: "missing without campaigns in the window",
      expression: ratio(lately("opened"), lately("sent")),
    },
  ];
}

import type { WorkbookConfig } from "../config/workbook-config.js";
import {
  aggregate,
  allOf,
  column,
  compare,
  date,
  daysBetween,
  type Expression,
  integer,
  orZero,
  ratio,
  subtract,
} from "./expression.js";
import {
  definitionsOf,
  type FeatureDefinition,
  type FeatureDraft,
  onRequest,
  withinDays,
} from "./feature-definition.js";
import { trendOf } from "./transactions-rhythm.js";

const sessions = aggregate("sum", column("sessions"));
const came = compare(column("sessions"), ">", integer(0));
const rateWithout = "missing without sessions";

/** Visits to the web site: how many, how deep, how near to buying. Who never came has 0 sessions and no rates. */
export function webFeatures(config: WorkbookConfig): readonly FeatureDefinition[] {
  return definitionsOf("web", [
    {
      name: "web_sessions",
      label: "Web sessions",
      unit: "sessions",
      meaning: "Sessions on the web site; 0 for those who never came",
      missing: "0 without sessions",
      expression: orZero(sessions),
    },
    {
      name: "pages_per_session",
      label: "Pages per session",
      unit: "pages",
      meaning: "Pages seen divided by sessions; missing without sessions",
      missing: rateWithout,
      expression: ratio(aggregate("sum", column("pages")), sessions),
    },
    {
      name: "cart_rate",
      label: "Carts per session",
      unit: "carts per session",
      meaning: "Carts started divided by sessions; missing without sessions",
      missing: rateWithout,
      expression: ratio(aggregate("sum", column("carts")), sessions),
    },
    ...onRequest([...visitFeatures(), ...recentFeatures(config)]),
  ]);
}

function visitFeatures(): readonly FeatureDraft[] {
  const days = aggregate("countDistinct", column("date"), came);
  const withCart = aggregate(
    "countDistinct",
    column("date"),
    allOf(came, compare(column("carts"), ">", integer(0))),
  );
  return [
    {
      name: "web_carts",
      label: "Web carts",
      unit: "carts",
      meaning: "Carts started on the web site; 0 for those who never came",
      missing: "0 without sessions",
      expression: orZero(aggregate("sum", column("carts"))),
    },
    {
      name: "web_active_days",
      label: "Days on the web site",
      unit: "days",
      meaning:
        "Distinct days (or first days of the times that the source counts by) with a session; 0 for those who never came",
      missing: "0 without sessions",
      expression: days,
    },
    {
      name: "web_cart_conversion",
      label: "Share of web days with a cart",
      unit: "share 0–1",
      meaning: "Share of the days with a session on which a cart was started; missing without sessions",
      missing: rateWithout,
      expression: ratio(withCart, days),
    },
  ];
}

function recentFeatures({ asOf }: WorkbookConfig): readonly FeatureDraft[] {
  const last = (days: number): Expression =>
    orZero(aggregate("sum", column("sessions"), withinDays(asOf, days)));
  return [
    {
      name: "web_recency_days",
      label: "Days since last web session",
      unit: "days",
      meaning: `Calendar days from the last day with a session to ${asOf}; missing without sessions`,
      missing: rateWithout,
      expression: daysBetween(aggregate("max", column("date"), came), date(asOf)),
    },
    {
      name: "web_sessions_90_days",
      label: "Web sessions, last 90 days",
      unit: "sessions",
      window: "last 90 days",
      meaning: `Sessions in the 90 days up to ${asOf}; 0 without one`,
      missing: "0 without sessions in the window",
      expression: last(90),
    },
    {
      name: "web_trend",
      label: "Trend of web sessions",
      unit: "change −1–1",
      window: "last 180 days",
      meaning: `Sessions in the 90 days up to ${asOf} less those in the 90 days before, divided by both together; missing without sessions in 180 days`,
      missing: "missing without sessions in the window",
      expression: trendOf(last(90), subtract(last(180), last(90))),
    },
  ];
}

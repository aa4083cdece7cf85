import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import {
  add,
  aggregate,
  aggregatePer,
  column,
  compare,
  date,
  daysBetween,
  type Expression,
  group,
  integer,
  not,
  orZero,
  ratio,
  when,
} from "./expression.js";
import { definitionsOf, type FeatureDefinition, type FeatureDraft, onRequest } from "./feature-definition.js";

const periods = aggregate("count", integer(1));
const hasPeriods = compare(periods, ">", integer(0));
const none = "0 without subscriptions";
const unknown = "missing without subscriptions";

/**
 * What customers subscribe to and for how long. A period whose last day lies after the as-of date runs on: nobody knew better.
 */
export function subscriptionsFeatures(
  source: SourceConfig,
  config: WorkbookConfig,
): readonly FeatureDefinition[] {
  const { columns } = source;
  return definitionsOf("subscriptions", [
    ...stateFeatures(config),
    ...(columns.has("price") ? [monthlyRevenue(config)] : []),
    ...(columns.has("plan") ? [currentPlan(config)] : []),
    ...onRequest([
      ...historyFeatures(config),
      ...(columns.has("plan") ? [plansHeld()] : []),
      ...(columns.has("price") ? [priceChanges("upgrades", ">"), priceChanges("downgrades", "<")] : []),
    ]),
  ]);
}

function isActive({ asOf }: WorkbookConfig): Expression {
  const ended = column("ended");
  const runsOn: Expression = { kind: "isMissing", operand: ended };
  return { kind: "or", operands: [runsOn, compare(ended, ">=", date(asOf))] };
}

function activeCount(config: WorkbookConfig): Expression {
  return aggregate("count", integer(1), isActive(config));
}

function stateFeatures(config: WorkbookConfig): readonly FeatureDraft[] {
  const { asOf } = config;
  const toEnd = daysBetween(column("started"), when(isActive(config), date(asOf), column("ended")));
  return [
    {
      name: "active_subscriptions",
      label: "Active subscriptions",
      unit: "subscriptions",
      window: "state",
      meaning: `Subscription periods that run on ${asOf}; 0 for those who have none`,
      missing: none,
      expression: activeCount(config),
    },
    {
      name: "subscribed_months",
      label: "Months subscribed",
      unit: "months",
      meaning: `Days of all periods, first and last included, up to ${asOf}, divided by 30.4375; periods side by side count each; 0 for those who never subscribed`,
      missing: none,
      expression: ratio(orZero(aggregate("sum", add(toEnd, integer(1)))), { kind: "double", value: 30.4375 }),
    },
    {
      name: "churned",
      label: "Cancelled everything",
      unit: "flag 0–1",
      window: "state",
      meaning: `1 for those who subscribed and have no period that runs on ${asOf}, 0 for those who have; missing for those who never subscribed`,
      missing: unknown,
      expression: when(
        hasPeriods,
        when(compare(activeCount(config), "=", integer(0)), integer(1), integer(0)),
      ),
    },
  ];
}

function monthlyRevenue(config: WorkbookConfig): FeatureDraft {
  const { money, asOf } = config;
  return {
    name: "monthly_revenue",
    label: "Monthly recurring revenue",
    unit: `${money.currency} per month`,
    window: "state",
    meaning: `Monthly prices of the periods that run on ${asOf}, in ${money.currency}; 0 for those who have none`,
    missing: none,
    expression: ratio(
      orZero(aggregate("sum", column("price"), isActive(config))),
      integer(10 ** money.decimals),
    ),
  };
}

function currentPlan(config: WorkbookConfig): FeatureDraft {
  return {
    name: "current_plan",
    label: "Plan",
    unit: "",
    type: "category",
    window: "state",
    meaning: `Plan of the period that began last of those that run on ${config.asOf}, of several the first in the alphabet; missing for those who have none`,
    missing: "missing without an active subscription",
    expression: aggregate("last", column("plan"), isActive(config)),
  };
}

function historyFeatures(config: WorkbookConfig): readonly FeatureDraft[] {
  const { asOf } = config;
  const hasEnded = not(isActive(config));
  return [
    {
      name: "subscription_periods",
      label: "Subscription periods",
      unit: "periods",
      meaning: "Periods that began; 0 for those who never subscribed",
      missing: none,
      expression: periods,
    },
    {
      name: "days_since_first_subscription",
      label: "Days since first subscription",
      unit: "days",
      meaning: `Calendar days from the first day of the first period to ${asOf}; missing for those who never subscribed`,
      missing: unknown,
      expression: daysBetween(aggregate("min", column("started")), date(asOf)),
    },
    {
      name: "days_since_cancellation",
      label: "Days since last cancellation",
      unit: "days",
      meaning: `Calendar days from the last day of the period that ended last to ${asOf}; missing for those who cancelled nothing`,
      missing: "missing without a cancellation",
      expression: daysBetween(aggregate("max", column("ended"), hasEnded), date(asOf)),
    },
  ];
}

function plansHeld(): FeatureDraft {
  return {
    name: "plans_held",
    label: "Different plans held",
    unit: "plans",
    meaning: "Distinct plans of all periods; 0 for those who never subscribed",
    missing: none,
    expression: aggregate("countDistinct", column("plan")),
  };
}

function priceChanges(what: "upgrades" | "downgrades", operator: ">" | "<"): FeatureDraft {
  const price = aggregate("max", column("price"));
  const previous: Expression = { kind: "previous", operand: price };
  return {
    name: `plan_${what}`,
    label: what === "upgrades" ? "Upgrades" : "Downgrades",
    unit: what,
    meaning: `First days of a period on which the monthly price was ${operator === ">" ? "higher" : "lower"} than on the first day before (of several the highest price); 0 for those who never subscribed`,
    missing: none,
    expression: aggregatePer("count", group, {
      per: column("started"),
      where: compare(price, operator, previous),
    }),
  };
}

import type { WorkbookConfig } from "../config/workbook-config.js";
import {
  aggregate,
  aggregatePer,
  allOf,
  column,
  compare,
  type Expression,
  group,
  integer,
  multiply,
  orZero,
  ratio,
  when,
} from "./expression.js";
import { type FeatureDraft, onRequest, withinDays } from "./feature-definition.js";
import { trendOf } from "./transactions-rhythm.js";
import { isPurchase, orderCount, purchaseAmount } from "./transactions-terms.js";

const windows = [30, 90, 365] as const;
const ofOrders = { per: column("invoice"), rows: isPurchase };
const orderDay = aggregate("max", column("date"));

/** Orders one by one, and what was bought lately. */
export function orderFeatures(config: WorkbookConfig): readonly FeatureDraft[] {
  return onRequest([
    ...windows.flatMap((days) => windowFeatures(config, days)),
    ...trendFeatures(config),
    ...sizeFeatures(config),
  ]);
}

function windowFeatures({ asOf, money }: WorkbookConfig, days: number): readonly FeatureDraft[] {
  const common = { window: `last ${days} days`, missing: "0 without purchases in the window" };
  const period = `in the ${days} days up to ${asOf}`;
  return [
    {
      ...common,
      name: `orders_${days}_days`,
      label: `Orders, last ${days} days`,
      unit: "orders",
      meaning: `Distinct invoices with a purchase ${period}; 0 without one`,
      expression: ordersSince(asOf, days),
    },
    {
      ...common,
      name: `spend_${days}_days`,
      label: `Spend, last ${days} days`,
      unit: money.currency,
      meaning: `Purchases before returns, after discounts, ${period}, in ${money.currency}; 0 without one`,
      expression: ratio(amountSince(asOf, days), integer(10 ** money.decimals)),
    },
  ];
}

function trendFeatures({ asOf }: WorkbookConfig): readonly FeatureDraft[] {
  const common = {
    unit: "change −1–1",
    window: "last 180 days",
    missing: "missing without purchases in the window",
  };
  const difference = (of: string) =>
    `${of} in the 90 days up to ${asOf} less those in the 90 days before, divided by both together: −1 stopped, 0 as before, 1 new; missing where there are none in 180 days`;
  const earlier = (sum: (from: string, days: number) => Expression): Expression => ({
    kind: "arithmetic",
    operator: "-",
    left: sum(asOf, 180),
    right: sum(asOf, 90),
  });
  return [
    {
      ...common,
      name: "spend_trend",
      label: "Trend of spend",
      meaning: difference("Purchases"),
      expression: trendOf(amountSince(asOf, 90), earlier(amountSince)),
    },
    {
      ...common,
      name: "order_trend",
      label: "Trend of orders",
      meaning: difference("Orders"),
      expression: trendOf(ordersSince(asOf, 90), earlier(ordersSince)),
    },
  ];
}

/** An order belongs to the day of its last line. */
function ordersSince(asOf: string, days: number): Expression {
  const { right } = withinDays(asOf, days) as Extract<Expression, { readonly kind: "compare" }>;
  return aggregatePer("count", group, { ...ofOrders, where: compare(orderDay, ">", right) });
}

function amountSince(asOf: string, days: number): Expression {
  return orZero(aggregate("sum", column("amount"), allOf(isPurchase, withinDays(asOf, days))));
}

function sizeFeatures({ money }: WorkbookConfig): readonly FeatureDraft[] {
  const minorUnits = integer(10 ** money.decimals);
  const missing = "missing without purchases";
  const orderAmount = aggregate("sum", column("amount"), isPurchase);
  const quantity = aggregate("sum", column("quantity"), isPurchase);
  const lines = aggregate("count", integer(1), isPurchase);
  const drafts: readonly (readonly [string, string, string, string, Expression])[] = [
    [
      "largest_order",
      "Largest order",
      money.currency,
      `Largest sum of purchases of one invoice, in ${money.currency}`,
      ratio(aggregatePer("max", orderAmount, ofOrders), minorUnits),
    ],
    [
      "median_order_value",
      "Median order value",
      money.currency,
      `Median over the orders of the purchases of one invoice, in ${money.currency}`,
      ratio(aggregatePer("quantile", orderAmount, { ...ofOrders, at: 0.5 }), minorUnits),
    ],
    [
      "units_per_order",
      "Units per order",
      "units",
      "Units bought divided by orders",
      ratio(quantity, orderCount),
    ],
    [
      "lines_per_order",
      "Lines per order",
      "lines",
      "Lines bought divided by orders",
      ratio(lines, orderCount),
    ],
    [
      "average_unit_price",
      "Average price per unit",
      `${money.currency} per unit`,
      `Purchases before returns, after discounts, divided by units bought, in ${money.currency}`,
      ratio(purchaseAmount, multiply(quantity, minorUnits)),
    ],
    [
      "one_time_buyer",
      "Bought once",
      "flag 0–1",
      "1 for those with one order, 0 for those with more",
      when(
        compare(orderCount, ">", integer(0)),
        when(compare(orderCount, "=", integer(1)), integer(1), integer(0)),
      ),
    ],
  ];
  return drafts.map(([name, label, unit, meaning, expression]) => ({
    name,
    label,
    unit,
    meaning: `${meaning}; missing for those who never bought`,
    missing,
    expression,
  }));
}

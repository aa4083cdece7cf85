import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import {
  add,
  aggregate,
  column,
  date,
  daysBetween,
  type Expression,
  integer,
  multiply,
  orZero,
  ratio,
  subtract,
} from "./expression.js";
import { definitionsOf, type FeatureDefinition, type FeatureDraft } from "./feature-definition.js";
import { habitFeatures } from "./transactions-habits.js";
import { orderFeatures } from "./transactions-orders.js";
import { rhythmFeatures } from "./transactions-rhythm.js";
import {
  firstDay,
  isPurchase,
  lastDay,
  orderCount,
  purchaseAmount,
  purchaseDays,
} from "./transactions-terms.js";

/**
 * What customers bought, when and for how much: recency, frequency, money, and how they buy.
 *
 * Purchases are the lines that are not returns. Who never bought has 0 orders, spend and categories; recency, averages and
 * shares are missing.
 */
export function transactionsFeatures(
  source: SourceConfig,
  config: WorkbookConfig,
): readonly FeatureDefinition[] {
  return definitionsOf("transactions", [
    ...timingFeatures(config),
    ...moneyFeatures(source, config),
    ...rangeFeatures(source),
    ...shareFeatures(source),
    ...rhythmFeatures(config),
    ...orderFeatures(config),
    ...habitFeatures(source, config),
  ]);
}

function timingFeatures({ asOf, windowFrom }: WorkbookConfig): FeatureDraft[] {
  const period = windowFrom ? `from ${windowFrom} to ${asOf}` : `up to ${asOf}`;
  return [
    {
      name: "recency_days",
      label: "Days since last purchase",
      unit: "days",
      meaning: `Calendar days from the last purchase to ${asOf}; missing for those who never bought`,
      missing: "missing without purchases",
      expression: daysBetween(lastDay, date(asOf)),
    },
    {
      name: "order_count",
      label: "Orders",
      unit: "orders",
      meaning: `Distinct invoices with a purchase, ${period}; 0 for those who never bought`,
      missing: "0 without purchases",
      expression: orderCount,
    },
    {
      name: "days_between_orders",
      label: "Days between purchases",
      unit: "days",
      meaning:
        "Mean number of days from one day with a purchase to the next; missing with fewer than two such days",
      missing: "missing with purchases on fewer than two days",
      expression: ratio(daysBetween(firstDay, lastDay), subtract(purchaseDays, integer(1))),
    },
    {
      name: "tenure_days",
      label: "Days since first purchase",
      unit: "days",
      meaning: `Calendar days from the first purchase to ${asOf}; missing for those who never bought`,
      missing: "missing without purchases",
      expression: daysBetween(firstDay, date(asOf)),
    },
  ];
}

function moneyFeatures({ returns }: SourceConfig, { money }: WorkbookConfig): FeatureDraft[] {
  const minorUnits = integer(10 ** money.decimals);
  return [
    {
      name: "spend",
      label: "Spend",
      unit: money.currency,
      meaning:
        returns.policy === "net"
          ? `Purchases less returns, after discounts, in ${money.currency}; 0 for those who never bought`
          : `Purchases after discounts, returns left out, in ${money.currency}; 0 for those who never bought`,
      missing: "0 without purchases",
      expression: ratio(orZero(aggregate("sum", column("amount"))), minorUnits),
    },
    {
      name: "average_order_value",
      label: "Average order value",
      unit: `${money.currency} per order`,
      meaning: `Purchases before returns, in ${money.currency}, divided by orders; missing for those who never bought`,
      missing: "missing without purchases",
      expression: ratio(purchaseAmount, multiply(orderCount, minorUnits)),
    },
  ];
}

function rangeFeatures({ columns }: SourceConfig): FeatureDraft[] {
  const region: FeatureDraft = {
    name: "region",
    label: "Region",
    unit: "",
    type: "category",
    meaning:
      "Region of most purchased lines, of equal ones the first in the alphabet; missing for those who never bought",
    missing: "missing without purchases",
    expression: aggregate("mostFrequent", column("region"), isPurchase),
  };
  const ranges = columns.has("category")
    ? [differentBought("category", "categories")]
    : columns.has("product")
      ? [differentBought("product", "products")]
      : [];
  return columns.has("region") ? [...ranges, region] : ranges;
}

function differentBought(grain: "category" | "product", plural: string): FeatureDraft {
  return {
    name: `${plural}_bought`,
    label: `Different ${plural} bought`,
    unit: plural,
    meaning: `Distinct ${plural} among the purchases; 0 for those who never bought`,
    missing: "0 without purchases",
    expression: aggregate("countDistinct", column(grain), isPurchase),
  };
}

function shareFeatures({ columns, returns, categoryShares }: SourceConfig): FeatureDraft[] {
  const quantity = column("quantity");
  const returnShare: FeatureDraft = {
    name: "return_share",
    label: "Share of units returned",
    unit: "share 0–1",
    meaning:
      "Units returned divided by units bought; above 1 where purchases before the first day were returned; missing for those who never bought",
    missing: "missing without purchases",
    expression: ratio(
      subtract(integer(0), orZero(aggregate("sum", quantity, column("is_return")))),
      aggregate("sum", quantity, isPurchase),
    ),
  };
  const discount = aggregate("sum", column("discount_amount"), isPurchase);
  const discountShare: FeatureDraft = {
    name: "discount_share",
    label: "Share taken off by discounts",
    unit: "share 0–1",
    meaning:
      "Discounts divided by the price before discount of everything bought; missing for those who never bought",
    missing: "missing without purchases",
    expression: ratio(discount, add(purchaseAmount, discount)),
  };
  return [
    ...(returns.policy === "net" ? [returnShare] : []),
    ...(columns.has("discount") ? [discountShare] : []),
    ...[...categoryShares].map(([suffix, categories]) => categoryShare(suffix, categories)),
  ];
}

function categoryShare(suffix: string, categories: readonly string[]): FeatureDraft {
  const isAmong: Expression = { kind: "oneOf", operand: column("category"), values: categories };
  const where: Expression = { kind: "and", operands: [isPurchase, isAmong] };
  return {
    name: `share_of_spend_${suffix}`,
    label: `Share of spend: ${suffix.replaceAll("_", " ")}`,
    unit: "share 0–1",
    meaning: `Share of purchases before returns that went to ${categories.join(" or ")}; missing for those who never bought`,
    missing: "missing without purchases",
    expression: ratio(orZero(aggregate("sum", column("amount"), where)), purchaseAmount),
  };
}

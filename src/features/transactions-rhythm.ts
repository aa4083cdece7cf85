import type { WorkbookConfig } from "../config/workbook-config.js";
import {
  add,
  aggregatePer,
  column,
  compare,
  date,
  daysBetween,
  type Expression,
  group,
  integer,
  multiply,
  not,
  ratio,
  subtract,
  when,
} from "./expression.js";
import { type FeatureDraft, onRequest } from "./feature-definition.js";
import { firstDay, isPurchase, lastDay, purchaseDays } from "./transactions-terms.js";

const previous: Expression = { kind: "previous", operand: group };
const gap = daysBetween(previous, group);
const ofDays = { per: column("date"), rows: isPurchase };
const gapSum = aggregatePer("sum", gap, ofDays);
const gapCount = aggregatePer("count", gap, ofDays);
const squares = aggregatePer("sum", multiply(gap, gap), ofDays);

/** How regularly customers buy: the days between one day with a purchase and the next. */
export function rhythmFeatures({ asOf }: WorkbookConfig): readonly FeatureDraft[] {
  const missing = "missing with purchases on fewer than two days";
  const days = { unit: "days", missing } as const;
  return onRequest([
    {
      name: "purchase_days",
      label: "Days with a purchase",
      unit: "days",
      meaning: "Distinct days with a purchase; 0 for those who never bought",
      missing: "0 without purchases",
      expression: purchaseDays,
    },
    {
      ...days,
      name: "days_between_orders_median",
      label: "Median days between purchases",
      meaning:
        "Median number of days from one day with a purchase to the next; missing with fewer than two such days",
      expression: aggregatePer("quantile", gap, { ...ofDays, at: 0.5 }),
    },
    {
      ...days,
      name: "longest_gap_days",
      label: "Longest time between purchases",
      meaning:
        "Largest number of days from one day with a purchase to the next; missing with fewer than two such days",
      expression: aggregatePer("max", gap, ofDays),
    },
    {
      name: "gap_variation",
      label: "Irregularity of purchases",
      unit: "ratio",
      meaning:
        "Standard deviation (n − 1) of the days between purchases divided by their mean: 0 like clockwork, about 1 at random; missing with fewer than three days with a purchase",
      missing: "missing with purchases on fewer than three days",
      expression: variation(),
    },
    {
      ...days,
      name: "days_to_second_order",
      label: "Days to the second purchase",
      meaning: "Days from the first day with a purchase to the second; missing with fewer than two such days",
      expression: daysBetween(
        firstDay,
        aggregatePer("min", group, { ...ofDays, where: not({ kind: "isMissing", operand: previous }) }),
      ),
    },
    {
      name: "overdue_ratio",
      label: "Time since last purchase in usual gaps",
      unit: "ratio",
      meaning: `Days from the last purchase to ${asOf} divided by the mean days between purchases: above 1 is later than usual; missing with fewer than two days with a purchase`,
      missing,
      expression: ratio(
        multiply(daysBetween(lastDay, date(asOf)), subtract(purchaseDays, integer(1))),
        daysBetween(firstDay, lastDay),
      ),
    },
  ]);
}

/** √(variance / mean²) = √(n (n Σg² − (Σg)²) / ((n − 1) (Σg)²)), whole numbers up to the one division. */
function variation(): Expression {
  const spread = subtract(multiply(gapCount, squares), multiply(gapSum, gapSum));
  const scale = multiply(subtract(gapCount, integer(1)), multiply(gapSum, gapSum));
  const squared = ratio(multiply(gapCount, spread), scale);
  return when(compare(gapCount, ">=", integer(2)), { kind: "squareRoot", operand: squared });
}

/** (last − before) / (last + before), −1 to 1; missing where both are 0. */
export function trendOf(last: Expression, before: Expression): Expression {
  return ratio(subtract(last, before), add(last, before));
}

import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import {
  aggregate,
  aggregatePer,
  allOf,
  column,
  compare,
  date,
  daysBetween,
  type Expression,
  integer,
  multiply,
  orZero,
  ratio,
  subtract,
} from "./expression.js";
import { type FeatureDraft, onRequest } from "./feature-definition.js";
import { isPurchase, purchaseAmount } from "./transactions-terms.js";

const isReturn = column("is_return");
const lines = aggregate("count", integer(1), isPurchase);

/** What customers buy and when in the week and the year, how they take discounts, what they send back. */
export function habitFeatures(source: SourceConfig, config: WorkbookConfig): readonly FeatureDraft[] {
  const { columns, returns } = source;
  const grains = (["category", "product"] as const).filter((grain) => columns.has(grain));
  return onRequest([
    ...seasonFeatures(),
    ...(columns.has("discount") ? [fullPriceShare()] : []),
    ...(returns.policy === "net" ? returnFeatures(config) : []),
    ...(grains.length === 2 ? [productsBought()] : []),
    ...grains.slice(0, 1).flatMap(breadthFeatures),
    ...(columns.has("category") ? categoryFeatures() : []),
  ]);
}

function share(name: string, label: string, meaning: string, expression: Expression): FeatureDraft {
  return {
    name,
    label,
    unit: "share 0–1",
    meaning: `${meaning}; missing for those who never bought`,
    missing: "missing without purchases",
    expression,
  };
}

function seasonFeatures(): readonly FeatureDraft[] {
  const isWeekend = compare({ kind: "weekday", operand: column("date") }, ">=", integer(6));
  const month: Expression = { kind: "month", operand: column("date") };
  const quarter: Expression = {
    kind: "case",
    branches: [3, 6, 9].map((last, i) => ({
      when: compare(month, "<=", integer(last)),
      value: integer(i + 1),
    })),
    otherwise: integer(4),
  };
  const spentAtWeekends = aggregate("sum", column("amount"), allOf(isPurchase, isWeekend));
  return [
    share(
      "weekend_share",
      "Share of spend at weekends",
      "Share of purchases before returns on Saturdays and Sundays",
      ratio(orZero(spentAtWeekends), purchaseAmount),
    ),
    share(
      "peak_quarter_share",
      "Share of spend in the strongest quarter of the year",
      "Largest share of purchases before returns in one quarter of the year, all years together: 0.25 all year round, 1 one season only",
      ratio(
        aggregatePer("max", aggregate("sum", column("amount"), isPurchase), {
          per: quarter,
          rows: isPurchase,
        }),
        purchaseAmount,
      ),
    ),
  ];
}

function fullPriceShare(): FeatureDraft {
  const isFull = compare(column("discount_amount"), "=", integer(0));
  return share(
    "full_price_share",
    "Share of lines at full price",
    "Share of the lines bought that had no discount",
    ratio(aggregate("count", integer(1), allOf(isPurchase, isFull)), lines),
  );
}

function returnFeatures({ asOf }: WorkbookConfig): readonly FeatureDraft[] {
  const returned = subtract(integer(0), orZero(aggregate("sum", column("amount"), isReturn)));
  return [
    {
      name: "return_count",
      label: "Returns",
      unit: "returns",
      meaning: "Distinct invoices with a line that came back; 0 for those who returned nothing",
      missing: "0 without returns",
      expression: aggregate("countDistinct", column("invoice"), isReturn),
    },
    share(
      "return_value_share",
      "Share of spend returned",
      "Money given back for returns divided by purchases; above 1 where purchases before the first day were returned",
      ratio(returned, purchaseAmount),
    ),
    {
      name: "days_since_return",
      label: "Days since last return",
      unit: "days",
      meaning: `Calendar days from the last return to ${asOf}; missing for those who returned nothing`,
      missing: "missing without returns",
      expression: daysBetween(aggregate("max", column("date"), isReturn), date(asOf)),
    },
  ];
}

function productsBought(): FeatureDraft {
  return {
    name: "products_bought",
    label: "Different products bought",
    unit: "products",
    meaning: "Distinct products among the purchases; 0 for those who never bought",
    missing: "0 without purchases",
    expression: aggregate("countDistinct", column("product"), isPurchase),
  };
}

function breadthFeatures(grain: "category" | "product"): readonly FeatureDraft[] {
  const groups = { per: column(grain), rows: isPurchase };
  const count = aggregate("count", integer(1));
  const counted = aggregatePer("sum", count, groups);
  const squares = aggregatePer("sum", multiply(count, count), groups);
  const largest = aggregatePer("max", aggregate("sum", column("amount")), groups);
  return [
    share(
      `${grain}_concentration`,
      `Concentration on one ${grain}`,
      `Chance that two lines drawn from the purchases, the same one twice allowed, are of one ${grain} (Herfindahl index): 1 one ${grain} only, near 0 many`,
      ratio(squares, multiply(counted, counted)),
    ),
    share(
      `largest_${grain}_share`,
      `Share of spend on the largest ${grain}`,
      `Largest share of purchases before returns on one ${grain}`,
      ratio(largest, purchaseAmount),
    ),
  ];
}

function categoryFeatures(): readonly FeatureDraft[] {
  const texts = [
    ["mostFrequent", "favourite_category", "Favourite category", "Category of most purchased lines"],
    ["first", "first_category", "First category", "Category bought on the first day with a purchase"],
    ["last", "last_category", "Latest category", "Category bought on the last day with a purchase"],
  ] as const;
  return texts.map(([name, feature, label, meaning]) => ({
    name: feature,
    label,
    unit: "",
    type: "category",
    meaning: `${meaning}, of equal ones the first in the alphabet; missing for those who never bought`,
    missing: "missing without purchases",
    expression: aggregate(name, column("category"), isPurchase),
  }));
}

import { calendarDay, hasMoreDecimals, isDecimal, scaledNumber } from "./cell-sql.js";
import {
  type CellRule,
  customerKey,
  customerRules,
  type DropRule,
  type PlanInput,
  type TablePlan,
  wordText,
} from "./table-plan.js";

/**
 * Subscription periods → subscriptions: one row per period that began by the as-of date.
 *
 * Columns: customer_id VARCHAR; plan VARCHAR or NULL; started DATE; ended DATE, the last day, NULL while it runs on (a last day
 * after the as-of date is not known yet, so it runs on); price BIGINT, minor units for one month, or NULL; status VARCHAR or
 * NULL; is_active BOOLEAN, whether it runs on the as-of date; days BIGINT, from the first day to the last one or the as-of date,
 * both included.
 */
export function planSubscriptions(input: PlanInput): TablePlan {
  const { source, config } = input;
  const asOf = `DATE '${config.asOf}'`;
  return {
    steps: [
      [
        customerKey(input),
        wordText("plan", "plan", input),
        wordText("start_text", "start", input),
        wordText("end_text", "end", input),
        wordText("price_text", "price", input),
        wordText("status", "status", input),
      ],
      [
        { name: "started", sql: calendarDay("start_text", source) },
        { name: "end_day", sql: calendarDay("end_text", source) },
        { name: "price", sql: scaledNumber("price_text", config.money.decimals, source) },
      ],
      [{ name: "ended", sql: `CASE WHEN end_day <= ${asOf} THEN end_day END` }],
      [
        { name: "is_active", sql: `ended IS NULL OR ended = ${asOf}` },
        { name: "days", sql: `date_diff('day', started, coalesce(ended, ${asOf})) + 1` },
      ],
    ],
    rules: subscriptionRules(input),
    columns: ["customer_id", "plan", "started", "ended", "price", "status", "is_active", "days"].map(
      (name) => ({ name, term: name }),
    ),
    cells: priceFaults(input),
    isOnePerCustomer: false,
  };
}

function subscriptionRules(input: PlanInput): DropRule[] {
  const { source, config } = input;
  const { first, last } = customerRules(input);
  const start = source.columns.get("start")!;
  const end = source.columns.get("end") ?? "";
  return [
    first,
    {
      reason: "not-a-date",
      column: start,
      when: "started IS NULL",
      message: `first day does not read as ${source.dateFormat}`,
    },
    {
      reason: "not-a-date",
      column: end,
      when: "end_text IS NOT NULL AND end_day IS NULL",
      message: `last day does not read as ${source.dateFormat}`,
    },
    {
      reason: "reversed-period",
      column: end,
      when: "end_day < started",
      message: "last day lies before the first",
    },
    {
      reason: "after-as-of",
      column: start,
      when: `started > DATE '${config.asOf}'`,
      message: `first day lies after ${config.asOf}`,
    },
    ...last,
  ];
}

function priceFaults({ source, config }: PlanInput): CellRule[] {
  const column = source.columns.get("price");
  if (column === undefined) return [];
  const { decimals } = config.money;
  return [
    {
      column,
      faults: [
        {
          reason: "not-a-number",
          when: `price_text IS NOT NULL AND NOT ${isDecimal("price_text", source)}`,
          message: "is not a number",
        },
        {
          reason: "too-many-decimals",
          when: hasMoreDecimals("price_text", decimals, source),
          message: `has more than ${decimals} decimals`,
        },
        {
          reason: "out-of-range",
          when: "price_text IS NOT NULL AND (price IS NULL OR price < 0)",
          message: "is negative or too large",
        },
      ],
    },
  ];
}

import { calendarDay, hasMoreDecimals, isDecimal, scaledNumber } from "./cell-sql.js";
import { planCustomer } from "./customer-key.js";
import { type PlanInput, type TablePlan, wordNumber, wordText } from "./table-plan.js";

/** Rates are whole numbers of 10^−9. */
export const rateDecimals = 9;

/** Other key → customer, or customer → household: one row per pair. Columns: key VARCHAR, customer_id VARCHAR. */
export function planMapping(input: PlanInput): TablePlan {
  const { columns } = input.source;
  const { terms, first } = planCustomer(input);
  return {
    steps: [[...terms, wordText("key", "key", input)]],
    rules: [
      ...first,
      { reason: "missing-value", column: columns.get("key")!, when: "key IS NULL", message: "key is empty" },
    ],
    columns: ["key", "customer_id"].map((name) => ({ name, term: name })),
    cells: [],
    isOnePerCustomer: false,
    extra: [],
    cleaning: [],
  };
}

/**
 * What currencies were worth: one row per currency and day.
 *
 * Columns: currency VARCHAR, capital letters; date DATE; rate BIGINT, billionths of the workbook's currency for one unit, so
 * that amounts are multiplied exactly.
 */
export function planRates(input: PlanInput): TablePlan {
  const { columns } = input.source;
  return {
    steps: [
      [
        { name: "customer_id", sql: "NULL::VARCHAR" },
        wordText("currency_text", "currency", input),
        wordText("date_text", "date", input),
        wordNumber("rate_text", "rate", input),
      ],
      [
        { name: "currency", sql: "upper(currency_text)" },
        { name: "date", sql: calendarDay("date_text", input.source) },
        { name: "rate", sql: scaledNumber("rate_text", rateDecimals, input.source) },
      ],
    ],
    rules: [
      {
        reason: "missing-value",
        column: columns.get("currency")!,
        when: "currency IS NULL",
        message: "currency is empty",
      },
      {
        reason: "not-a-date",
        column: columns.get("date")!,
        when: "date IS NULL",
        message: `date does not read as ${input.source.dateFormat}`,
      },
      {
        reason: "not-a-number",
        column: columns.get("rate")!,
        when: `rate IS NULL AND NOT ${isDecimal("rate_text", input.source)}`,
        message: "rate is not a number",
      },
      {
        reason: "too-many-decimals",
        column: columns.get("rate")!,
        when: hasMoreDecimals("rate_text", rateDecimals, input.source),
        message: `rate has more than ${rateDecimals} decimals`,
      },
      {
        reason: "out-of-range",
        column: columns.get("rate")!,
        when: "rate IS NULL OR rate <= 0",
        message: "rate is not above 0, or too large",
      },
    ],
    columns: ["currency", "date", "rate"].map((name) => ({ name, term: name })),
    cells: [],
    isOnePerCustomer: false,
    extra: [],
    cleaning: [],
  };
}

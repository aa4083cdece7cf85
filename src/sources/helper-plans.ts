import { calendarDay, measuredNumber } from "./cell-sql.js";
import { customerKey, type PlanInput, type TablePlan, wordText } from "./table-plan.js";

/** Other key → customer, or customer → household: one row per pair. Columns: key VARCHAR, customer_id VARCHAR. */
export function planMapping(input: PlanInput): TablePlan {
  const { columns } = input.source;
  return {
    steps: [[customerKey(input), wordText("key", "key", input)]],
    rules: [
      {
        reason: "missing-customer",
        column: columns.get("customer")!,
        when: "customer_id IS NULL",
        message: "customer is empty",
      },
      { reason: "missing-value", column: columns.get("key")!, when: "key IS NULL", message: "key is empty" },
    ],
    columns: ["key", "customer_id"].map((name) => ({ name, term: name })),
    cells: [],
    isOnePerCustomer: false,
  };
}

/**
 * What currencies were worth: one row per currency and day.
 *
 * Columns: currency VARCHAR, capital letters; date DATE; rate VARCHAR, the decimal text with a point: amounts are multiplied exactly.
 */
export function planRates(input: PlanInput): TablePlan {
  const { columns, decimalSeparator } = input.source;
  return {
    steps: [
      [
        { name: "customer_id", sql: "NULL::VARCHAR" },
        wordText("currency_text", "currency", input),
        wordText("date_text", "date", input),
        wordText("rate_text", "rate", input),
      ],
      [
        { name: "currency", sql: "upper(currency_text)" },
        { name: "date", sql: calendarDay("date_text", input.source) },
        { name: "rate", sql: `replace(rate_text, '${decimalSeparator}', '.')` },
        { name: "worth", sql: measuredNumber("rate_text", input.source) },
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
        when: "worth IS NULL",
        message: "rate is not a number",
      },
      {
        reason: "out-of-range",
        column: columns.get("rate")!,
        when: "worth <= 0",
        message: "rate is not above 0",
      },
    ],
    columns: ["currency", "date", "rate"].map((name) => ({ name, term: name })),
    cells: [],
    isOnePerCustomer: false,
  };
}

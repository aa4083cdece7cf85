import { calendarDay, hasMoreDecimals, isDecimal, scaledNumber } from "./cell-sql.js";
import { planCleaning } from "./cleaning-plans.js";
import { countRows } from "./count-rows.js";
import { type CustomerPlan, planCustomer } from "./customer-key.js";
import { swappedTerm } from "./date-terms.js";
import {
  type CellRule,
  type CleaningPlan,
  type DropRule,
  type PlanInput,
  type TablePlan,
  wordNumber,
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
  const customer = planCustomer(input);
  const cleaning = planCleaning(input, new Map([["price", "price"]]));
  const swapped = swappedTerm("only_swapped", "start_text", source);
  const asOf = `DATE '${config.asOf}'`;
  return {
    steps: [
      [
        ...customer.terms,
        wordText("plan", "plan", input),
        wordText("start_text", "start", input),
        wordText("end_text", "end", input),
        wordNumber("price_text", "price", input),
        wordText("status", "status", input),
        ...cleaning.terms,
      ],
      [
        { name: "started", sql: calendarDay("start_text", source) },
        { name: "end_day", sql: calendarDay("end_text", source) },
        { name: "price", sql: scaledNumber("price_text", config.money.decimals, source) },
        ...(swapped === undefined ? [] : [swapped]),
      ],
      [{ name: "ended", sql: `CASE WHEN end_day <= ${asOf} THEN end_day END` }],
      [
        { name: "is_active", sql: `ended IS NULL OR ended = ${asOf}` },
        { name: "days", sql: `date_diff('day', started, coalesce(ended, ${asOf})) + 1` },
      ],
    ],
    rules: subscriptionRules(input, customer),
    columns: ["customer_id", "plan", "started", "ended", "price", "status", "is_active", "days"].map(
      (name) => ({ name, term: name }),
    ),
    cells: priceFaults(input),
    isOnePerCustomer: false,
    extra: [...customer.extra, ...cleaning.extra, ...(swapped === undefined ? [] : [swapped.name])],
    ...(swapped && {
      dateOrders: [{ column: source.columns.get("start")!, day: "started", onlySwapped: swapped.name }],
    }),
    cleaning: [...cleaning.plans, planOverlaps(input)],
  };
}

/**
 * Looks for periods of one customer and plan that begin before an earlier one has ended. Dropping one may free the next, so it
 * goes round by round.
 */
function planOverlaps({ source }: PlanInput): CleaningPlan {
  const isDropped = source.overlaps === "drop";
  const rule: DropRule = {
    reason: "overlapping-period",
    column: source.columns.get("start")!,
    when: "",
    message: "period begins before an earlier one of the same plan has ended",
  };
  const isFirstOfRun = isDropped ? " AND NOT coalesce(is_after_late, false)" : "";
  const overlapping = (table: string) => `
    SELECT row_number FROM (
      SELECT row_number, is_late, lag(is_late) OVER same_plan AS is_after_late FROM (
        SELECT row_number, customer_id, plan, started, ended, status,
          coalesce(started <= lag(coalesce(ended, DATE '9999-12-31')) OVER same_plan, false) AS is_late
        FROM ${table} WHERE rule IS NULL
        WINDOW same_plan AS (PARTITION BY customer_id, plan ORDER BY started, ended, status, row_number))
      WINDOW same_plan AS (PARTITION BY customer_id, plan ORDER BY started, ended, status, row_number))
    WHERE is_late${isFirstOfRun}`;
  return {
    step: "overlaps",
    rules: isDropped ? [rule] : [],
    run: async (engine, { table, firstRule }) => {
      const found = await countRows(engine, `(${overlapping(table)})`, "true");
      for (let left = found; isDropped && left > 0; ) {
        await engine.run(
          `UPDATE ${table} SET rule = ${firstRule} WHERE row_number IN (${overlapping(table)})`,
        );
        left = await countRows(engine, `(${overlapping(table)})`, "true");
      }
      const detail = isDropped ? "" : `${found} periods overlap an earlier one of the same plan, kept`;
      return { changed: 0, detail };
    },
  };
}

function subscriptionRules(input: PlanInput, { first, last }: CustomerPlan): DropRule[] {
  const { source, config } = input;
  const start = source.columns.get("start")!;
  const end = source.columns.get("end") ?? "";
  return [
    ...first,
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

import { quoteText } from "../engine/sql-text.js";
import { planCleaning } from "./cleaning-plans.js";
import { mapped, planCounts } from "./counts-plan.js";
import { planCustomer } from "./customer-key.js";
import { planDate } from "./date-terms.js";
import { dateRules, type PlanInput, type TablePlan, wordText } from "./table-plan.js";

/**
 * Web analytics → web, from counts or from raw events.
 *
 * Columns: customer_id VARCHAR; date DATE, of an event session the day it began; sessions, pages, carts BIGINT; seconds BIGINT, of
 * an event session from its first to its last event, NULL where counts come without. From raw events one row per session.
 */
export function planWeb(input: PlanInput): TablePlan {
  if (input.source.columns.has("time")) return planEvents(input);
  const plan = planCounts(input, {
    counts: mapped(["sessions", "pages", "carts", "seconds"], input),
    isDated: true,
  });
  if (input.source.columns.has("seconds")) return plan;
  const [texts, ...steps] = plan.steps;
  return {
    ...plan,
    steps: [[...texts!, { name: "seconds", sql: "NULL::BIGINT" }], ...steps],
    columns: [...plan.columns, { name: "seconds", term: "seconds" }],
  };
}

/**
 * Puts events together to sessions: those of one session number, or, where there is none, those of a customer that follow each
 * other by at most the stated gap. Events may come in any order.
 */
function planEvents(input: PlanInput): TablePlan {
  const { source } = input;
  const customer = planCustomer(input);
  const cleaning = planCleaning(input);
  const date = planDate(input, true);
  const isPage = source.columns.has("page") ? "page IS NOT NULL" : "true";
  const carts = source.cartEvents.map((event) => quoteText(event, "duckdb")).join(", ");
  const terms = ["customer_id", "date", "moment", "session", "is_page", "is_cart"];
  return {
    steps: [
      [
        ...customer.terms,
        wordText("date_text", "time", input),
        wordText("session", "session", input),
        wordText("page", "page", input),
        wordText("event", "event", input),
        ...cleaning.terms,
      ],
      [
        ...date.steps[0],
        { name: "is_page", sql: isPage },
        { name: "is_cart", sql: `coalesce(event IN (${carts}), false)` },
      ],
      [...date.steps[1]],
    ],
    rules: [...customer.first, ...dateRules(input), ...customer.last],
    columns: terms.map((name) => ({ name, term: name })),
    cells: [],
    isOnePerCustomer: false,
    extra: [...customer.extra, ...date.extra, ...cleaning.extra],
    cleaning: cleaning.plans,
    dateOrders: date.dateOrders,
    finish: (kept) => sessionsSql(kept, source.sessionGapMinutes),
  };
}

function sessionsSql(kept: string, gapMinutes: number): string {
  const gap = Math.round(gapMinutes * 60_000_000);
  const order = "PARTITION BY customer_id, session ORDER BY moment";
  return `
    SELECT customer_id, CAST(min(moment) AS DATE) AS date, 1::BIGINT AS sessions,
      count(*) FILTER (is_page) AS pages, count(*) FILTER (is_cart) AS carts,
      (epoch_us(max(moment)) - epoch_us(min(moment))) // 1000000 AS seconds
    FROM (
      SELECT *, sum(starts) OVER (${order} ROWS UNBOUNDED PRECEDING) AS number
      FROM (
        SELECT *, CASE WHEN session IS NULL
          AND epoch_us(moment) - lag(epoch_us(moment)) OVER (${order}) > ${gap} THEN 1 ELSE 0 END AS starts
        FROM ${kept}))
    GROUP BY customer_id, session, number`;
}

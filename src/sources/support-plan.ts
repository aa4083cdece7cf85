import { quoteText } from "../engine/sql-text.js";
import { calendarDay, measuredNumber, wholeNumber } from "./cell-sql.js";
import { planCleaning } from "./cleaning-plans.js";
import { planCustomer } from "./customer-key.js";
import { planDate } from "./date-terms.js";
import { type CellRule, dateRules, type PlanInput, type TablePlan, wordText } from "./table-plan.js";

const yes = ["1", "yes", "y", "true"];
const no = ["0", "no", "n", "false"];

/**
 * Contacts and answers → support: one row per ticket or answer.
 *
 * Columns: customer_id VARCHAR; date DATE; ticket VARCHAR or NULL; topic VARCHAR or NULL; is_complaint BOOLEAN or NULL;
 * days_to_close BIGINT, from the contact to its close, NULL while open on the as-of date; satisfaction DOUBLE within the source's
 * satisfactionRange, or NULL; nps BIGINT 0 to 10, or NULL (promoter: 9 or 10; detractor: 0 to 6).
 */
export function planSupport(input: PlanInput): TablePlan {
  const { source, config } = input;
  const [low, high] = source.satisfactionRange;
  const customer = planCustomer(input);
  const cleaning = planCleaning(input, new Map(["satisfaction", "nps"].map((name) => [name, name])));
  const date = planDate(input, false);
  const texts = ["ticket", "topic", "complaint", "closed", "satisfaction", "nps"];
  return {
    steps: [
      [
        ...customer.terms,
        wordText("date_text", "date", input),
        ...texts.map((word) => wordText(`${word}_text`, word, input)),
        ...cleaning.terms,
      ],
      [
        ...date.steps[0],
        { name: "is_complaint", sql: truth("complaint_text") },
        { name: "closed", sql: calendarDay("closed_text", source) },
        { name: "score", sql: measuredNumber("satisfaction_text", source) },
        { name: "likelihood", sql: wholeNumber("nps_text", source) },
      ],
      [
        ...date.steps[1],
        { name: "satisfaction", sql: `CASE WHEN score BETWEEN ${low} AND ${high} THEN score END` },
        { name: "nps", sql: "CASE WHEN likelihood BETWEEN 0 AND 10 THEN likelihood END" },
      ],
      [
        {
          name: "days_to_close",
          sql: `CASE WHEN closed BETWEEN date AND DATE '${config.asOf}' THEN date_diff('day', date, closed) END`,
        },
      ],
    ],
    rules: [...customer.first, ...dateRules(input), ...customer.last],
    columns: [
      { name: "customer_id", term: "customer_id" },
      { name: "date", term: "date" },
      { name: "ticket", term: "ticket_text" },
      { name: "topic", term: "topic_text" },
      ...["is_complaint", "days_to_close", "satisfaction", "nps"].map((name) => ({ name, term: name })),
    ],
    cells: supportFaults(input),
    isOnePerCustomer: false,
    extra: [...customer.extra, ...date.extra, ...cleaning.extra],
    cleaning: cleaning.plans,
    dateOrders: date.dateOrders,
  };
}

function truth(text: string): string {
  const among = (words: readonly string[]) =>
    `lower(${text}) IN (${words.map((word) => quoteText(word, "duckdb")).join(", ")})`;
  return `CASE WHEN ${among(yes)} THEN true WHEN ${among(no)} THEN false END`;
}

function supportFaults({ source }: PlanInput): CellRule[] {
  const unread = (word: string, term: string) => `${word}_text IS NOT NULL AND ${term} IS NULL`;
  const [low, high] = source.satisfactionRange;
  const faults: readonly (readonly [string, CellRule["faults"]])[] = [
    [
      "complaint",
      [
        {
          reason: "unknown-level",
          when: unread("complaint", "is_complaint"),
          message: `is none of ${[...yes, ...no].join(", ")}`,
        },
      ],
    ],
    [
      "closed",
      [
        {
          reason: "not-a-date",
          when: unread("closed", "closed"),
          message: `does not read as ${source.dateFormat}`,
        },
        { reason: "out-of-range", when: "closed < date", message: "lies before the contact" },
      ],
    ],
    [
      "satisfaction",
      [
        { reason: "not-a-number", when: unread("satisfaction", "score"), message: "is not a number" },
        {
          reason: "out-of-range",
          when: unread("satisfaction", "satisfaction"),
          message: `is not from ${low} to ${high}`,
        },
      ],
    ],
    [
      "nps",
      [
        { reason: "not-a-number", when: unread("nps", "likelihood"), message: "is not a whole number" },
        { reason: "out-of-range", when: unread("nps", "nps"), message: "is not from 0 to 10" },
      ],
    ],
  ];
  return faults.flatMap(([word, list]) => {
    const column = source.columns.get(word);
    return column === undefined ? [] : [{ column, faults: list }];
  });
}

import type { AttributeConfig } from "../config/workbook-config.js";
import { quoteText } from "../engine/sql-text.js";
import { calendarDay, measuredNumber, numberText } from "./cell-sql.js";
import { planCleaning } from "./cleaning-plans.js";
import { planCustomer } from "./customer-key.js";
import { swappedTerm } from "./date-terms.js";
import { type CellRule, columnText, type PlanInput, type TablePlan, type Term } from "./table-plan.js";

/** Customer list → customers: one row each, attributes typed; a bad cell counts as missing. */
export function planCustomers(input: PlanInput): TablePlan {
  const attributes = [...input.source.attributes];
  const { terms, first, last, extra } = planCustomer(input);
  const numbers = attributes.flatMap(([name, { type }], j) =>
    type === "number" ? [[name, `a${j}`] as const] : [],
  );
  const cleaning = planCleaning(input, new Map(numbers));
  const swapped = attributes.flatMap(([, { column, type }], j) => {
    const term = type === "date" ? swappedTerm(`swapped${j}`, `t${j}`, input.source) : undefined;
    return term === undefined ? [] : [{ j, column, term }];
  });
  return {
    steps: [
      [
        ...terms,
        ...attributes.map(([, attribute], j) => attributeText(attribute, j, input)),
        ...cleaning.terms,
      ],
      attributes.map(([, attribute], j) => ({
        name: `v${j}`,
        sql: attributeValue(attribute, `t${j}`, input),
      })),
      [
        ...attributes.map(([, attribute], j) => legalValue(attribute, j, input)),
        ...swapped.map(({ term }) => term),
      ],
    ],
    rules: [...first, ...last],
    columns: [
      { name: "customer_id", term: "customer_id" },
      ...attributes.map(([name], j) => ({ name, term: `a${j}` })),
    ],
    cells: attributes.map(([, attribute], j) => attributeFaults(attribute, j, input)),
    isOnePerCustomer: true,
    extra: [...extra, ...cleaning.extra, ...swapped.flatMap(({ j, term }) => [`v${j}`, term.name])],
    cleaning: cleaning.plans,
    dateOrders: swapped.map(({ j, column, term }) => ({ column, day: `v${j}`, onlySwapped: term.name })),
  };
}

function attributeText({ column, type }: AttributeConfig, j: number, { source, header }: PlanInput): Term {
  const text = columnText(column, header);
  return { name: `t${j}`, sql: type === "number" ? numberText(text, source) : text };
}

function attributeValue(attribute: AttributeConfig, text: string, { source }: PlanInput): string {
  if (attribute.type === "number") return measuredNumber(text, source);
  if (attribute.type === "date") return calendarDay(text, source);
  if (attribute.levels === undefined) return text;
  const levels = attribute.levels.map((level) => quoteText(level, "duckdb"));
  return `CAST(nullif(coalesce(list_position([${levels.join(", ")}], ${text}), 0), 0) AS DOUBLE)`;
}

function legalValue(attribute: AttributeConfig, j: number, input: PlanInput): Term {
  return {
    name: `a${j}`,
    sql: `CASE WHEN NOT coalesce(${outOfRange(attribute, j, input)}, false) THEN v${j} END`,
  };
}

function outOfRange({ type, range }: AttributeConfig, j: number, { config }: PlanInput): string {
  if (type === "date") return `v${j} > DATE '${config.asOf}'`;
  return range === undefined ? "false" : `v${j} NOT BETWEEN ${range[0]} AND ${range[1]}`;
}

function attributeFaults(attribute: AttributeConfig, j: number, input: PlanInput): CellRule {
  const { column, type, levels, range } = attribute;
  const isUnread = `t${j} IS NOT NULL AND v${j} IS NULL`;
  const unread = {
    number: { reason: "not-a-number", message: "is not a number" },
    date: { reason: "not-a-date", message: `does not read as ${input.source.dateFormat}` },
    category: { reason: "unknown-level", message: `is none of ${levels?.join(", ")}` },
  } as const;
  const limit = range === undefined ? `lies after ${input.config.asOf}` : `is not from ${range.join(" to ")}`;
  return {
    column,
    faults: [
      { ...unread[type], when: isUnread },
      { reason: "out-of-range", when: outOfRange(attribute, j, input), message: limit },
    ],
  };
}

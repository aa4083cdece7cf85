import { itemColumn } from "../config/scale-item.js";
import { calendarDay, isWholeNumber, wholeNumber } from "./cell-sql.js";
import {
  type CellRule,
  columnText,
  customerKey,
  customerRules,
  type DropRule,
  dateRules,
  type PlanInput,
  type TablePlan,
  wordText,
} from "./table-plan.js";

/** Survey answers → survey: one row per customer, a whole number per item. */
export function planSurvey(input: PlanInput): TablePlan {
  const items = [...input.source.scales.values()].flatMap(({ items, range }) =>
    items.map((item) => ({ column: itemColumn(item), range, type: "INTEGER" })),
  );
  return { ...planCounts(input, { counts: items, isDated: false }), isOnePerCustomer: true };
}

/** Web analytics → web: sessions, pages and carts per customer and time. */
export function planWeb(input: PlanInput): TablePlan {
  return planCounts(input, { counts: mapped(["sessions", "pages", "carts"], input), isDated: true });
}

/** Social metrics → social: follows, shares and mentions per customer. */
export function planSocial(input: PlanInput): TablePlan {
  return planCounts(input, { counts: mapped(["follows", "shares", "mentions"], input), isDated: false });
}

/** Campaign responses → campaigns: what was sent, opened, clicked and converted per customer and campaign. */
export function planCampaigns(input: PlanInput): TablePlan {
  const counts = mapped(["sent", "opened", "clicked", "converted"], input);
  const plan = planCounts(input, { counts, isDated: true });
  const [texts, ...steps] = plan.steps;
  const [customer, ...columns] = plan.columns;
  const unnamed: DropRule = {
    reason: "missing-value",
    column: input.source.columns.get("campaign")!,
    when: "campaign IS NULL",
    message: "campaign is empty",
  };
  return {
    ...plan,
    steps: [[...texts!, wordText("campaign", "campaign", input)], ...steps],
    rules: [plan.rules[0]!, unnamed, ...plan.rules.slice(1)],
    columns: [customer!, { name: "campaign", term: "campaign" }, ...columns],
  };
}

/** A whole number per row: name in the table, column in the file, legal values. */
interface CountColumn {
  readonly name?: string;
  readonly column: string;
  readonly type: string;
  readonly range: readonly [number, number];
}

function mapped(words: readonly string[], { source }: PlanInput): CountColumn[] {
  const range = [0, Number.MAX_SAFE_INTEGER] as const;
  return words.map((name) => ({ name, column: source.columns.get(name)!, type: "BIGINT", range }));
}

function planCounts(
  input: PlanInput,
  { counts, isDated }: { readonly counts: readonly CountColumn[]; readonly isDated: boolean },
): TablePlan {
  const { source, header } = input;
  const { first, last } = customerRules(input);
  const dateText = isDated ? [wordText("date_text", "date", input)] : [];
  const day = isDated ? [{ name: "date", sql: calendarDay("date_text", source) }] : [];
  return {
    steps: [
      [
        customerKey(input),
        ...dateText,
        ...counts.map(({ column }, j) => ({ name: `t${j}`, sql: columnText(column, header) })),
      ],
      [...day, ...counts.map((_, j) => ({ name: `v${j}`, sql: wholeNumber(`t${j}`, source) }))],
      counts.map(({ range, type }, j) => ({
        name: `a${j}`,
        sql: `CASE WHEN v${j} BETWEEN ${range[0]} AND ${range[1]} THEN v${j}::${type} END`,
      })),
    ],
    rules: [first, ...(isDated ? dateRules(input) : []), ...last],
    columns: [
      { name: "customer_id", term: "customer_id" },
      ...day.map(({ name }) => ({ name, term: name })),
      ...counts.map(({ name, column }, j) => ({ name: name ?? column, term: `a${j}` })),
    ],
    cells: counts.map((count, j) => countFaults(count, j, input)),
    isOnePerCustomer: false,
  };
}

function countFaults({ column, range }: CountColumn, j: number, { source }: PlanInput): CellRule {
  const isUnread = `t${j} IS NOT NULL AND NOT ${isWholeNumber(`t${j}`, source)}`;
  const limit =
    range[1] === Number.MAX_SAFE_INTEGER ? "is negative or too large" : `is not from ${range.join(" to ")}`;
  return {
    column,
    faults: [
      { reason: "not-a-number", when: isUnread, message: "is not a whole number" },
      { reason: "out-of-range", when: `t${j} IS NOT NULL AND a${j} IS NULL`, message: limit },
    ],
  };
}

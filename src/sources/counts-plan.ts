import { isWholeNumber, numberText, wholeNumber } from "./cell-sql.js";
import { planCleaning } from "./cleaning-plans.js";
import { planCustomer } from "./customer-key.js";
import { planDate } from "./date-terms.js";
import {
  type CellRule,
  columnText,
  type DropRule,
  dateRules,
  type PlanInput,
  type TablePlan,
  wordText,
} from "./table-plan.js";

/** Social metrics → social: customer_id VARCHAR; follows, shares, mentions BIGINT or NULL. */
export function planSocial(input: PlanInput): TablePlan {
  return planCounts(input, { counts: mapped(["follows", "shares", "mentions"], input), isDated: false });
}

/**
 * Campaign responses → campaigns: customer_id VARCHAR, campaign VARCHAR, date DATE; sent, opened, clicked, converted BIGINT or NULL,
 * per customer and campaign.
 */
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
  const isFirst = ({ reason }: DropRule) => firstReasons.has(reason);
  return {
    ...plan,
    steps: [[...texts!, wordText("campaign", "campaign", input)], ...steps],
    rules: [...plan.rules.filter(isFirst), unnamed, ...plan.rules.filter((rule) => !isFirst(rule))],
    columns: [customer!, { name: "campaign", term: "campaign" }, ...columns],
  };
}

const firstReasons: ReadonlySet<DropRule["reason"]> = new Set([
  "missing-customer",
  "no-match",
  "ambiguous-key",
]);

/** A whole number per row: name in the table, column in the file, legal values. */
export interface CountColumn {
  readonly name?: string;
  readonly column: string;
  readonly type: string;
  readonly range: readonly [number, number];
}

/** The columns of counts that the workbook maps, from 0. */
export function mapped(words: readonly string[], { source }: PlanInput): CountColumn[] {
  const range = [0, Number.MAX_SAFE_INTEGER] as const;
  return words.flatMap((name) => {
    const column = source.columns.get(name);
    return column === undefined ? [] : [{ name, column, type: "BIGINT", range }];
  });
}

/** Plans a table of whole numbers per customer, with or without a date. */
export function planCounts(
  input: PlanInput,
  { counts, isDated }: { readonly counts: readonly CountColumn[]; readonly isDated: boolean },
): TablePlan {
  const { source, header } = input;
  const customer = planCustomer(input);
  const numbers = counts.map(({ name, column }, j) => [name ?? column, `a${j}`] as const);
  const cleaning = planCleaning(input, new Map(numbers));
  const date = isDated ? planDate(input, false) : undefined;
  return {
    steps: [
      [
        ...customer.terms,
        ...(isDated ? [wordText("date_text", "date", input)] : []),
        ...counts.map(({ column }, j) => ({
          name: `t${j}`,
          sql: numberText(columnText(column, header), source),
        })),
        ...cleaning.terms,
      ],
      [
        ...(date?.steps[0] ?? []),
        ...counts.map((_, j) => ({ name: `v${j}`, sql: wholeNumber(`t${j}`, source) })),
      ],
      [
        ...(date?.steps[1] ?? []),
        ...counts.map(({ range, type }, j) => ({
          name: `a${j}`,
          sql: `CASE WHEN v${j} BETWEEN ${range[0]} AND ${range[1]} THEN v${j}::${type} END`,
        })),
      ],
    ],
    rules: [...customer.first, ...(isDated ? dateRules(input) : []), ...customer.last],
    columns: [
      { name: "customer_id", term: "customer_id" },
      ...(isDated ? [{ name: "date", term: "date" }] : []),
      ...counts.map(({ name, column }, j) => ({ name: name ?? column, term: `a${j}` })),
    ],
    cells: counts.map((count, j) => countFaults(count, j, input)),
    isOnePerCustomer: false,
    extra: [...customer.extra, ...(date?.extra ?? []), ...cleaning.extra],
    cleaning: cleaning.plans,
    ...(date && { dateOrders: date.dateOrders }),
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

import { itemColumn } from "../config/scale-item.js";
import type { MissingByDesign, SourceConfig, StraightLiningConfig } from "../config/workbook-config.js";
import { quoteText } from "../engine/sql-text.js";
import { countRows } from "./count-rows.js";
import { type CountColumn, planCounts } from "./counts-plan.js";
import {
  type CellRule,
  type CleaningPlan,
  columnText,
  type PlanInput,
  type TablePlan,
  type Term,
} from "./table-plan.js";

/** An item, and the answers to it that mean none. */
interface Item extends CountColumn {
  readonly codes: readonly string[];
}

/**
 * Survey answers → survey: one row per customer.
 *
 * Columns: customer_id VARCHAR; each item by its name in the file, INTEGER as answered (not turned), NULL where it was not
 * answered, not asked, or the answer is a code for "no answer"; `asked_<item>` BOOLEAN for each item under missingByDesign;
 * straight_lined BOOLEAN where straightLining is declared with policy flag.
 */
export function planSurvey(input: PlanInput): TablePlan {
  const { source } = input;
  const items = itemsOf(source);
  const plan = planCounts(input, { counts: items, isDated: false });
  const [texts, values, answers] = plan.steps as [readonly Term[], readonly Term[], readonly Term[]];
  const asked = source.missingByDesign.flatMap((part, k) => askedColumns(part, k));
  const straight = source.straightLining && planStraightLining(source.straightLining, items, input);
  const flags =
    source.straightLining?.policy === "flag" ? [{ name: "straight_lined", term: "straight_lined" }] : [];
  return {
    ...plan,
    steps: [
      [...texts, ...source.missingByDesign.map((part, k) => askedTerm(part, k, input))],
      values,
      answers.map(({ name, sql }, j) => answerTerm({ name, sql }, items[j]!, { j, source })),
      source.straightLining ? [straightTerm(source.straightLining, items)] : [],
    ],
    columns: [...plan.columns, ...asked, ...flags],
    cells: plan.cells.map((cell, j) => answerFaults(cell, items[j]!, { j, source })),
    isOnePerCustomer: true,
    cleaning: [...plan.cleaning, ...(straight ? [straight] : [])],
    extra: [...plan.extra, ...(straight ? ["straight_lined"] : [])],
  };
}

function itemsOf({ scales, missingCodes }: SourceConfig): readonly Item[] {
  return [...scales.values()].flatMap(({ items, range, missingCodes: more = [] }) =>
    items.map((item) => ({
      column: itemColumn(item),
      range,
      type: "INTEGER",
      codes: [...missingCodes, ...more].map((code) => code.toLowerCase()),
    })),
  );
}

/** Where an item stands in a part of the survey that not all were asked: its condition. */
function conditionOf(column: string, { missingByDesign }: SourceConfig): string | undefined {
  const k = missingByDesign.findIndex(({ items }) => items.includes(column));
  return k < 0 ? undefined : `asked${k}`;
}

function askedTerm({ askedWhere, is }: MissingByDesign, k: number, { header }: PlanInput): Term {
  const values = is.map((value) => quoteText(value, "duckdb")).join(", ");
  return { name: `asked${k}`, sql: `coalesce(${columnText(askedWhere, header)} IN (${values}), false)` };
}

function askedColumns({ items }: MissingByDesign, k: number): TablePlan["columns"] {
  return items.map((item) => ({ name: `asked_${item}`, term: `asked${k}` }));
}

function isCode(j: number, { codes }: Item): string {
  return codes.length === 0
    ? "false"
    : `coalesce(lower(t${j}) IN (${codes.map((code) => quoteText(code, "duckdb")).join(", ")}), false)`;
}

function answerTerm(
  { name, sql }: Term,
  item: Item,
  { j, source }: { readonly j: number; readonly source: SourceConfig },
): Term {
  const asked = conditionOf(item.column, source) ?? "true";
  return { name, sql: `CASE WHEN ${asked} AND NOT ${isCode(j, item)} THEN ${sql} END` };
}

function answerFaults(
  { column, faults }: CellRule,
  item: Item,
  { j, source }: { readonly j: number; readonly source: SourceConfig },
): CellRule {
  const asked = conditionOf(column, source);
  const code = { reason: "missing-code", when: isCode(j, item), message: "means no answer" } as const;
  const unasked = {
    reason: "not-asked",
    when: `t${j} IS NOT NULL AND NOT ${asked}`,
    message: "is answered although it was not asked",
  } as const;
  return {
    column,
    faults: [...(item.codes.length > 0 ? [code] : []), ...(asked === undefined ? [] : [unasked]), ...faults],
  };
}

/** True where all answered items of one range, at least as many as declared, have the same answer. */
function straightTerm({ items: fewest }: StraightLiningConfig, items: readonly Item[]): Term {
  const ranges = [...new Set(items.map(({ range }) => range.join()))];
  const batteries = ranges.map((range) =>
    items.flatMap((item, j) => (item.range.join() === range ? [`a${j}`] : [])),
  );
  const isStraight = batteries
    .filter((battery) => battery.length >= fewest)
    .map((battery) => {
      const answers = `list_filter([${battery.join(", ")}], x -> x IS NOT NULL)`;
      return `(len(${answers}) >= ${fewest} AND list_min(${answers}) = list_max(${answers}))`;
    });
  return { name: "straight_lined", sql: isStraight.length === 0 ? "false" : isStraight.join(" OR ") };
}

function planStraightLining(
  { items, policy }: StraightLiningConfig,
  all: readonly Item[],
  { source }: PlanInput,
): CleaningPlan {
  const rule = {
    reason: "straight-lining",
    column: all[0]?.column ?? source.columns.get("customer")!,
    when: "",
    message: `the same answer to all of at least ${items} items, reversed ones included`,
  } as const;
  return {
    step: "straight-lining",
    rules: policy === "drop" ? [rule] : [],
    run: async (engine, { table, firstRule }) => {
      const found = await countRows(engine, table, "rule IS NULL AND straight_lined");
      if (policy === "drop")
        await engine.run(`UPDATE ${table} SET rule = ${firstRule} WHERE rule IS NULL AND straight_lined`);
      return { changed: 0, detail: `${found} gave one answer to all of at least ${items} items` };
    },
  };
}

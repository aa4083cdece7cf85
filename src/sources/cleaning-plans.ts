import type { CleaningStep, DuplicatesStep } from "../config/cleaning-config.js";
import { quoteText } from "../engine/sql-text.js";
import { planCancellations } from "./cancellations.js";
import { calendarDay } from "./cell-sql.js";
import { countRows } from "./count-rows.js";
import { planCurrencies } from "./currencies.js";
import { planHouseholds } from "./households.js";
import { planOutliers } from "./outliers.js";
import { type CleaningPlan, columnText, type DropRule, type PlanInput, type Term } from "./table-plan.js";
import { planTimeZone } from "./time-zone.js";

/** The declared steps of a source and the terms over its raw columns that they need. */
export interface DeclaredCleaning {
  readonly plans: readonly CleaningPlan[];
  readonly terms: readonly Term[];
  /** Names of the terms. */
  readonly extra: readonly string[];
}

/**
 * Plans the declared steps of a source, in their order.
 *
 * @param numbers - What the workbook calls a column of numbers → its term; outliers may be sought in them.
 * @throws InputError if a step names a column that is none of them.
 */
export function planCleaning(
  input: PlanInput,
  numbers: ReadonlyMap<string, string> = new Map(),
): DeclaredCleaning {
  const { cleaning } = input.source;
  const terms = cleaning.flatMap((step, i) => termsOf(step, i, input));
  return {
    plans: cleaning.map((step, i) => planStep(step, i, { input, numbers })),
    terms,
    extra: terms.map(({ name }) => name),
  };
}

function termsOf(step: CleaningStep, i: number, { source, header }: PlanInput): readonly Term[] {
  const column = (name: string) => columnText(name, header);
  switch (step.step) {
    case "exact-duplicates": {
      // 128 bits of a hash stand for the whole row: two different rows of a file never meet by chance.
      const cells = header.map((_, j) => `coalesce(length(c${j}) || ':' || c${j}, '-')`);
      return [{ name: `same${i}`, sql: `md5_number(concat_ws('', ${cells.join(", ")}))` }];
    }
    case "duplicates": {
      const order =
        step.order === undefined ? [] : [{ name: `order${i}`, sql: calendarDay(column(step.order), source) }];
      return [...step.by.map((name, j) => ({ name: `same${i}_${j}`, sql: column(name) })), ...order];
    }
    case "currencies":
      return [{ name: "currency", sql: `upper(${column(step.column)})` }];
    case "households":
      return step.by.map((name, j) => ({ name: `home${j}`, sql: `lower(${column(name)})` }));
    default:
      return [];
  }
}

function planStep(
  step: CleaningStep,
  i: number,
  { input, numbers }: { readonly input: PlanInput; readonly numbers: ReadonlyMap<string, string> },
): CleaningPlan {
  const { columns } = input.source;
  switch (step.step) {
    case "exact-duplicates":
      return planRepeats(step.step, { by: [`same${i}`], order: "row_number", rule: exactDuplicate });
    case "duplicates":
      return planKeyRepeats(step, i);
    case "cancellations":
      return planCancellations(input);
    case "test-accounts":
      return planFilter(step.step, {
        reason: "test-account",
        column: columns.get("customer")!,
        when: isListed("customer_id", step.customers, step.pattern),
        message: "customer is a test account",
      });
    case "non-products":
      return planFilter(step.step, {
        reason: "non-product",
        column: columns.get("product")!,
        when: isListed("product", step.products, step.pattern),
        message: "code is no product",
      });
    case "zero-price":
      return planZeroPrice(step.policy, columns.get("price") ?? columns.get("amount")!);
    case "outliers":
      return planOutliers(step, input, numbers);
    case "currencies":
      return planCurrencies(step, input);
    case "time-zone":
      return planTimeZone(step);
    case "households":
      return planHouseholds(step, input);
  }
}

const exactDuplicate: DropRule = {
  reason: "exact-duplicate",
  column: "",
  when: "",
  message: "an earlier row is equal in every column",
};

function planKeyRepeats({ step, by, keep, order }: DuplicatesStep, i: number): CleaningPlan {
  const word = keep === "first" ? "an earlier" : "a later";
  const direction = keep === "first" ? "" : " DESC";
  const date = order === undefined ? "" : `order${i}${direction} NULLS LAST, `;
  return planRepeats(step, {
    by: by.map((_, j) => `same${i}_${j}`),
    order: `${date}row_number${direction}`,
    rule: {
      reason: "duplicate-key",
      column: by[0]!,
      when: "",
      message: `${word} row has the same ${by.join(", ")}`,
    },
  });
}

/** Of the rows kept so far that share `by`, all but the first in `order` are dropped; rows without a value share nothing. */
function planRepeats(
  step: CleaningPlan["step"],
  { by, order, rule }: { readonly by: readonly string[]; readonly order: string; readonly rule: DropRule },
): CleaningPlan {
  const filled = by.map((name) => `${name} IS NOT NULL`).join(" AND ");
  return {
    step,
    rules: [rule],
    run: async (engine, { table, firstRule }) => {
      await engine.run(`
        UPDATE ${table} SET rule = ${firstRule} WHERE row_number IN (
          SELECT row_number FROM (
            SELECT row_number, row_number() OVER (PARTITION BY ${by.join(", ")} ORDER BY ${order}) AS turn
            FROM ${table} WHERE rule IS NULL AND ${filled})
          WHERE turn > 1)`);
      return { changed: 0, detail: "" };
    },
  };
}

/** Drops the kept rows that fit the rule's condition. */
function planFilter(step: CleaningPlan["step"], rule: DropRule): CleaningPlan {
  return {
    step,
    rules: [rule],
    run: async (engine, { table, firstRule }) => {
      await engine.run(`UPDATE ${table} SET rule = ${firstRule} WHERE rule IS NULL AND (${rule.when})`);
      return { changed: 0, detail: "" };
    },
  };
}

function planZeroPrice(policy: "drop" | "keep", column: string): CleaningPlan {
  const free = planFilter("zero-price", {
    reason: "zero-price",
    column,
    when: "price = 0",
    message: "price is 0",
  });
  if (policy === "drop") return free;
  return {
    step: "zero-price",
    rules: [],
    run: async (engine, { table }) => {
      const rows = await countRows(engine, table, "rule IS NULL AND price = 0");
      return { changed: 0, detail: `${rows} kept rows have price 0` };
    },
  };
}

function isListed(term: string, list: readonly string[], pattern: string | undefined): string {
  const listed = `${term} IN (${list.map((item) => quoteText(item, "duckdb")).join(", ")})`;
  const fits = pattern === undefined ? [] : [`regexp_full_match(${term}, ${quoteText(pattern, "duckdb")})`];
  return [...(list.length === 0 ? [] : [listed]), ...fits].join(" OR ");
}

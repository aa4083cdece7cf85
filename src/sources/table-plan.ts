import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import type { CellReason, DropReason } from "./account.js";
import { cellText } from "./cell-sql.js";

/** What a plan is made from. */
export interface PlanInput {
  readonly config: WorkbookConfig;
  readonly source: SourceConfig;
  /** Column names of the file, in order; the raw table calls them c0, c1, …. */
  readonly header: readonly string[];
}

/** How one file becomes a typed table. Terms and conditions are SQL. */
export interface TablePlan {
  /** Terms over the raw columns first, then terms over earlier ones. `customer_id` is among them. */
  readonly steps: readonly (readonly Term[])[];
  /** In order of judgement: the first that fits drops the row. */
  readonly rules: readonly DropRule[];
  /** Columns of the table, each a term. */
  readonly columns: readonly { readonly name: string; readonly term: string }[];
  readonly cells: readonly CellRule[];
  /** Of several rows of one customer only the first is kept. */
  readonly isOnePerCustomer: boolean;
}

export interface Term {
  readonly name: string;
  readonly sql: string;
}

export interface DropRule {
  readonly reason: DropReason;
  /** Column in the file. */
  readonly column: string;
  readonly when: string;
  /** What is wrong, without values: "price is negative". */
  readonly message: string;
}

/** A column whose bad cells count as missing; the first reason that fits is given. */
export interface CellRule {
  /** Column in the file. */
  readonly column: string;
  readonly faults: readonly {
    readonly reason: CellReason;
    readonly when: string;
    readonly message: string;
  }[];
}

/** Term: the text of the column that one of our words stands for; NULL where the workbook maps none. */
export function wordText(name: string, word: string, { source, header }: PlanInput): Term {
  const column = source.columns.get(word);
  return { name, sql: column === undefined ? "NULL::VARCHAR" : columnText(column, header) };
}

/** SQL: the trimmed text of a column of the file. */
export function columnText(column: string, header: readonly string[]): string {
  return cellText(`c${header.indexOf(column)}`);
}

/** Term: the customer key. Stays text, so that leading zeros and long numbers survive. */
export function customerKey(input: PlanInput): Term {
  const { sql } = wordText("customer_id", "customer", input);
  const { stripFromKey } = input.source;
  if (stripFromKey === undefined) return { name: "customer_id", sql };
  const stripped = `regexp_replace(${sql}, ${quoteText(`(?:${stripFromKey})$`, "duckdb")}, '')`;
  return { name: "customer_id", sql: `nullif(${stripped}, '')` };
}

/** Rules that every kind begins with and ends with: a customer that is named, and known if there is a list of them. */
export function customerRules({ config, source }: PlanInput): { first: DropRule; last: readonly DropRule[] } {
  const column = source.columns.get("customer")!;
  const hasList = source.kind !== "customers" && config.sources.some(({ kind }) => kind === "customers");
  const unknown: DropRule = {
    reason: "unknown-customer",
    column,
    when: `customer_id NOT IN (SELECT customer_id FROM "customers")`,
    message: "customer is not in the customers file",
  };
  return {
    first: { reason: "missing-customer", column, when: "customer_id IS NULL", message: "customer is empty" },
    last: hasList ? [unknown] : [],
  };
}

/** Rules of a `date` term made from a `date_text` term: readable, not after the as-of date, within the window. */
export function dateRules({ config, source }: PlanInput): readonly DropRule[] {
  const column = source.columns.get("date")!;
  const { asOf, windowFrom } = config;
  const early: DropRule = {
    reason: "before-window",
    column,
    when: `date < DATE '${windowFrom}'`,
    message: `date lies before ${windowFrom}`,
  };
  return [
    {
      reason: "not-a-date",
      column,
      when: "date IS NULL",
      message: `date does not read as ${source.dateFormat}`,
    },
    { reason: "after-as-of", column, when: `date > DATE '${asOf}'`, message: `date lies after ${asOf}` },
    ...(windowFrom === undefined ? [] : [early]),
  ];
}

/** SQL list of terms. */
export function selectTerms(terms: readonly Term[]): string {
  return terms.map(({ name, sql }) => `${sql} AS ${quoteIdentifier(name, "duckdb")}`).join(", ");
}

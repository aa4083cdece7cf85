import type { CleaningStep } from "../config/cleaning-config.js";
import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { CellReason, DropReason } from "./account.js";
import { cellText, numberText } from "./cell-sql.js";

/** What a plan is made from. */
export interface PlanInput {
  readonly config: WorkbookConfig;
  readonly source: SourceConfig;
  /** Column names of the file, in order; the raw table calls them c0, c1, …. */
  readonly header: readonly string[];
  /** The type that the file gives each column: then the raw table has them as n0, n1, … too. */
  readonly types?: readonly string[];
  /** Whether of all blanks only spaces can stand around a cell; default false. */
  readonly hasOnlySpaces?: boolean;
}

/** How one file becomes a typed table. Terms and conditions are SQL. */
export interface TablePlan {
  /** Terms over the raw columns first, then terms over earlier ones. `customer_id` is among them. */
  readonly steps: readonly (readonly Term[])[];
  /** In order of judgement: the first that fits drops the row. */
  readonly rules: readonly DropRule[];
  readonly columns: readonly TableColumn[];
  readonly cells: readonly CellRule[];
  /** Of several rows of one customer only the first is kept, after cleaning. */
  readonly isOnePerCustomer: boolean;
  /** Terms that cleaning needs although they are no columns of the table. */
  readonly extra: readonly string[];
  /** Columns of days in which day and month could stand in both orders. */
  readonly dateOrders?: readonly DateOrder[];
  /** The declared steps, taken in order on the rows that the rules keep. Their rules are numbered after all others. */
  readonly cleaning: readonly CleaningPlan[];
  /** The query of the table from `kept` (a relation of the kept rows), where it is not its columns row by row. */
  readonly finish?: (kept: string) => string;
}

/** A column of the typed table. */
export interface TableColumn {
  readonly name: string;
  /** The term that it is. */
  readonly term: string;
  /** SQL of the one value that it has in every kept row: then it takes no room, because the table is a view that adds it. */
  readonly constant?: string;
}

/** A column of days: what it reads as, and what of the rest reads only with day and month in the other order. */
export interface DateOrder {
  /** Column in the file. */
  readonly column: string;
  /** Terms of type DATE. */
  readonly day: string;
  readonly onlySwapped: string;
}

/** One step on the checked rows. */
export interface CleaningPlan {
  readonly step: CleaningStep["step"] | "straight-lining" | "overlaps";
  /** Why the step drops rows; `when` is empty, because it is not a matter of one row. */
  readonly rules: readonly DropRule[];
  /** Sets `rule` of the rows to drop to the numbers of its rules, changes values of others. */
  run(engine: Engine, place: CleaningPlace): Promise<CleaningOutcome>;
}

/** What a step did besides dropping rows. */
export interface CleaningOutcome {
  /** Rows that were kept with another value. */
  readonly changed: number;
  /** What else there is to know, a sentence or ''. */
  readonly detail: string;
}

/** What a step works on. */
export interface CleaningPlace {
  /** Quoted name of the checked rows: `row_number`, `rule` (NULL: kept), the plan's columns and extra terms. */
  readonly table: string;
  /** Number of the step's first rule. */
  readonly firstRule: number;
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
  /** A quick condition under which `when` surely does not hold; rules may share one. */
  readonly unless?: string;
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

/** Number of the first rule of the first declared step: after the plan's rules comes that for repeated customers. */
export function firstCleaningRule({ rules }: TablePlan): number {
  return rules.length + 1;
}

/** Whether the table is its columns row by row under their own names. */
export function isInPlace({ columns, finish }: TablePlan): boolean {
  return (
    finish === undefined &&
    columns.every(({ name, term, constant }) => constant !== undefined || name === term)
  );
}

/** Term: the text of the column that one of our words stands for; NULL where the workbook maps none. */
export function wordText(
  name: string,
  word: string,
  { source, header, hasOnlySpaces = false }: PlanInput,
): Term {
  const column = source.columns.get(word);
  return {
    name,
    sql: column === undefined ? "NULL::VARCHAR" : columnText(column, header, { hasOnlySpaces }),
  };
}

/** Term: the text of a number that one of our words stands for, with groups of digits joined where the source declares them. */
export function wordNumber(name: string, word: string, input: PlanInput): Term {
  return { name, sql: numberText(wordText(name, word, input).sql, input.source) };
}

/** SQL: the trimmed text of a column of the file. */
export function columnText(
  column: string,
  header: readonly string[],
  { hasOnlySpaces = false }: { readonly hasOnlySpaces?: boolean } = {},
): string {
  return cellText(`c${header.indexOf(column)}`, { hasOnlySpaces });
}

/** Rules of a `date` term made from a `date_text` term: readable, not after the as-of date, within the window. */
export function dateRules({ config, source }: PlanInput): readonly DropRule[] {
  const column = source.columns.get("date") ?? source.columns.get("time")!;
  const { asOf, windowFrom } = config;
  const isPast = `date <= DATE '${asOf}'`;
  const early: DropRule = {
    reason: "before-window",
    column,
    when: `date < DATE '${windowFrom}'`,
    unless: `date >= DATE '${windowFrom}'`,
    message: `date lies before ${windowFrom}`,
  };
  return [
    {
      reason: "not-a-date",
      column,
      when: "date IS NULL",
      unless: isPast,
      message: `date does not read as ${source.dateFormat}`,
    },
    {
      reason: "after-as-of",
      column,
      when: `date > DATE '${asOf}'`,
      unless: isPast,
      message: `date lies after ${asOf}`,
    },
    ...(windowFrom === undefined ? [] : [early]),
  ];
}

/** SQL list of terms. */
export function selectTerms(terms: readonly Term[]): string {
  return terms.map(({ name, sql }) => `${sql} AS ${quoteIdentifier(name, "duckdb")}`).join(", ");
}

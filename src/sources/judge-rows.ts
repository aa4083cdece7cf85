import type { WorkbookConfig } from "../config/workbook-config.js";
import { MachineError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { CheckedTable } from "./checked-table.js";
import { planSource } from "./plan-of-kind.js";
import type { RawReading, RawTable } from "./raw-table.js";
import { readRawTable, releasingOnError } from "./read-raw-table.js";
import { isInPlace, selectTerms, type TablePlan } from "./table-plan.js";

/**
 * Judges every readable row of a source in one pass over its files: its terms, the number of the rule that drops it and the
 * faults of its cells, one row of the table for each row of the files, in their order.
 *
 * The engine reads the files itself. Where it stumbles or finds another number of rows than was counted, the files are read
 * again, record by record.
 *
 * @param table - Quoted name of the table to make.
 * @param asView - Make no copy of the rows where their file has types of its own: a view reads it again whenever it is asked.
 */
export async function judgeRows(
  engine: Engine,
  config: WorkbookConfig,
  {
    reading,
    table,
    asView = false,
  }: { readonly reading: RawReading; readonly table: string; readonly asView?: boolean },
): Promise<CheckedTable> {
  const { source } = reading;
  const plain = await readRawTable(engine, reading, { asRelation: true });
  const planOf = ({ header, native, files }: RawTable) => {
    const hasOnlySpaces = files.every((file) => file.hasOnlySpaces === true);
    return planSource({ config, source, header, hasOnlySpaces, ...(native && { types: native.types }) });
  };
  const judged = await releasingOnError(plain, async () => {
    const planned = { source, raw: plain, plan: planOf(plain) };
    if (!asView || !mayBeView(planned))
      return (await makeTable(engine, table, planned)) ? numberRows(engine, table, planned) : undefined;
    const dropped = await makeView(engine, table, planned);
    return dropped === undefined ? undefined : { table, rows: table, dropped, ...planned };
  });
  if (judged !== undefined) return judged;
  await plain.release();
  const raw = await readRawTable(engine, reading, { careful: true });
  return releasingOnError(raw, async () => {
    const careful = { source, raw, plan: planOf(raw) };
    await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${judgedQuery(careful)}`);
    return numberRows(engine, table, careful);
  });
}

type Planned = Pick<CheckedTable, "raw" | "plan" | "source">;

/** @returns Whether the engine read the rows that were counted. */
async function makeTable(engine: Engine, table: string, planned: Planned): Promise<boolean> {
  const isRead = await isReadable(engine.run(`CREATE OR REPLACE TABLE ${table} AS ${judgedQuery(planned)}`));
  if (!isRead) return false;
  const [counted] = await engine.rows(`SELECT count(*) AS rows FROM ${table}`);
  return Number(counted?.get("rows")) === planned.raw.rowCount;
}

/** Whether an engine's statement found nothing wrong with a file. */
async function isReadable(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    const isOfFile = error instanceof Error && /^(Invalid Input|Conversion) Error/.test(error.message);
    if (error instanceof MachineError || !isOfFile) throw error;
    return false;
  }
}

/** A view will do where no row is compared with another and no cell is told of. */
function mayBeView({ raw, plan, source }: Planned): boolean {
  const isRowByRow = isInPlace(plan) && plan.cells.length === 0 && source.join === undefined;
  return raw.native?.isNumbered === true && isRowByRow && !isCompared(plan);
}

/** @returns The table of the rows that a rule drops; undefined if the engine cannot read the file. */
async function makeView(engine: Engine, view: string, planned: Planned): Promise<string | undefined> {
  const dropped = quoteIdentifier(`dropped ${planned.source.name}`, "duckdb");
  const isRead = await isReadable(
    engine.run(`CREATE OR REPLACE VIEW ${view} AS ${judgedQuery(planned, ["row_number"])};
      CREATE OR REPLACE TEMP TABLE ${dropped} AS SELECT row_number, customer_id, rule FROM ${view} WHERE rule IS NOT NULL`),
  );
  if (isRead) return dropped;
  await engine.run(`DROP VIEW IF EXISTS ${view}`);
  return undefined;
}

/** No WHERE and no window: so the rows are read by every thread and stay in their order. */
function judgedQuery({ raw, plan }: Planned, more: readonly string[] = []): string {
  const [texts, ...steps] = plan.steps;
  const typed = steps
    .filter((terms) => terms.length > 0)
    .reduce(
      (query, terms) => `SELECT *, ${selectTerms(terms)} FROM (${query})`,
      `SELECT ${[selectTerms(texts!), ...more].join(", ")} FROM ${raw.table}`,
    );
  const rule = `${ruleCase(plan)}::SMALLINT AS rule`;
  const faults = plan.cells.map(({ faults }, j) => {
    const cases = faults.map(({ when }, k) => `WHEN ${when} THEN ${k}`).join(" ");
    return `CASE ${cases} END::TINYINT AS fault${j}`;
  });
  const stored = plan.columns.flatMap(({ term, constant }) => (constant === undefined ? [term] : []));
  const kept = new Set(["customer_id", ...stored, ...plan.extra]);
  const select = [...kept, ...more, rule, ...faults].join(", ");
  return `SELECT ${select} FROM (${typed})`;
}

/** Nearly every row is kept: where a few quick conditions say so, no rule is looked at. */
function ruleCase({ rules }: TablePlan): string {
  if (rules.length === 0) return "NULL";
  const unless = new Set(rules.map((rule) => rule.unless));
  const kept = unless.has(undefined) ? "" : `WHEN ${[...unless].join(" AND ")} THEN NULL `;
  return `CASE ${kept}${rules.map(({ when }, k) => `WHEN ${when} THEN ${k}`).join(" ")} END`;
}

function isCompared(plan: TablePlan): boolean {
  return plan.cleaning.length > 0 || plan.isOnePerCustomer;
}

/** Only steps that compare rows need the number of a row as a column; else it is the table's own. */
async function numberRows(engine: Engine, table: string, planned: Planned): Promise<CheckedTable> {
  const isColumn = isCompared(planned.plan);
  if (isColumn)
    await engine.run(
      `ALTER TABLE ${table} ADD COLUMN row_number BIGINT; UPDATE ${table} SET row_number = rowid`,
    );
  const rows = isColumn ? table : `(SELECT rowid AS row_number, * FROM ${table})`;
  return { table, rows, ...planned };
}

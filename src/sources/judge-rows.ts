import type { WorkbookConfig } from "../config/workbook-config.js";
import { MachineError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import type { CheckedTable } from "./checked-table.js";
import { planSource } from "./plan-of-kind.js";
import type { RawReading, RawTable } from "./raw-table.js";
import { readRawTable } from "./read-raw-table.js";
import { selectTerms } from "./table-plan.js";

/**
 * Judges every readable row of a source in one pass over its files: its terms, the number of the rule that drops it and the
 * faults of its cells, one row of the table for each row of the files, in their order.
 *
 * The engine reads the files itself. Where it stumbles or finds another number of rows than was counted, the files are read
 * again, record by record.
 *
 * @param table - Quoted name of the table to make.
 */
export async function judgeRows(
  engine: Engine,
  config: WorkbookConfig,
  { reading, table }: { readonly reading: RawReading; readonly table: string },
): Promise<CheckedTable> {
  const { source } = reading;
  const plain = await readRawTable(engine, reading, { asRelation: true });
  const planned = { source, raw: plain, plan: planSource({ config, source, header: plain.header }) };
  if (await makeTable(engine, table, planned)) return numberRows(engine, table, planned);
  await plain.release();
  const raw = await readRawTable(engine, reading, { careful: true });
  const careful = { source, raw, plan: planSource({ config, source, header: raw.header }) };
  await engine.run(judgedQuery(table, careful));
  return numberRows(engine, table, careful);
}

type Planned = Pick<CheckedTable, "raw" | "plan" | "source">;

/** @returns Whether the engine read the rows that were counted. */
async function makeTable(engine: Engine, table: string, planned: Planned): Promise<boolean> {
  try {
    await engine.run(judgedQuery(table, planned));
  } catch (error) {
    const isOfFile = error instanceof Error && /^(Invalid Input|Conversion) Error/.test(error.message);
    if (error instanceof MachineError || !isOfFile) throw error;
    return false;
  }
  const [counted] = await engine.rows(`SELECT count(*) AS rows FROM ${table}`);
  return Number(counted?.get("rows")) === planned.raw.rowCount;
}

/** No WHERE and no window: so the rows are read by every thread and stay in their order. */
function judgedQuery(table: string, { raw, plan, source }: Planned): string {
  const [texts, ...steps] = plan.steps;
  const same = source.duplicates === "drop" ? [sameRow(raw)] : [];
  const typed = steps
    .filter((terms) => terms.length > 0)
    .reduce(
      (query, terms) => `SELECT *, ${selectTerms(terms)} FROM (${query})`,
      `SELECT ${[selectTerms(texts!), ...same].join(", ")} FROM ${raw.table}`,
    );
  const branches = plan.rules.map(({ when }, k) => `WHEN ${when} THEN ${k}`).join(" ");
  const rule = `${branches === "" ? "NULL" : `CASE ${branches} END`}::SMALLINT AS rule`;
  const faults = plan.cells.map(({ faults }, j) => {
    const cases = faults.map(({ when }, k) => `WHEN ${when} THEN ${k}`).join(" ");
    return `CASE ${cases} END::TINYINT AS fault${j}`;
  });
  const kept = new Set(["customer_id", ...plan.columns.map(({ term }) => term), ...plan.extra]);
  const select = [...kept, ...(same.length > 0 ? ["same_row"] : []), rule, ...faults].join(", ");
  return `CREATE OR REPLACE TABLE ${table} AS SELECT ${select} FROM (${typed})`;
}

/** 128 bits of a hash stand for the whole row: two different rows of a file never meet by chance. */
function sameRow({ header }: RawTable): string {
  const cells = header.map((_, j) => `coalesce(length(c${j}) || ':' || c${j}, '-')`);
  return `md5_number(concat_ws('', ${cells.join(", ")})) AS same_row`;
}

/** Only steps that compare rows need the number of a row as a column; else it is the table's own. */
async function numberRows(engine: Engine, table: string, planned: Planned): Promise<CheckedTable> {
  const { plan, source } = planned;
  const isCompared = plan.cleaning.length > 0 || plan.isOnePerCustomer || source.duplicates === "drop";
  if (isCompared)
    await engine.run(
      `ALTER TABLE ${table} ADD COLUMN row_number BIGINT; UPDATE ${table} SET row_number = rowid`,
    );
  const rows = isCompared ? table : `(SELECT rowid AS row_number, * FROM ${table})`;
  return { table, rows, ...planned };
}

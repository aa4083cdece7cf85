import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { SourceAccount } from "./account.js";
import {
  type CheckedTable,
  type CustomerCount,
  cellAccount,
  countCustomers,
  dropAccount,
  faultAccount,
} from "./checked-table.js";
import { readCsvTable } from "./csv-table.js";
import type { FoundFile } from "./find-file.js";
import { readParquetTable } from "./parquet-table.js";
import { planSource, tableOf } from "./plan-of-kind.js";
import type { RawTable } from "./raw-table.js";
import { selectTerms, type TablePlan } from "./table-plan.js";

/** What became of one file. */
export interface LoadedSource {
  readonly account: SourceAccount;
  readonly customers: CustomerCount;
}

/** Reads one file into the typed table of its kind and accounts for every row. */
export async function loadSource(
  engine: Engine,
  config: WorkbookConfig,
  { source, file }: { readonly source: SourceConfig; readonly file: FoundFile },
): Promise<LoadedSource> {
  await checkStripPattern(engine, source);
  const readTable = source.format === "parquet" ? readParquetTable : readCsvTable;
  const table = quoteIdentifier(`raw_${source.name}`, "duckdb");
  const raw = await readTable(engine, { source, path: file.path, table });
  const plan = planSource({ config, source, header: raw.header });
  const checked = await checkRows(engine, source, { raw, plan });
  await engine.run(
    `CREATE OR REPLACE TABLE ${quoteIdentifier(tableOf(source), "duckdb")} AS SELECT ${tableColumns(plan)} FROM ${checked.table} WHERE rule IS NULL`,
  );
  const [counted] = await engine.rows(
    `SELECT count(*) AS rows FROM ${quoteIdentifier(tableOf(source), "duckdb")}`,
  );
  const faults = faultAccount(raw.faults);
  const account: SourceAccount = {
    name: source.name,
    path: file.written,
    sha256: raw.sha256,
    rowsRead: raw.rowCount + faults.reduce((sum, { rows }) => sum + rows, 0),
    rowsKept: Number(counted?.get("rows")),
    dropped: [...faults, ...(await dropAccount(engine, checked))],
    cells: await cellAccount(engine, checked),
  };
  const customers = await countCustomers(engine, checked);
  await engine.run(`DROP TABLE ${checked.table}; DROP TABLE ${raw.table}`);
  return { account, customers };
}

/** The database's regular expressions know less than JavaScript's. */
async function checkStripPattern(engine: Engine, { name, stripFromKey }: SourceConfig): Promise<void> {
  if (stripFromKey === undefined) return;
  const [row] = await engine
    .rows(`SELECT regexp_replace('', '(?:${stripFromKey.replaceAll("'", "''")})$', '') AS result`)
    .catch(() => []);
  if (row === undefined)
    throw new InputError(
      `loadSources: sources.${name}.stripFromKey must be a regular expression without look-around or back references, got ${describeValue(stripFromKey)}`,
    );
}

function tableColumns({ columns }: TablePlan): string {
  return selectTerms(columns.map(({ name, term }) => ({ name, sql: term })));
}

async function checkRows(
  engine: Engine,
  source: SourceConfig,
  { raw, plan }: { readonly raw: RawTable; readonly plan: TablePlan },
): Promise<CheckedTable> {
  const table = quoteIdentifier(`checked_${source.name}`, "duckdb");
  const [texts, ...steps] = plan.steps;
  const typed = steps
    .filter((terms) => terms.length > 0)
    .reduce(
      (query, terms) => `SELECT *, ${selectTerms(terms)} FROM (${query})`,
      `SELECT rowid AS row_number, ${selectTerms(texts!)} FROM ${raw.table}`,
    );
  const branches = plan.rules.map(({ when }, k) => `WHEN ${when} THEN ${k}`).join(" ");
  const faults = plan.cells.map(({ faults }, j) => {
    const cases = faults.map(({ when }, k) => `WHEN ${when} THEN ${k}`).join(" ");
    return `CASE ${cases} END AS fault${j}`;
  });
  const kept = ["row_number", ...new Set(plan.columns.map(({ term }) => term))];
  const select = [...kept, `CASE ${branches} END AS rule`, ...faults].join(", ");
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${select} FROM (${typed})`);
  const checked: CheckedTable = { table, raw, plan, source };
  if (plan.isOnePerCustomer)
    await dropRepeated(engine, checked, { by: "customer_id", rule: plan.rules.length });
  if (source.duplicates === "drop") await dropExact(engine, checked);
  return checked;
}

/** Of the rows still kept that share `by`, drops all but the first. */
async function dropRepeated(
  engine: Engine,
  { table }: CheckedTable,
  { by, rule, from = table }: { readonly by: string; readonly rule: number; readonly from?: string },
): Promise<void> {
  await engine.run(`
    UPDATE ${table} SET rule = ${rule} WHERE row_number IN (
      SELECT row_number FROM (
        SELECT row_number, row_number() OVER (PARTITION BY ${by} ORDER BY row_number) AS turn
        FROM ${from} WHERE rule IS NULL)
      WHERE turn > 1)`);
}

async function dropExact(engine: Engine, checked: CheckedTable): Promise<void> {
  const { table, raw, plan } = checked;
  const by = raw.header.map((_, j) => `c${j}`).join(", ");
  const from = `(SELECT raw.*, row_number, rule FROM ${table} JOIN ${raw.table} AS raw ON raw.rowid = row_number)`;
  await dropRepeated(engine, checked, { by, rule: plan.rules.length + 1, from });
}

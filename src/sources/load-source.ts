import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { SourceAccount } from "./account.js";
import { checkDateOrder } from "./check-date-order.js";
import { checkKeys } from "./check-keys.js";
import {
  type CheckedTable,
  cellAccount,
  dropAccount,
  type FaultyRows,
  faultAccount,
  setAside,
} from "./checked-table.js";
import { cleanRows } from "./clean-rows.js";
import { fileAccounts, sha256OfFiles } from "./file-account.js";
import type { FoundFiles } from "./find-files.js";
import { joinAccount } from "./join-account.js";
import { judgeRows } from "./judge-rows.js";
import { releasingOnError } from "./read-raw-table.js";
import { settleRows } from "./settle-rows.js";

/** What became of one source. */
export interface LoadedSource {
  readonly account: SourceAccount;
  /** What was dropped or counts as missing. */
  readonly faulty: FaultyRows;
  /** Quoted name of the typed table. */
  readonly table: string;
}

/** A source, its files, and what earlier sources of its kind left. */
export interface SourceReading {
  readonly source: SourceConfig;
  readonly found: FoundFiles;
  /** Name of the typed table to make. */
  readonly table: string;
  /** Typed tables of earlier sources of the kind: a customer that one of them has is not taken again where each has one row. */
  readonly earlier: readonly string[];
  /** Whether the table may be a view that reads the file again. */
  readonly asView: boolean;
}

/** Reads the files of one source into a typed table and accounts for every row. */
export async function loadSource(
  engine: Engine,
  config: WorkbookConfig,
  { source, found, table, earlier, asView }: SourceReading,
): Promise<LoadedSource> {
  await checkStripPattern(engine, source);
  const quoted = (name: string) => quoteIdentifier(name, "duckdb");
  const reading = { source, files: found.files, table: quoted(`raw ${source.name}`) };
  const checked = await judgeRows(engine, config, {
    reading,
    table: quoted(`judged ${source.name}`),
    asView,
  });
  const place = { written: found.written, table: quoted(table), earlier };
  const loaded = await releasingOnError(checked.raw, () => settleSource(engine, checked, place));
  await checked.raw.release();
  return loaded;
}

/** From judged rows to the typed table and its account. */
async function settleSource(
  engine: Engine,
  checked: CheckedTable,
  {
    written,
    table,
    earlier,
  }: { readonly written: string; readonly table: string; readonly earlier: readonly string[] },
): Promise<LoadedSource> {
  const { raw, plan, source } = checked;
  await checkKeys(engine, checked);
  await checkDateOrder(engine, checked);
  const steps = await cleanRows(engine, checked);
  if (plan.isOnePerCustomer) await dropKnown(engine, checked, earlier);
  const join = await joinAccount(engine, checked);
  const faulty = await setAside(engine, checked);
  const rowsKept = await settleRows(engine, checked, { faulty, table });
  const faults = faultAccount(raw.files);
  const account: SourceAccount = {
    name: source.name,
    path: written,
    sha256: sha256OfFiles(raw.files),
    rowsRead: raw.rowCount + faults.reduce((sum, { rows }) => sum + rows, 0),
    rowsKept,
    dropped: [...faults, ...(await dropAccount(engine, faulty))],
    cells: [...raw.files.flatMap(({ cells }) => cells), ...(await cellAccount(engine, faulty))],
    ...(steps.length > 0 && { steps }),
    ...join,
    ...fileAccounts(raw),
  };
  return { account, faulty, table };
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

/** Of each customer one row is kept: the first, and none if an earlier source has the customer. */
async function dropKnown(engine: Engine, checked: CheckedTable, earlier: readonly string[]): Promise<void> {
  const rule = checked.plan.rules.length;
  await dropRepeated(engine, checked, { by: "customer_id", rule });
  for (const table of earlier)
    await engine.run(`
      UPDATE ${checked.table} SET rule = ${rule}
      WHERE rule IS NULL AND customer_id IN (SELECT customer_id FROM ${quoteIdentifier(table, "duckdb")})`);
}

/** Of the rows still kept that share `by`, drops all but the first. */
async function dropRepeated(
  engine: Engine,
  { table }: CheckedTable,
  { by, rule }: { readonly by: string; readonly rule: number },
): Promise<void> {
  await engine.run(`
    UPDATE ${table} SET rule = ${rule} WHERE row_number IN (
      SELECT row_number FROM (
        SELECT row_number, row_number() OVER (PARTITION BY ${by} ORDER BY row_number) AS turn
        FROM ${table} WHERE rule IS NULL)
      WHERE turn > 1)`);
}

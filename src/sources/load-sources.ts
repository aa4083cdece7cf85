import type { SourceKind, WorkbookConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { CleaningAccount, CustomersAccount, DroppedRows, TransactionTotals } from "./account.js";
import { type CustomerCount, countCustomers } from "./count-customers.js";
import { type FileLookup, findFiles } from "./find-files.js";
import { type LoadedSource, loadSource } from "./load-source.js";
import { tableOf } from "./plan-of-kind.js";

/** Where files lie and what becomes of them. */
export interface LoadOptions extends FileLookup {
  /**
   * Whether a table may be a view over its file where that has types of its own (Parquet), so that no copy of its rows is made:
   * right for tables that are read a few times and not kept, and files that stay as they are meanwhile.
   */
  readonly asViews?: boolean;
}

/**
 * Reads every source of a workbook into typed tables of the engine and accounts for every row.
 *
 * Leaves one table per kind of source: customers, transactions, survey, web, social, campaigns, …; several sources of a kind are
 * put together in the order of the workbook. The customers sources say who the customers are; without one, whoever has a kept
 * transaction does.
 *
 * @throws InputError if a file is missing, is not what the workbook says, or leaves no customer.
 */
export async function loadSources(
  engine: Engine,
  config: WorkbookConfig,
  options: LoadOptions = {},
): Promise<CleaningAccount> {
  const found = new Map(config.sources.map((source) => [source.name, findFiles(config, source, options)]));
  // What keys mean and currencies are worth first, then customers: rows of other sources are checked against them.
  const ordered = [...config.sources].sort((a, b) => rankOf(a.kind) - rankOf(b.kind));
  const tables = [...new Set(ordered.map(tableOf))];
  const loaded = new Map<string, LoadedSource>();
  for (const table of tables) {
    const together = ordered.filter((source) => tableOf(source) === table);
    const parts = together.map(({ name }) => (together.length === 1 ? table : `${table} of ${name}`));
    for (const [i, source] of together.entries()) {
      const reading = {
        source,
        found: found.get(source.name)!,
        table: parts[i]!,
        earlier: parts.slice(0, i),
        asView: options.asViews === true,
      };
      loaded.set(source.name, await loadSource(engine, config, reading));
    }
    if (parts.length > 1) await putTogether(engine, table, parts);
  }
  const first = ordered.find(({ kind }) => rankOf(kind) > 0)!;
  const population = ordered.filter(({ kind }) => kind === first.kind).map(({ name }) => loaded.get(name)!);
  checkPopulation(population);
  const totals = tables.includes("transactions") ? await readTotals(engine, config) : undefined;
  const customers = customersAccount(await countCustomers(engine, population));
  await engine.run([...loaded.values()].map(({ faulty }) => `DROP TABLE ${faulty.table}`).join("; "));
  return {
    sources: config.sources.map(({ name }) => loaded.get(name)!.account),
    customers,
    ...(totals && { totals }),
  };
}

/** Rows of several sources of a kind under its name, without a copy; a column that one of them lacks is missing there. */
async function putTogether(engine: Engine, table: string, parts: readonly string[]): Promise<void> {
  const name = (text: string) => quoteIdentifier(text, "duckdb");
  const rows = parts.map((part) => `SELECT * FROM ${name(part)}`).join(" UNION ALL BY NAME ");
  await engine.run(`CREATE OR REPLACE VIEW ${name(table)} AS ${rows}`);
}

function rankOf(kind: SourceKind): number {
  if (kind === "mapping" || kind === "rates") return 0;
  return kind === "customers" ? 1 : kind === "transactions" ? 2 : 3;
}

function checkPopulation(population: readonly LoadedSource[]): void {
  if (population.some(({ account }) => account.rowsKept > 0)) return;
  const { account } = population[0]!;
  const reasons = account.dropped.map(({ reason, rows }) => `${rows} ${reason}`).join(", ");
  const example = account.dropped[0]?.examples[0];
  const first = example === undefined ? "" : `; the first at line ${example.line}: ${example.message}`;
  throw new InputError(
    `loadSources: ${account.path} must keep at least one row, got none of ${account.rowsRead} (${reasons}${first})`,
  );
}

function customersAccount({ found, kept, examples }: CustomerCount): CustomersAccount {
  const dropped: readonly DroppedRows[] =
    found === kept ? [] : [{ reason: "no-kept-row", rows: found - kept, examples }];
  return { found, kept, dropped };
}

async function readTotals(engine: Engine, { money }: WorkbookConfig): Promise<TransactionTotals> {
  // In two levels, because a distinct count cannot spill.
  const [row] = await engine.rows(`
    SELECT count(invoice) AS invoices, coalesce(sum(amount), 0)::VARCHAR AS minor
    FROM (SELECT invoice, sum(amount) AS amount FROM "transactions" GROUP BY invoice)`);
  const revenueMinor = String(row?.get("minor"));
  return {
    invoices: Number(row?.get("invoices")),
    revenueMinor,
    revenue: Number(revenueMinor) / 10 ** money.decimals,
    currency: money.currency,
  };
}

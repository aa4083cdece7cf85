import type { SourceKind, WorkbookConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import type { CleaningAccount, CustomersAccount, DroppedRows, TransactionTotals } from "./account.js";
import { type FileLookup, findFile } from "./find-file.js";
import { type LoadedSource, loadSource } from "./load-source.js";

/**
 * Reads every source of a workbook into typed tables of the engine and accounts for every row.
 *
 * Leaves one table per kind of source: customers, transactions, survey, web, social, campaigns. The customers file says who
 * the customers are; without one, whoever has a kept transaction does.
 *
 * @throws InputError if a file is missing, is not what the workbook says, or leaves no customer.
 */
export async function loadSources(
  engine: Engine,
  config: WorkbookConfig,
  lookup: FileLookup = {},
): Promise<CleaningAccount> {
  const files = new Map(config.sources.map((source) => [source.name, findFile(config, source, lookup)]));
  // Customers first: rows of other sources are checked against them.
  const ordered = [...config.sources].sort((a, b) => rankOf(a.kind) - rankOf(b.kind));
  const loaded = new Map<string, LoadedSource>();
  for (const source of ordered)
    loaded.set(source.name, await loadSource(engine, config, { source, file: files.get(source.name)! }));
  const population = loaded.get(ordered[0]!.name)!;
  checkPopulation(population);
  const totals = config.sources.some(({ kind }) => kind === "transactions")
    ? await readTotals(engine, config)
    : undefined;
  return {
    sources: config.sources.map(({ name }) => loaded.get(name)!.account),
    customers: customersAccount(population),
    ...(totals && { totals }),
  };
}

function rankOf(kind: SourceKind): number {
  return kind === "customers" ? 0 : kind === "transactions" ? 1 : 2;
}

function checkPopulation({ account }: LoadedSource): void {
  if (account.rowsKept > 0) return;
  const reasons = account.dropped.map(({ reason, rows }) => `${rows} ${reason}`).join(", ");
  const example = account.dropped[0]?.examples[0];
  const first = example === undefined ? "" : `; the first at line ${example.line}: ${example.message}`;
  throw new InputError(
    `loadSources: ${account.path} must keep at least one row, got none of ${account.rowsRead} (${reasons}${first})`,
  );
}

function customersAccount({ customers: { found, kept, examples } }: LoadedSource): CustomersAccount {
  const dropped: readonly DroppedRows[] =
    found === kept ? [] : [{ reason: "no-kept-row", rows: found - kept, examples }];
  return { found, kept, dropped };
}

async function readTotals(engine: Engine, { money }: WorkbookConfig): Promise<TransactionTotals> {
  const [row] = await engine.rows(`
    SELECT count(DISTINCT invoice) AS invoices, coalesce(sum(amount), 0)::VARCHAR AS minor FROM "transactions"`);
  const revenueMinor = String(row?.get("minor"));
  return {
    invoices: Number(row?.get("invoices")),
    revenueMinor,
    revenue: Number(revenueMinor) / 10 ** money.decimals,
    currency: money.currency,
  };
}

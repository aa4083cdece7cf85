import type { SourceConfig, SourceKind, WorkbookConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { CleaningAccount, DropReason, SourceAccount } from "../sources/account.js";
import { type CleanInput, type CleanPlan, checkPushable, planCustomerList, planOrders } from "./clean-sql.js";
import { createTable, ownTable, type PushdownEngine } from "./pushdown-engine.js";

/** Cleaned tables of ours on an engine. */
export interface CleanedTables {
  readonly account: CleaningAccount;
  /** Cleaned table of a kind, as SQL after FROM. */
  readonly relationOf: (kind: SourceKind) => string;
}

/**
 * Cleans a workbook's tables where they are: customers and transactions whose columns are typed, by the rules of files, each
 * row that is dropped counted by reason. The rows that stay become `segbook_<run>_customers` and `segbook_<run>_transactions`.
 *
 * @throws InputError if a source asks for what an engine's table is not cleaned with, a kind comes twice, or nobody is left.
 */
export async function cleanTables(
  engine: PushdownEngine,
  config: WorkbookConfig,
  run: string,
): Promise<CleanedTables> {
  const { dialect } = engine;
  const relationOf = (kind: SourceKind) => quoteIdentifier(ownTable(run, kind), dialect);
  // The list of customers first: orders are checked against it.
  const sources = [...config.sources].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  const hasList = sources.some(({ kind }) => kind === "customers");
  const accounts: SourceAccount[] = [];
  for (const source of sources) {
    checkPushable(source);
    if (sources.some((other) => other !== source && other.kind === source.kind))
      throw new InputError(
        `segbook: sources must be of different kinds on this engine, got two of kind ${source.kind}. Put them together in a view there`,
      );
    const isOrders = source.kind === "transactions";
    const input: CleanInput = {
      config,
      source,
      dialect,
      ...(isOrders && hasList && { customers: relationOf("customers") }),
    };
    const plan = isOrders ? planOrders(input) : planCustomerList(input);
    accounts.push(await cleanTable(engine, source, { plan, table: ownTable(run, source.kind) }));
  }
  const population = relationOf(hasList ? "customers" : "transactions");
  const kept = await count(engine, `SELECT COUNT(DISTINCT customer_id) AS n FROM ${population}`);
  if (kept === 0) throw new InputError("segbook: the sources must hold at least one customer, got none");
  const inOrder = config.sources.map(({ name }) => accounts.find((account) => account.name === name)!);
  return { account: { sources: inOrder, customers: { found: kept, kept, dropped: [] } }, relationOf };
}

async function cleanTable(
  engine: PushdownEngine,
  source: SourceConfig,
  { plan, table }: { readonly plan: CleanPlan; readonly table: string },
): Promise<SourceAccount> {
  const { dialect } = engine;
  const judged = judgedSql(plan);
  const reasons = await engine.rows(
    `SELECT reason, COUNT(*) AS n FROM (${judged}) AS reasons GROUP BY reason`,
  );
  const counts = new Map(reasons.map((row) => [row.get("reason") ?? "", Number(row.get("n"))]));
  const columns = plan.columns.map((name) => quoteIdentifier(name, dialect)).join(", ");
  await createTable(engine, table, `SELECT ${columns} FROM (${judged}) AS reasons WHERE reason IS NULL`);
  const cells = [];
  for (const { column, when } of plan.cells) {
    const missing = await count(
      engine,
      `SELECT COUNT(*) AS n FROM (${judged}) AS reasons WHERE reason IS NULL AND ${when}`,
    );
    if (missing > 0) cells.push({ reason: "out-of-range" as const, column, count: missing, examples: [] });
  }
  const dropped = plan.rules
    .map(({ reason }) => ({ reason: reason as DropReason, rows: counts.get(reason) ?? 0, examples: [] }))
    .filter(({ rows }) => rows > 0);
  const rowsRead = [...counts.values()].reduce((sum, rows) => sum + rows, 0);
  return {
    name: source.name,
    path: source.table!,
    sha256: "",
    rowsRead,
    rowsKept: counts.get("") ?? 0,
    dropped,
    cells,
    notes: ["A table of the engine has no lines to show and no bytes to hash."],
  };
}

/** SQL: rows with the first reason that drops them, or NULL. */
function judgedSql({ rows, rules }: CleanPlan): string {
  const whens = rules.map(({ reason, when }) => `WHEN ${when} THEN '${reason}'`);
  return `SELECT judged.*, CASE ${whens.join(" ")} END AS reason FROM (${rows}) AS judged`;
}

async function count(engine: PushdownEngine, sql: string): Promise<number> {
  const [row] = await engine.rows(sql);
  return Number(row!.get("n"));
}

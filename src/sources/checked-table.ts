import type { SourceConfig } from "../config/workbook-config.js";
import type { Engine, QueryRow } from "../engine/engine.js";
import type { CellReason, DroppedRows, DropReason, MissingCells, RowExample } from "./account.js";
import type { RecordFault } from "./csv-record.js";
import type { RawTable } from "./raw-table.js";
import type { FaultyLines } from "./record-ledger.js";
import type { DropRule, TablePlan } from "./table-plan.js";

/** Every readable row of a source, judged: `row_number`, its terms, `rule` (index of the rule that drops it), `fault0`, …. */
export interface CheckedTable {
  /** Quoted name. */
  readonly table: string;
  readonly raw: RawTable;
  readonly plan: TablePlan;
  readonly source: SourceConfig;
}

const faultMessages: ReadonlyMap<RecordFault, string> = new Map([
  ["too-few-columns", "line has fewer fields than the header"],
  ["too-many-columns", "line has more fields than the header"],
  ["unterminated-quote", "line opens a quote that is not closed before a delimiter or the line's end"],
  ["invalid-encoding", "line holds bytes that are not in the declared encoding"],
  ["line-too-long", "line is longer than 2 MB"],
]);

/** Lines that are no rows, in the order of {@link DropReason}. */
export function faultAccount(faults: ReadonlyMap<RecordFault, FaultyLines>): DroppedRows[] {
  return [...faultMessages].flatMap(([reason, message]) => {
    const { rows = 0, lines = [] } = faults.get(reason) ?? {};
    return rows === 0
      ? []
      : [{ reason, rows, examples: lines.map((line) => ({ line, column: "", message })) }];
  });
}

/** Rows that rules dropped, by reason, in order of judgement. */
export async function dropAccount(engine: Engine, checked: CheckedTable): Promise<DroppedRows[]> {
  const rules = rulesOf(checked);
  const found = await tally(engine, checked, "rule IS NOT NULL", "rule");
  const byReason = new Map<DropReason, { rows: number; examples: RowExample[] }>();
  for (const { index, count, examples } of found) {
    const { reason, column, message } = rules[index]!;
    const entry = byReason.get(reason) ?? { rows: 0, examples: [] };
    entry.rows += count;
    entry.examples.push(...examples.map((example) => exampleOf(checked, example, { column, message })));
    byReason.set(reason, entry);
  }
  return [...byReason].map(([reason, { rows, examples }]) => ({
    reason,
    rows,
    examples: firstThree(examples),
  }));
}

/** Cells of kept rows that count as missing, by column and reason. */
export async function cellAccount(engine: Engine, checked: CheckedTable): Promise<MissingCells[]> {
  const account: MissingCells[] = [];
  for (const [j, { column, faults }] of checked.plan.cells.entries()) {
    const found = await tally(engine, checked, `rule IS NULL AND fault${j} IS NOT NULL`, `fault${j}`);
    for (const { index, count, examples } of found) {
      const { reason, message } = faults[index]!;
      const sentence = `${column} ${message}`;
      account.push({
        reason: reason satisfies CellReason,
        column,
        count,
        examples: examples.map((example) => exampleOf(checked, example, { column, message: sentence })),
      });
    }
  }
  return account;
}

/** Distinct customers of a source. */
export interface CustomerCount {
  /** Named in readable rows. */
  readonly found: number;
  /** With a row that was kept. */
  readonly kept: number;
  /** First rows of at most three customers with none. */
  readonly examples: readonly RowExample[];
}

/** How many customers the readable rows name, and which of them kept no row. */
export async function countCustomers(engine: Engine, checked: CheckedTable): Promise<CustomerCount> {
  const perCustomer = `
    SELECT customer_id, min(row_number) AS first_row, bool_or(rule IS NULL) AS is_kept
    FROM ${checked.table} WHERE customer_id IS NOT NULL GROUP BY customer_id`;
  const [counted] = await engine.rows(
    `SELECT count(*) AS found, count(*) FILTER (is_kept) AS kept FROM (${perCustomer})`,
  );
  const lost = await engine.rows(
    `SELECT customer_id, first_row AS row_number FROM (${perCustomer}) WHERE NOT is_kept ORDER BY 2 LIMIT 3`,
  );
  const column = checked.source.columns.get("customer")!;
  const message = "no row of the customer was kept";
  return {
    found: Number(counted?.get("found")),
    kept: Number(counted?.get("kept")),
    examples: lost.map((row) => exampleOf(checked, row, { column, message })),
  };
}

/** The plan's rules, then those that look at several rows; load-source.ts numbers them the same way. */
function rulesOf({ plan, source }: CheckedTable): readonly DropRule[] {
  const column = source.columns.get("customer")!;
  return [
    ...plan.rules,
    { reason: "duplicate-customer", column, when: "", message: "an earlier row has the same customer" },
    { reason: "exact-duplicate", column: "", when: "", message: "an earlier row is equal in every column" },
  ];
}

interface Tally {
  readonly index: number;
  readonly count: number;
  readonly examples: readonly QueryRow[];
}

/** How often each value of a column of small whole numbers occurs, with the first three rows of each. */
async function tally(
  engine: Engine,
  { table }: CheckedTable,
  where: string,
  column: string,
): Promise<Tally[]> {
  const rows = await engine.rows(`
    WITH chosen AS (SELECT ${column} AS index, row_number, customer_id FROM ${table} WHERE ${where}),
    counted AS (SELECT index, count(*) AS count, min(row_number, 3) AS first_rows FROM chosen GROUP BY index)
    SELECT index, count, row_number, customer_id FROM counted JOIN chosen USING (index)
    WHERE list_contains(first_rows, row_number) ORDER BY index, row_number`);
  const indices = [...new Set(rows.map((row) => Number(row.get("index"))))];
  return indices.map((index) => {
    const examples = rows.filter((row) => row.get("index") === index);
    return { index, count: Number(examples[0]!.get("count")), examples };
  });
}

function exampleOf(
  { raw }: CheckedTable,
  row: QueryRow,
  { column, message }: { readonly column: string; readonly message: string },
): RowExample {
  const customer = row.get("customer_id");
  const whose = customer === null ? "" : ` (customer ${JSON.stringify(customer)})`;
  return { line: raw.lineOf(Number(row.get("row_number"))), column, message: `${message}${whose}` };
}

function firstThree(examples: readonly RowExample[]): RowExample[] {
  return [...examples].sort((a, b) => a.line - b.line).slice(0, 3);
}

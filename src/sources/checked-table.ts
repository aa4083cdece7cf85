import type { SourceConfig } from "../config/workbook-config.js";
import type { Engine, QueryRow } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { CellReason, DroppedRows, DropReason, MissingCells, RowExample } from "./account.js";
import type { RecordFault } from "./csv-record.js";
import type { RawFile, RawTable } from "./raw-table.js";
import type { DropRule, TablePlan } from "./table-plan.js";

/** Every readable row of a source, judged: its terms, `rule` (index of the rule that drops it), `fault0`, …. */
export interface CheckedTable {
  /** Quoted name. */
  readonly table: string;
  /** SQL that stands after FROM: the same rows with `row_number`, counted from 0 over the files. */
  readonly rows: string;
  /** Quoted name of a table of the rows that a rule drops, where `table` is a view that reads the file again. */
  readonly dropped?: string;
  readonly raw: RawTable;
  readonly plan: TablePlan;
  readonly source: SourceConfig;
}

/** The judged rows that the account tells of, usually few: `row_number`, `customer_id`, `rule`, `fault0`, …. */
export interface FaultyRows extends Pick<CheckedTable, "raw" | "plan" | "source"> {
  /** Quoted name. */
  readonly table: string;
}

/** Copies the rows that are dropped or have a bad cell to a table of their own. */
export async function setAside(engine: Engine, checked: CheckedTable): Promise<FaultyRows> {
  const { rows, raw, plan, source } = checked;
  if (checked.dropped !== undefined) return { table: checked.dropped, raw, plan, source };
  const table = quoteIdentifier(`faulty ${source.name}`, "duckdb");
  const faults = plan.cells.map((_, j) => `fault${j}`);
  const columns = ["row_number", "customer_id", "rule", ...faults];
  const isTold = ["rule", ...faults].map((name) => `${name} IS NOT NULL`).join(" OR ");
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${columns.join(", ")} FROM ${rows} WHERE ${isTold}`,
  );
  return { table, raw, plan, source };
}

const faultMessages: ReadonlyMap<RecordFault, string> = new Map([
  ["too-few-columns", "line has fewer fields than the header"],
  ["too-many-columns", "line has more fields than the header"],
  ["unterminated-quote", "line opens a quote that is not closed before a delimiter or the line's end"],
  ["invalid-encoding", "line holds bytes that are not in the declared encoding"],
  ["nul-byte", "line holds a NUL byte"],
  ["line-too-long", "line is longer than 2 MB"],
  ["broken-json", "record is not a JSON object"],
  ["repeated-field", "record names a field twice"],
]);

/** Lines that are no rows, in the order of {@link DropReason}. */
export function faultAccount(files: readonly RawFile[]): DroppedRows[] {
  return [...faultMessages].flatMap(([reason, message]) => {
    const found = files.flatMap(({ written, faults }) => {
      const faulty = faults.get(reason);
      return faulty === undefined ? [] : [{ written, ...faulty }];
    });
    const examples = found.flatMap(({ written, lines }) =>
      lines.map((line) => ({ ...fileOf(files, written), line, column: "", message })),
    );
    const rows = found.reduce((sum, faulty) => sum + faulty.rows, 0);
    return rows === 0 ? [] : [{ reason, rows, examples: examples.slice(0, 3) }];
  });
}

/** Which file an example is in, where there are several. */
function fileOf(files: readonly RawFile[], file: string): Pick<RowExample, "file"> {
  return files.length === 1 ? {} : { file };
}

/** Rows that rules dropped, by reason, in order of judgement. */
export async function dropAccount(engine: Engine, checked: FaultyRows): Promise<DroppedRows[]> {
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
export async function cellAccount(engine: Engine, checked: FaultyRows): Promise<MissingCells[]> {
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

/** The plan's rules, then those that look at several rows; load-source.ts numbers them the same way. */
function rulesOf({ plan, source }: FaultyRows): readonly DropRule[] {
  const column = source.columns.get("customer")!;
  return [
    ...plan.rules,
    { reason: "duplicate-customer", column, when: "", message: "an earlier row has the same customer" },
    ...plan.cleaning.flatMap(({ rules }) => rules),
  ];
}

interface Tally {
  readonly index: number;
  readonly count: number;
  readonly examples: readonly QueryRow[];
}

/** How often each value of a column of small whole numbers occurs, with the first three rows of each. */
async function tally(engine: Engine, { table }: FaultyRows, where: string, column: string): Promise<Tally[]> {
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

/** A row as an example of something. */
export function exampleOf(
  { raw }: Pick<CheckedTable, "raw">,
  row: QueryRow,
  { column, message }: { readonly column: string; readonly message: string },
): RowExample {
  const customer = row.get("customer_id");
  const whose = customer === null ? "" : ` (customer ${JSON.stringify(customer)})`;
  const { file, line } = raw.placeOf(Number(row.get("row_number")));
  return { ...fileOf(raw.files, file), line, column, message: `${message}${whose}` };
}

function firstThree(examples: readonly RowExample[]): RowExample[] {
  return [...examples].sort((a, b) => a.line - b.line).slice(0, 3);
}

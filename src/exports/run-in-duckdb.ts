import { openDuckDb } from "../engine/duckdb.js";
import { type Engine, numberColumn, textColumn } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { answerQuery, batchesOf, type TargetRun, type TargetTask, valueToSend } from "./target-task.js";

/** Runs an exported SELECT over the rows of a task in a DuckDB of its own. */
export async function runInDuckDb(sql: string, task: TargetTask): Promise<TargetRun> {
  const engine = await openDuckDb();
  try {
    await fillTable(engine, task);
    const answer = await engine.columns(answerQuery(sql));
    const version = await engine.rows("SELECT version() AS version");
    return {
      rowNumbers: numberColumn(answer, "customer_id"),
      segments: textColumn(answer, "segment"),
      engineVersion: String(version[0]?.get("version")),
    };
  } finally {
    engine.close();
  }
}

async function fillTable(engine: Engine, task: TargetTask): Promise<void> {
  const { keyName, recipe } = task.definition;
  const columns = recipe.steps.map((step) => `${quoteIdentifier(step.feature, "duckdb")} DOUBLE`);
  const key = `${quoteIdentifier(keyName, "duckdb")} BIGINT`;
  await engine.run(`CREATE TABLE customers_to_verify (${[key, ...columns].join(", ")})`);
  for (const { start, end } of batchesOf(task.expected.length)) {
    const lists = task.columns.map(
      (column) => `unnest(CAST('${listText(start, end, (row) => valueToSend(column, row))}' AS DOUBLE[]))`,
    );
    const numbers = `unnest(CAST('${listText(start, end, (row) => row)}' AS BIGINT[]))`;
    await engine.run(`INSERT INTO customers_to_verify SELECT ${[numbers, ...lists].join(", ")}`);
  }
}

/** One text literal that DuckDB casts to a list: far quicker to parse than as many number literals. */
function listText(start: number, end: number, valueAt: (row: number) => number | null): string {
  return `[${Array.from({ length: end - start }, (_, i) => String(valueAt(start + i))).join(",")}]`;
}

import { openDuckDb } from "../engine/duckdb.js";
import { type Engine, numberColumn, textColumn } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { verifiedTable } from "./target.js";
import {
  answerQuery,
  batchesOf,
  type TargetColumn,
  type TargetRun,
  type TargetTask,
  valueToSend,
} from "./target-task.js";

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

/** Puts the rows of a task into a table, as the exported SELECT reads it. */
export async function fillTable(engine: Engine, task: TargetTask): Promise<void> {
  const columns = inputsOf(task.definition).map(
    ({ name, type }) => `${quoteIdentifier(name, "duckdb")} ${type === "number" ? "DOUBLE" : "VARCHAR"}`,
  );
  const key = `${quoteIdentifier(task.definition.keyName, "duckdb")} BIGINT`;
  await engine.run(`CREATE TABLE ${verifiedTable} (${[key, ...columns].join(", ")})`);
  for (const { start, end } of batchesOf(task.expected.length)) {
    const lists = task.columns.map((column) => listOf(column, start, end));
    await engine.run(
      `INSERT INTO ${verifiedTable} SELECT ${[`unnest(range(${start}, ${end}))`, ...lists].join(", ")}`,
    );
  }
}

/** Numbers as one text literal that DuckDB casts to a list: far quicker to parse than as many number literals. */
function listOf(column: TargetColumn, start: number, end: number): string {
  const values = Array.from({ length: end - start }, (_, i) => valueToSend(column, start + i));
  if (column instanceof Float64Array) return `unnest(CAST('[${values.map(String).join(",")}]' AS DOUBLE[]))`;
  const texts = values.map((value) => (value === null ? "NULL" : quoteText(String(value), "duckdb")));
  return `unnest(CAST([${texts.join(", ")}] AS VARCHAR[]))`;
}

import type { Database } from "node-sqlite3-wasm";
import { numberLiteral } from "../engine/sql-numbers.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { verifiedTable } from "./target.js";
import { answerQuery, batchesOf, literalRows, type TargetRun, type TargetTask } from "./target-task.js";

const rowsPerStatement = 2000;

/** Runs an exported SELECT over the rows of a task in an SQLite of its own, in memory. */
export async function runInSqlite(sql: string, task: TargetTask): Promise<TargetRun> {
  const { default: sqlite } = await import("node-sqlite3-wasm");
  const database = new sqlite.Database(":memory:");
  try {
    fillTable(database, task);
    const rows = database.all(answerQuery(sql));
    return {
      rowNumbers: rows.map((row) => Number(row.customer_id)),
      segments: rows.map((row) => row.segment as string | null),
      engineVersion: String(database.get("SELECT sqlite_version() AS version")?.version),
    };
  } finally {
    database.close();
  }
}

function fillTable(database: Database, task: TargetTask): void {
  const columns = inputsOf(task.definition).map(
    ({ name, type }) => `${quoteIdentifier(name, "sqlite")} ${type === "number" ? "REAL" : "TEXT"}`,
  );
  const key = `${quoteIdentifier(task.definition.keyName, "sqlite")} INTEGER`;
  database.run(`CREATE TABLE ${verifiedTable} (${[key, ...columns].join(", ")})`);
  const literal = (value: number | string): string =>
    typeof value === "string"
      ? quoteText(value, "sqlite")
      : Number.isFinite(value)
        ? numberLiteral(value, "sqlite")
        : value > 0
          ? "9e999"
          : "(-9e999)";
  for (const batch of batchesOf(task.expected.length, rowsPerStatement))
    database.run(`INSERT INTO ${verifiedTable} VALUES ${literalRows(task, batch, literal)}`);
}

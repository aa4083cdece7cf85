import { type Engine, numberColumn, textColumn } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { type TargetTools, verifiedTable } from "./target.js";
import { sparkFor, trinoFor } from "./target-connections.js";
import {
  answerQuery,
  batchesOf,
  type NotRun,
  type TargetColumn,
  type TargetRun,
  type TargetTask,
  valueToSend,
} from "./target-task.js";

/** Trino takes statements of a million characters. */
const mostCharacters = 700_000;

/** Runs an exported SELECT in Trino. The rows stand in the statement, so no table is made. */
export async function runInTrino(
  sql: string,
  task: TargetTask,
  tools: TargetTools,
): Promise<TargetRun | NotRun> {
  const engine = trinoFor(tools);
  if (engine === null)
    return {
      notRun: "no Trino was named",
      toRun: "Set SEGBOOK_TRINO_URL, or name it in the workbook",
    };
  return runInStatements(engine, sql, { task, rowsAsTable: trinoRows });
}

/** Runs an exported SELECT in Spark. The rows stand in the statement, so no table is made. */
export async function runInSpark(
  sql: string,
  task: TargetTask,
  tools: TargetTools,
): Promise<TargetRun | NotRun> {
  const engine = sparkFor(tools);
  if (engine === null)
    return {
      notRun: "no Spark was named",
      toRun: "Set SEGBOOK_SPARK_HOST and SEGBOOK_SPARK_PORT, or name it in the workbook",
    };
  return runInStatements(engine, sql, { task, rowsAsTable: sparkRows });
}

interface StatementBatch {
  readonly start: number;
  readonly end: number;
}

async function runInStatements(
  engine: Engine,
  sql: string,
  {
    task,
    rowsAsTable,
  }: {
    readonly task: TargetTask;
    readonly rowsAsTable: (task: TargetTask, batch: StatementBatch) => string;
  },
): Promise<TargetRun> {
  const size = Math.max(1, Math.floor(mostCharacters / (24 * (task.columns.length + 1))));
  const rowNumbers: number[] = [];
  const segments: (string | null)[] = [];
  try {
    for (const batch of batchesOf(task.expected.length, size)) {
      const answer = await engine.columns(
        `WITH ${verifiedTable} AS (${rowsAsTable(task, batch)})\n${answerQuery(sql)}`,
      );
      rowNumbers.push(...numberColumn(answer, "customer_id"));
      segments.push(...textColumn(answer, "segment"));
    }
    const version = await engine.rows("SELECT version() AS version");
    return { rowNumbers, segments, engineVersion: String(version[0]?.get("version")) };
  } finally {
    engine.close();
  }
}

function trinoRows(task: TargetTask, { start, end }: StatementBatch): string {
  const inputs = inputsOf(task.definition);
  const lists = task.columns.map((column) =>
    column instanceof Float64Array
      ? `transform(split(${quoteText(numbersText(column, start, end), "trino")}, ','), v -> IF(v = '', NULL, CAST(v AS DOUBLE)))`
      : `CAST(json_parse(${quoteText(textsJson(column, start, end), "trino")}) AS ARRAY(VARCHAR))`,
  );
  const names = [task.definition.keyName, ...inputs.map(({ name }) => name)].map((name) =>
    quoteIdentifier(name, "trino"),
  );
  return `SELECT * FROM UNNEST(${[`sequence(${start}, ${end - 1})`, ...lists].join(", ")}) AS t(${names.join(", ")})`;
}

function sparkRows(task: TargetTask, { start, end }: StatementBatch): string {
  const inputs = inputsOf(task.definition);
  const lists = task.columns.map((column) =>
    column instanceof Float64Array
      ? `transform(split(${quoteText(numbersText(column, start, end), "spark")}, ',', -1), v -> CASE WHEN v = '' THEN NULL ELSE CAST(v AS DOUBLE) END)`
      : `from_json(${quoteText(textsJson(column, start, end), "spark")}, 'array<string>')`,
  );
  const names = [task.definition.keyName, ...inputs.map(({ name }) => name)].map(
    (name, j) => `r.\`${j}\` AS ${quoteIdentifier(name, "spark")}`,
  );
  const zipped = [`sequence(${start}L, ${end - 1}L)`, ...lists].join(", ");
  return `SELECT ${names.join(", ")} FROM (SELECT explode(arrays_zip(${zipped})) AS r) AS t`;
}

/** NULL is nothing between commas. */
function numbersText(column: TargetColumn, start: number, end: number): string {
  return Array.from({ length: end - start }, (_, i) => valueToSend(column, start + i) ?? "").join(",");
}

function textsJson(column: TargetColumn, start: number, end: number): string {
  return JSON.stringify(Array.from({ length: end - start }, (_, i) => column[start + i]));
}

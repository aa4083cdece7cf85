import type { Client } from "pg";
import { InputError } from "../core/errors.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { answerQuery, batchesOf, type TargetRun, type TargetTask, valueToSend } from "./target-task.js";

/** Where a PostgreSQL listens, and as whom to come. */
export interface PostgresqlConnection {
  /** Host name, or the folder of its socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
}

/**
 * The connection that the standard variables PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE describe.
 *
 * @returns null without PGHOST: nobody asked for a database.
 */
export function postgresqlConnection(
  environment: Readonly<Record<string, string | undefined>>,
): PostgresqlConnection | null {
  const {
    PGHOST: host,
    PGPORT: port = "5432",
    PGUSER: user = "postgres",
    PGPASSWORD: password,
  } = environment;
  if (!host) return null;
  if (!/^\d{1,5}$/.test(port))
    throw new InputError(`postgresqlConnection: PGPORT must be a whole number, got "${port}"`);
  const connection = { host, port: Number(port), user, database: environment.PGDATABASE ?? user };
  return password === undefined ? connection : { ...connection, password };
}

/**
 * Runs an exported SELECT over the rows of a task in PostgreSQL, in a transaction that is rolled back.
 *
 * @throws InputError if the database cannot be reached.
 */
export async function runInPostgresql(
  sql: string,
  task: TargetTask,
  connection: PostgresqlConnection,
): Promise<TargetRun> {
  const { Client } = await import("pg");
  const client = new Client({ ...connection, application_name: "segbook", connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new InputError(
      `verifyTargets: postgresql must name a database that can be reached, got the answer "${(error as Error).message}"`,
    );
  }
  try {
    await client.query("BEGIN");
    await fillTable(client, task);
    const answer = await client.query<[string, string | null]>({ text: answerQuery(sql), rowMode: "array" });
    const version = await client.query<[string]>({ text: "SHOW server_version", rowMode: "array" });
    await client.query("ROLLBACK");
    return {
      rowNumbers: answer.rows.map(([number]) => Number(number)),
      segments: answer.rows.map(([, segment]) => segment),
      engineVersion: version.rows[0]![0],
    };
  } finally {
    await client.end();
  }
}

async function fillTable(client: Client, task: TargetTask): Promise<void> {
  const { keyName, recipe } = task.definition;
  const columns = recipe.steps.map(
    (step) => `${quoteIdentifier(step.feature, "postgresql")} DOUBLE PRECISION`,
  );
  const key = `${quoteIdentifier(keyName, "postgresql")} BIGINT`;
  await client.query(
    `CREATE TEMPORARY TABLE customers_to_verify (${[key, ...columns].join(", ")}) ON COMMIT DROP`,
  );
  const lists = ["$1::bigint[]", ...task.columns.map((_, j) => `$${j + 2}::double precision[]`)];
  const insert = `INSERT INTO customers_to_verify SELECT * FROM unnest(${lists.join(", ")})`;
  for (const { start, end } of batchesOf(task.expected.length)) {
    const rows = Array.from({ length: end - start }, (_, i) => start + i);
    const values = task.columns.map((column) => rows.map((row) => valueToSend(column, row)));
    await client.query(insert, [rows, ...values]);
  }
}

import type { Client } from "pg";
import { InputError } from "../core/errors.js";
import { connectMilliseconds, type NamedConnection, serverAddress } from "../engine/connection-address.js";
import { maskPassword } from "../engine/connection-password.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { type TargetTools, verifiedTable } from "./target.js";
import { howToName, serverFor } from "./target-connections.js";
import {
  answerQuery,
  batchesOf,
  type NotRun,
  type TargetRun,
  type TargetTask,
  valueToSend,
} from "./target-task.js";

/**
 * Runs an exported SELECT over the rows of a task in PostgreSQL, in a transaction that is rolled back.
 *
 * @throws InputError if the database cannot be reached.
 */
export async function runInPostgresql(
  sql: string,
  task: TargetTask,
  tools: TargetTools,
): Promise<TargetRun | NotRun> {
  const connection = serverFor("postgresql", tools);
  if (connection === null) return { notRun: "no PostgreSQL was named", toRun: howToName("postgresql") };
  const client = await connect(connection, tools);
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

async function connect(connection: NamedConnection, { environment }: TargetTools): Promise<Client> {
  const { Client } = await import("pg");
  const { host, port, user, password, tls } = serverAddress(connection, environment);
  const client = new Client({
    host,
    port,
    user,
    database: connection.config.database ?? user,
    ...(password !== undefined && { password }),
    ...(tls && { ssl: tls }),
    application_name: "segbook",
    connectionTimeoutMillis: connectMilliseconds,
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const said = maskPassword((error as Error).message, password);
    throw new InputError(
      `verifyTargets: postgresql must name a database that can be reached, got the answer "${said}"`,
    );
  }
}

async function fillTable(client: Client, task: TargetTask): Promise<void> {
  const inputs = inputsOf(task.definition);
  const columns = inputs.map(
    ({ name, type }) =>
      `${quoteIdentifier(name, "postgresql")} ${type === "number" ? "DOUBLE PRECISION" : "TEXT"}`,
  );
  const key = `${quoteIdentifier(task.definition.keyName, "postgresql")} BIGINT`;
  await client.query(
    `CREATE TEMPORARY TABLE ${verifiedTable} (${[key, ...columns].join(", ")}) ON COMMIT DROP`,
  );
  const lists = inputs.map(
    ({ type }, j) => `$${j + 2}::${type === "number" ? "double precision" : "text"}[]`,
  );
  const insert = `INSERT INTO ${verifiedTable} SELECT * FROM unnest(${["$1::bigint[]", ...lists].join(", ")})`;
  for (const { start, end } of batchesOf(task.expected.length)) {
    const rows = Array.from({ length: end - start }, (_, i) => start + i);
    const values = task.columns.map((column) => rows.map((row) => valueToSend(column, row)));
    await client.query(insert, [rows, ...values]);
  }
}

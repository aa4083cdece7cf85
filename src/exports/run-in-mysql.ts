import type { Connection, RowDataPacket } from "mysql2/promise";
import { InputError } from "../core/errors.js";
import { connectMilliseconds, type NamedConnection, serverAddress } from "../engine/connection-address.js";
import { maskPassword } from "../engine/connection-password.js";
import { numberLiteral } from "../engine/sql-numbers.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { type TargetTools, verifiedTable } from "./target.js";
import { howToName, serverFor } from "./target-connections.js";
import {
  answerQuery,
  batchesOf,
  literalRows,
  type NotRun,
  type TargetRun,
  type TargetTask,
} from "./target-task.js";

const rowsPerStatement = 5000;

/**
 * Runs an exported SELECT over the rows of a task in MySQL or MariaDB, over a temporary table that ends with the connection.
 *
 * @throws InputError if the database cannot be reached.
 */
export async function runInMysql(
  sql: string,
  task: TargetTask,
  tools: TargetTools,
): Promise<TargetRun | NotRun> {
  const connection = serverFor("mysql", tools);
  if (connection === null) return { notRun: "no MySQL or MariaDB was named", toRun: howToName("mysql") };
  if (connection.config.database === undefined)
    return {
      notRun: "no database of MySQL was named in which a temporary table may be made",
      toRun: "Set MYSQL_DATABASE",
    };
  const session = await connect(connection, tools);
  try {
    await fillTable(session, task);
    const [answer] = await session.query<RowDataPacket[]>(answerQuery(sql));
    const [version] = await session.query<RowDataPacket[]>("SELECT VERSION() AS version");
    return {
      rowNumbers: answer.map((row) => Number(row.customer_id)),
      segments: answer.map((row) => row.segment as string | null),
      engineVersion: String(version[0]?.version),
    };
  } finally {
    await session.end();
  }
}

async function connect(connection: NamedConnection, { environment }: TargetTools): Promise<Connection> {
  const { createConnection } = await import("mysql2/promise");
  const { host, port, user, password, tls } = serverAddress(connection, environment);
  const { database } = connection.config;
  try {
    return await createConnection({
      ...(host.startsWith("/") ? { socketPath: host } : { host, port }),
      user,
      password: password ?? "",
      ...(database && { database }),
      ...(tls && { ssl: { ...(tls.ca && { ca: tls.ca }), rejectUnauthorized: true, verifyIdentity: true } }),
      charset: "utf8mb4",
      connectTimeout: connectMilliseconds,
      flags: ["-LOCAL_FILES"],
    });
  } catch (error) {
    const said = maskPassword((error as Error).message, password);
    throw new InputError(
      `verifyTargets: mysql must name a database that can be reached, got the answer "${said}"`,
    );
  }
}

async function fillTable(session: Connection, task: TargetTask): Promise<void> {
  const columns = inputsOf(task.definition).map(
    ({ name, type }) =>
      `${quoteIdentifier(name, "mysql")} ${type === "number" ? "DOUBLE" : "LONGTEXT CHARACTER SET utf8mb4"}`,
  );
  const key = `${quoteIdentifier(task.definition.keyName, "mysql")} BIGINT`;
  await session.query(`CREATE TEMPORARY TABLE ${verifiedTable} (${[key, ...columns].join(", ")})`);
  // It knows neither NaN nor infinities, and reads backslashes as its settings say.
  const literal = (value: number | string): string =>
    typeof value === "string"
      ? `_utf8mb4 X'${Buffer.from(value).toString("hex")}'`
      : Number.isFinite(value)
        ? numberLiteral(value, "mysql")
        : "NULL";
  for (const batch of batchesOf(task.expected.length, rowsPerStatement))
    await session.query(`INSERT INTO ${verifiedTable} VALUES ${literalRows(task, batch, literal)}`);
}

import { checkCount } from "../core/check.js";
import { InputError, MachineError } from "../core/errors.js";
import { type Environment, maskPassword, readPassword } from "./connection-password.js";
import type { Engine, QueryRow } from "./engine.js";
import { openSession, type SparkSession } from "./spark-session.js";
import { runStatement, type SparkAnswer } from "./spark-statement.js";
import { columnOfCells } from "./spark-values.js";
import { quoteIdentifier } from "./sql-text.js";

/** Where Spark's Thrift server is and how long to wait for it. */
export interface OpenSparkOptions {
  readonly host: string;
  /** Default 10000. */
  readonly port?: number;
  /** Default `segbook`. */
  readonly user?: string;
  /** Name of the environment variable that holds the password; the password itself never stands anywhere. */
  readonly passwordFrom?: string;
  /** Encrypts the connection; a password goes nowhere but to this machine without. */
  readonly tls?: boolean;
  /** Schema in which tables are looked up and ours are made; absent: the server's default. */
  readonly schema?: string;
  /** Cancels the statement that runs, on the cluster as well, and refuses later ones. */
  readonly signal?: AbortSignal;
  /** Seconds that the server may be silent; default 25. */
  readonly silenceSeconds?: number;
  /** Seconds within which a worker has to do a first task; default 120. A cluster that starts its workers on demand may need more. */
  readonly workerSeconds?: number;
  /** Seconds that a statement may take; default 3600. Spark waits for workers for ever, so there has to be an end. */
  readonly mostSeconds?: number;
  /** Default: that of the process. */
  readonly environment?: Environment;
}

/** A Spark cluster as an engine. One statement at a time. */
export interface SparkEngine extends Engine {
  readonly dialect: "spark";
}

const defaultPort = 10_000;
/** One task, which no driver does by itself. */
const firstTask = "SELECT COUNT(*) FROM range(0, 1, 1, 1)";
/** Wrong arithmetic is an error, `"a"` a name, and a day the same everywhere. */
const settings = [
  "SET spark.sql.ansi.enabled=true",
  "SET spark.sql.ansi.doubleQuotedIdentifiers=true",
  "SET spark.sql.session.timeZone=UTC",
];

/**
 * Opens a Spark cluster through its Thrift server (HiveServer2 protocol). Asks nothing until the first statement.
 *
 * BIGINT is exact; decimals, dates and times come as text, NaN and infinities as numbers. A worker that dies is borne by Spark
 * itself, which does its work again elsewhere.
 *
 * @throws InputError if a setting is none, or a password would go unencrypted to another machine.
 */
export function openSpark(options: OpenSparkOptions): SparkEngine {
  const { host, port = defaultPort, user = "segbook", tls = false, signal } = options;
  const { silenceSeconds = 25, workerSeconds = 120, mostSeconds = 3600, schema } = options;
  checkCount("openSpark", "port", port, 1, 65_535, "ports");
  const password = readPassword("openSpark", options.passwordFrom, options.environment);
  if (password !== undefined && !tls && !isThisMachine(host))
    throw new InputError(
      `openSpark: tls must be true where a password goes to another machine, got ${JSON.stringify(host)} without`,
    );
  let session: Promise<SparkSession> | undefined;
  const connect = async (): Promise<SparkSession> => {
    const address = { host, port, user, password, tls };
    const opened = await openSession(address, silenceSeconds * 1000);
    try {
      await prepare(opened, {
        workerSeconds,
        ...(schema !== undefined && { schema }),
        ...(signal && { signal }),
      });
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  };
  const ask = async (sql: string): Promise<SparkAnswer> => {
    signal?.throwIfAborted();
    session ??= connect();
    try {
      return await runStatement(await session, sql.replace(/;\s*$/, ""), { mostSeconds, signal });
    } catch (error) {
      if (await isGone(session)) session = undefined;
      if (error instanceof MachineError) error.message = maskPassword(error.message, password);
      throw error;
    }
  };
  return { dialect: "spark", ...inTurn(ask), close: () => closeSession(session) };
}

/** Makes the session one of ours, and asks that some worker works. */
async function prepare(
  session: SparkSession,
  options: Pick<OpenSparkOptions, "schema" | "signal"> & { readonly workerSeconds: number },
): Promise<void> {
  const { schema, signal, workerSeconds: mostSeconds } = options;
  const use = schema === undefined ? [] : [`USE ${quoteIdentifier(schema, "spark")}`];
  for (const statement of [...settings, ...use])
    await runStatement(session, statement, { mostSeconds, signal });
  const wish = "have a worker that does a first task";
  await runStatement(session, firstTask, { mostSeconds, wish, signal });
}

function inTurn(ask: (sql: string) => Promise<SparkAnswer>): Omit<Engine, "close"> {
  let last: Promise<unknown> = Promise.resolve();
  const queue = (sql: string): Promise<SparkAnswer> => {
    const next = last.then(() => ask(sql));
    last = next.catch(() => undefined);
    return next;
  };
  return {
    run: async (sql) => {
      await queue(sql);
    },
    rows: async (sql) => rowsOf(await queue(sql)),
    columns: async (sql) => {
      const { columns, cells } = await queue(sql);
      return columns.map((column, j) => columnOfCells(column, cells[j]!));
    },
  };
}

function rowsOf({ columns, cells }: SparkAnswer): QueryRow[] {
  const rowCount = cells[0]?.length ?? 0;
  return Array.from(
    { length: rowCount },
    (_, i) => new Map(columns.map(({ name }, j) => [name, cells[j]![i]!])),
  );
}

/** The next statement then connects anew. */
async function isGone(session: Promise<SparkSession> | undefined): Promise<boolean> {
  const opened = await session?.catch(() => undefined);
  return opened?.isLost() ?? true;
}

function closeSession(session: Promise<SparkSession> | undefined): void {
  session?.then(
    async (opened) => {
      if (!opened.isLost()) await opened.answered(opened.hive.close()).catch(() => undefined);
      opened.close();
    },
    () => undefined,
  );
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

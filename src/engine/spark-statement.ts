import { setTimeout as sleep } from "node:timers/promises";
import { InputError, MachineError } from "../core/errors.js";
import type { CellValue } from "./engine.js";
import type { SparkSession } from "./spark-session.js";
import { cellsOf, type SparkColumn, type ThriftColumn } from "./spark-values.js";

type Operation = Awaited<ReturnType<SparkSession["hive"]["executeStatement"]>>;
type OperationStatus = Awaited<ReturnType<Operation["status"]>>;

/** Rows of an answer that come together. */
const pageRows = 20_000;
const longestWaitMs = 200;

/** What a statement gave, column by column. */
export interface SparkAnswer {
  readonly columns: readonly SparkColumn[];
  readonly cells: readonly CellValue[][];
}

/** When a statement is cancelled, on the cluster too. */
export interface StatementLimits {
  /** Seconds that it may take. */
  readonly mostSeconds: number;
  /** What the cluster must do in that time, for the message; default: finish the statement. */
  readonly wish?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a statement to its end and reads its answer.
 *
 * @throws InputError if Spark refuses the statement. MachineError if the server goes away, is silent or takes too long.
 */
export async function runStatement(
  session: SparkSession,
  sql: string,
  limits: StatementLimits,
): Promise<SparkAnswer> {
  limits.signal?.throwIfAborted();
  const operation = await session
    .answered(session.hive.executeStatement(sql, { runAsync: true }))
    .catch(explain);
  try {
    await waitForEnd(session, operation, limits);
    return await readAnswer(session, operation);
  } finally {
    if (!session.isLost()) await session.answered(operation.close()).catch(() => undefined);
  }
}

async function waitForEnd(
  session: SparkSession,
  operation: Operation,
  { mostSeconds, wish = "finish the statement", signal }: StatementLimits,
): Promise<void> {
  const { thrift } = await import("hive-driver");
  const states = thrift.TCLIService_types.TOperationState;
  const waiting = [states.INITIALIZED_STATE, states.RUNNING_STATE, states.PENDING_STATE];
  const end = performance.now() + mostSeconds * 1000;
  for (let wait = 5; ; wait = Math.min(longestWaitMs, wait * 1.5)) {
    const status = await session.answered(operation.status(false));
    if (status.operationState === states.FINISHED_STATE) return;
    if (!waiting.includes(status.operationState)) throw sparkError(status);
    if (signal?.aborted || performance.now() > end) {
      await session.answered(operation.cancel()).catch(() => undefined);
      signal?.throwIfAborted();
      throw new MachineError(
        `spark: the cluster must ${wish} within ${mostSeconds} s, got no end. Are its workers up, or all taken?`,
      );
    }
    await sleep(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

async function readAnswer(session: SparkSession, operation: Operation): Promise<SparkAnswer> {
  operation.setMaxRows(pageRows);
  let columns: readonly SparkColumn[] = [];
  const cells: CellValue[][] = [];
  do {
    await session.answered(operation.fetch());
    columns = (operation.getSchema()?.columns ?? []).map(({ columnName, typeDesc }) => ({
      name: columnName,
      type: Number(typeDesc.types[0]?.primitiveEntry?.type),
    }));
    for (const page of operation.getData())
      (page.columns ?? []).forEach((column, j) => {
        cells[j] ??= [];
        for (const cell of cellsOf(column as unknown as ThriftColumn)) cells[j]!.push(cell);
      });
    operation.flush();
  } while (operation.hasMoreRows());
  return { columns, cells: columns.map((_, j) => cells[j] ?? []) };
}

/** Errors whose words name tables, columns and syntax; those of others may hold customers' values. */
const safeClasses =
  /^(TABLE_OR_VIEW|UNRESOLVED|PARSE|SCHEMA|COLUMN|MISSING|DATATYPE|ROUTINE|UNSUPPORTED|LOCATION|PATH|AMBIGUOUS)/;

/** A failed statement as our error, with the class of Spark's error. */
function sparkError(status: Pick<OperationStatus, "errorMessage" | "sqlState">): InputError | MachineError {
  const message = String(status.errorMessage ?? "");
  const [, name = "an error"] = /\[([A-Z][A-Z0-9_.]+)\]/.exec(message) ?? [];
  const state = status.sqlState ? ` (SQL state ${status.sqlState})` : "";
  const words = safeClasses.test(name) ? `: ${wordsAfter(message, name)}` : "";
  const said = `${name}${state}${words}`;
  // 0A, 21, 22, 42: what was asked, or the data it was asked of.
  if (/^(0A|21|22|42)/.test(status.sqlState ?? "") || safeClasses.test(name))
    return new InputError(`spark: the statement must be one that runs, got ${said}`, { cause: status });
  const lost = /ExecutorLost|Worker lost|executor .*exited|Job aborted|MetadataFetchFailed/i.test(message);
  const hint = lost ? ". A worker of the cluster went away; run again when it is back" : "";
  return new MachineError(`spark: the cluster must finish the statement, got ${said}${hint}`, {
    cause: status,
  });
}

/** What stands behind the last mention of the error's class, to the end of the line; the server repeats the class. */
function wordsAfter(message: string, name: string): string {
  const mark = `[${name}]`;
  const text = message.slice(message.lastIndexOf(mark) + mark.length).trim();
  return text.split("\n")[0]!.slice(0, 300);
}

function explain(error: unknown): never {
  if (error instanceof MachineError) throw error;
  const errorMessage = error instanceof Error ? error.message : String(error);
  const { sqlState } = (error ?? {}) as { readonly sqlState?: string };
  throw sparkError({ errorMessage, ...(sqlState !== undefined && { sqlState }) });
}

import { checkChoice, listForMessage } from "../core/check.js";
import { InputError, RunError } from "../core/errors.js";
import type { Dialect } from "../engine/sql-text.js";
import { assignCustomers } from "../segments/assign.js";
import type { CustomerValues } from "../segments/customer-values.js";
import type { Definition } from "../segments/definition.js";
import { exportDefinition } from "./export-definition.js";
import { runInDuckDb } from "./run-in-duckdb.js";
import { type PostgresqlConnection, runInPostgresql } from "./run-in-postgresql.js";
import type { TargetRun, TargetTask } from "./target-task.js";

/** What is verified, and where. */
export interface VerifyOptions {
  /** Customers to place besides the definition's own verification rows. */
  readonly customers?: CustomerValues;
  /** Default: all that can be run. */
  readonly targets?: readonly Dialect[];
  /** A database in which temporary tables may be made; without one PostgreSQL is not run. */
  readonly postgresql?: PostgresqlConnection | null;
}

/** How one target compares with our own assignment. */
export interface TargetCheck {
  readonly target: Dialect;
  /** failed: it ran into an error. */
  readonly status: "agrees" | "disagrees" | "failed" | "not-run";
  /** Customers and verification rows that were placed. */
  readonly rows: number;
  /** Rows in another segment than ours, or missing. */
  readonly disagreements: number;
  /** Version as the engine says it; null if it did not run. */
  readonly engineVersion: string | null;
  /** Why it failed or was not run; null otherwise. */
  readonly reason: string | null;
}

const runnableTargets: readonly Dialect[] = ["duckdb", "postgresql"];

/**
 * Runs the exports of a definition in real engines and counts the rows that they place otherwise than we do.
 *
 * Every customer given and every verification row is placed. Missing values go in by turns as NULL and as NaN. DuckDB is always
 * at hand; PostgreSQL needs a connection and is left as it was.
 *
 * @returns One check per target, in the order asked.
 * @throws InputError if a target is unknown, or the customers lack a feature of the recipe.
 */
export async function verifyTargets(
  definition: Definition,
  options: VerifyOptions = {},
): Promise<readonly TargetCheck[]> {
  const { targets = runnableTargets } = options;
  for (const target of targets) checkChoice("verifyTargets", "target", target, runnableTargets);
  const task = taskOf(definition, options.customers);
  const checks: TargetCheck[] = [];
  for (const target of targets) checks.push(await checkTarget(target, task, options));
  return checks;
}

/**
 * Ends a run in which a target that was run does not place everybody as we do.
 *
 * @throws RunError naming each such target.
 */
export function requireAgreement(checks: readonly TargetCheck[]): void {
  const bad = checks.filter(({ status }) => status === "disagrees" || status === "failed");
  if (bad.length === 0) return;
  const found = bad.map(({ target, disagreements, rows, reason }) =>
    reason === null ? `${target}: ${disagreements} of ${rows} rows elsewhere` : `${target}: ${reason}`,
  );
  throw new RunError(
    `requireAgreement: checks must agree with our own assignment, got ${listForMessage(found)}`,
  );
}

const nobody: CustomerValues = { keys: [], columns: new Map() };

/** The verification rows first, then the customers. */
function taskOf(definition: Definition, customers: CustomerValues = nobody): TargetTask {
  const { recipe, segments, fallback, verification } = definition;
  const labels = customers === nobody ? new Int32Array(0) : assignCustomers(definition, customers).labels;
  const columns = recipe.steps.map((step, j) => {
    const column = new Float64Array(verification.length + labels.length);
    verification.forEach((row, i) => {
      column[i] = Number(row.inputs[j] ?? Number.NaN);
    });
    column.set(Array.from(customers.columns.get(step.feature) ?? [], Number), verification.length);
    return column;
  });
  const placed = Array.from(labels, (label) => segments[label]?.key ?? fallback.key);
  return { definition, columns, expected: [...verification.map((row) => row.segment), ...placed] };
}

async function checkTarget(target: Dialect, task: TargetTask, options: VerifyOptions): Promise<TargetCheck> {
  const notRun = { target, rows: 0, disagreements: 0, engineVersion: null } as const;
  const { postgresql } = options;
  if (target === "postgresql" && !postgresql)
    return { ...notRun, status: "not-run", reason: "no PostgreSQL connection was given (PGHOST is not set)" };
  try {
    const sql = exportDefinition(task.definition, {
      to: "sql",
      dialect: target,
      table: "customers_to_verify",
    });
    const run =
      target === "duckdb" ? await runInDuckDb(sql, task) : await runInPostgresql(sql, task, postgresql!);
    return compare(target, task, run);
  } catch (error) {
    const status = error instanceof InputError ? "not-run" : "failed";
    return { ...notRun, status, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Rows come back sorted by number, so row i must be number i. */
function compare(target: Dialect, task: TargetTask, run: TargetRun): TargetCheck {
  const { expected } = task;
  const agreed = expected.filter(
    (segment, i) => run.rowNumbers[i] === i && run.segments[i] === segment,
  ).length;
  const disagreements = Math.max(expected.length, run.segments.length) - agreed;
  return {
    target,
    status: disagreements === 0 ? "agrees" : "disagrees",
    rows: expected.length,
    disagreements,
    engineVersion: run.engineVersion,
    reason: null,
  };
}

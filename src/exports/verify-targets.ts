import { checkChoice, describeValue, didYouMean, listForMessage } from "../core/check.js";
import { InputError, RunError } from "../core/errors.js";
import { assignCustomers } from "../segments/assign.js";
import type { CustomerValues } from "../segments/customer-values.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { type RandomRows, randomRows } from "./random-rows.js";
import { type Target, type TargetTools, verifiedTable } from "./target.js";
import type { TargetColumn, TargetRun, TargetTask } from "./target-task.js";
import { targets } from "./targets.js";

/** What is verified, and where. */
export interface VerifyOptions {
  /** Customers to place besides the definition's own verification rows. */
  readonly customers?: CustomerValues;
  /** Made-up rows to place besides, of every awkward kind. */
  readonly random?: RandomRows;
  /** Names of targets; default: all. */
  readonly targets?: readonly string[];
  /** Names the databases and tools that targets run in, as `process.env` does; without it only what is built in is run. */
  readonly environment?: TargetTools["environment"];
  /** Databases of a workbook, looked at where the environment names none of the kind. */
  readonly connections?: NonNullable<TargetTools["connections"]>;
  /** Cluster of a workbook. */
  readonly engine?: NonNullable<TargetTools["engine"]>;
  /** Called before each target. */
  readonly onTarget?: (name: string) => void;
}

/** How one target compares with our own assignment. */
export interface TargetCheck {
  readonly target: string;
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

/**
 * Runs the exports of a definition in real engines and counts the rows that they place otherwise than we do.
 *
 * Every customer given and every verification row is placed. Missing values go in by turns as NULL and as NaN. What cannot be run
 * on this machine is listed with the reason; databases are left as they were.
 *
 * @returns One check per target, in the order asked.
 * @throws InputError if a target is unknown, or the customers lack a feature of the recipe.
 */
export async function verifyTargets(
  definition: Definition,
  options: VerifyOptions = {},
): Promise<readonly TargetCheck[]> {
  const { environment = {}, connections, engine, onTarget } = options;
  const tools: TargetTools = { environment, ...(connections && { connections }), ...(engine && { engine }) };
  const names = targets.map(({ name }) => name);
  const asked = options.targets ?? names;
  for (const name of asked) checkChoice("verifyTargets", "target", name, names);
  const task = taskOf(definition, options);
  const checks: TargetCheck[] = [];
  for (const name of asked) {
    onTarget?.(name);
    checks.push(await checkTarget(targets.find((target) => target.name === name)!, task, tools));
  }
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

/** The verification rows first, with the segments that they state, then the customers, then random rows. */
function taskOf(
  definition: Definition,
  { customers = nobody, random = { count: 0, seed: 1 } }: VerifyOptions,
): TargetTask {
  const { segments, fallback, verification } = definition;
  const made = randomRows(definition, random);
  const inputs = inputsOf(definition);
  const columns = inputs.map(({ name, type }, j): TargetColumn => {
    const given = customers === nobody ? [] : columnGiven(customers, name);
    const values = [
      ...verification.map((row) => row.inputs[j]!),
      ...Array.from(given),
      ...made.map((row) => row[j]!),
    ];
    return type === "number"
      ? Float64Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN))
      : values.map((value) => (typeof value === "string" ? value : null));
  });
  const { labels } = assignCustomers(definition, {
    keys: Array.from({ length: verification.length + customers.keys.length + made.length }, () => ""),
    columns: new Map(inputs.map(({ name }, j) => [name, columns[j]!])),
  });
  const placed = Array.from(labels, (label) => segments[label]?.key ?? fallback.key);
  const expected = [...verification.map((row) => row.segment), ...placed.slice(verification.length)];
  return { definition, columns, expected };
}

function columnGiven({ columns }: CustomerValues, name: string): ArrayLike<number | string | null> {
  const column = columns.get(name);
  if (column !== undefined) return column;
  throw new InputError(
    `verifyTargets: customers must have a column ${describeValue(name)}, got none${didYouMean(name, [...columns.keys()])}`,
  );
}

async function checkTarget(target: Target, task: TargetTask, tools: TargetTools): Promise<TargetCheck> {
  const notRun = { target: target.name, rows: 0, disagreements: 0, engineVersion: null } as const;
  try {
    const run = await target.run(target.write(task.definition, verifiedTable), task, tools);
    if (!("notRun" in run)) return compare(target, task, run);
    return { ...notRun, status: "not-run", reason: [run.notRun, run.toRun].filter(Boolean).join(". ") };
  } catch (error) {
    const status = error instanceof InputError ? "not-run" : "failed";
    return { ...notRun, status, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Rows come back sorted by number, so row i must be number i. */
function compare(target: Target, task: TargetTask, run: TargetRun): TargetCheck {
  const { expected } = task;
  const agreed = expected.filter(
    (segment, i) => run.rowNumbers[i] === i && run.segments[i] === segment,
  ).length;
  const disagreements = Math.max(expected.length, run.segments.length) - agreed;
  return {
    target: target.name,
    status: disagreements === 0 ? "agrees" : "disagrees",
    rows: expected.length,
    disagreements,
    engineVersion: run.engineVersion,
    reason: null,
  };
}

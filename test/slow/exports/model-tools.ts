import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { definitionOnnx } from "#src/exports/definition-onnx.js";
import { definitionPmml } from "#src/exports/definition-pmml.js";
import { jpmmlProgram } from "#src/exports/jpmml-program.js";
import { onnxInputs } from "#src/exports/onnx-inputs.js";
import { nameModels } from "#src/exports/pmml-names.js";
import { writeTabTable } from "#src/exports/tab-table.js";
import type { TargetColumn } from "#src/exports/target-task.js";
import { type VerifyOptions, verifyTargets } from "#src/exports/verify-targets.js";
import { assignCustomers } from "#src/segments/assign.js";
import type { CustomerValues } from "#src/segments/customer-values.js";
import type { Definition } from "#src/segments/definition.js";
import { inputsOf } from "#src/segments/definition-inputs.js";

/** Why tests that need a tool are skipped; false where it is. In CI its absence is a failure, never a skip. */
export function withoutTool(variable: string, what: string): string | false {
  if (process.env[variable] !== undefined) return false;
  if (process.env.CI === "true") throw new Error(`${variable} must be set`);
  return `set ${variable} to ${what}`;
}

/** What verify says of one target: as it should be, or not. */
export async function checkOf(
  target: string,
  definition: Definition,
  options: VerifyOptions = {},
): Promise<readonly [status: string, disagreements: number, reason: string | null, rows: number]> {
  const checks = await verifyTargets(definition, {
    ...options,
    targets: [target],
    environment: process.env,
  });
  const { status, disagreements, reason, rows } = checks[0]!;
  return [status, disagreements, reason, rows];
}

/** Models and rows for a Python script that runs them, and what each row must be given. */
export interface ModelTask {
  readonly definition: Definition;
  readonly customers: CustomerValues;
}

/** Runs a script beside the sources of these tests over tasks, in a folder of its own; returns what it printed as JSON. */
export function runScript(python: string, script: string, tasks: readonly ModelTask[]): unknown {
  const folder = mkdtempSync(join(tmpdir(), "segbook-models-"));
  try {
    for (const [i, task] of tasks.entries()) writeTask(join(folder, String(i)), task);
    const words = [resolve("test/slow/exports", script), folder, String(tasks.length)];
    const result = spawnSync(python, words, { encoding: "utf8", maxBuffer: 1e9, timeout: 600_000 });
    if (result.status !== 0)
      throw new Error(`${script} ended with ${result.stderr || result.error?.message}`);
    return JSON.parse(result.stdout.trim().split("\n").at(-1)!);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the documents of all tasks in one JPMML: rows, and rows placed otherwise than we do. */
export async function placeInJpmml(tasks: readonly ModelTask[]): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-models-"));
  try {
    writeFileSync(join(folder, "PlaceRows.java"), jpmmlProgram);
    const stated = tasks.map(statedSegments);
    for (const [i, { definition, customers }] of tasks.entries()) {
      const columns = inputsOf(definition).map(({ name }) => customers.columns.get(name) as TargetColumn);
      writeFileSync(join(folder, `${i}.pmml`), definitionPmml(definition));
      await writeTabTable(join(folder, `${i}.tsv`), { definition, columns, expected: stated[i]! });
    }
    const words = tasks.flatMap(({ definition }, i) => [
      ...[`${i}.pmml`, `${i}.tsv`, `${i}.txt`],
      nameModels(definition).at(-1)!.names.segment,
    ]);
    const options = { cwd: folder, encoding: "utf8", timeout: 600_000 } as const;
    const jars = join(process.env.SEGBOOK_JPMML!, "*");
    const result = spawnSync("java", ["--class-path", jars, "PlaceRows.java", ...words], options);
    if (result.status !== 0) throw new Error(`JPMML ended with ${result.stderr || result.error?.message}`);
    const placed = tasks.map((_, i) =>
      readFileSync(join(folder, `${i}.txt`), "utf8")
        .split("\n")
        .slice(0, -1),
    );
    const answers = placed.flat();
    const differences = stated.flat().filter((key, i) => answers[i] !== key).length;
    return { rows: answers.length, differences };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function statedSegments({ definition, customers }: ModelTask): string[] {
  const { labels } = assignCustomers(definition, customers);
  return Array.from(labels, (label) => definition.segments[label]?.key ?? "unassigned");
}

/** Python reads NaN and Infinity as JavaScript writes them. */
function writeTask(stem: string, { definition, customers }: ModelTask): void {
  const assignment = assignCustomers(definition, customers);
  const inputs = inputsOf(definition).map(({ name, type }, j) => {
    const values = Array.from(customers.columns.get(name)!, (value) =>
      typeof value === "number" ? String(value) : JSON.stringify(value),
    );
    const { name: onnxName } = onnxInputs(definition)[j]!;
    return `{"name":${JSON.stringify(name)},"onnx":"${onnxName}","type":"${type}","values":[${values}]}`;
  });
  const numbers = (values: ArrayLike<number>): string => `[${Array.from(values, String)}]`;
  const { segment: answer } = nameModels(definition).at(-1)!.names;
  writeFileSync(`${stem}.onnx`, definitionOnnx(definition));
  writeFileSync(`${stem}.pmml`, definitionPmml(definition));
  writeFileSync(
    `${stem}.json`,
    `{"kind":"${definition.model.kind}","answer":"${answer}","inputs":[${inputs}],"segment":${JSON.stringify(statedSegments({ definition, customers }))},
"distance":${numbers(assignment.distances)},"margin":${numbers(assignment.margins)},"runner_up_index":${numbers(assignment.runnersUp)}}`,
  );
}

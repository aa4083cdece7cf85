import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Jupyter, script } from "./jupyter-tools.js";

/** How one Python test went against one kernel. */
export interface PythonTest {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly reason: string;
}

/** Runs a module of Python tests against a kernel. */
export function runPythonTests(
  jupyter: Jupyter,
  module: string,
  { kernel, timeoutSeconds }: { readonly kernel: string; readonly timeoutSeconds: number },
): readonly PythonTest[] {
  const results = join(jupyter.folder, `${module}-${kernel}.json`);
  const words = [script("run_tests.py"), module, kernel, results];
  const { exitCode, errors } = jupyter.run("python", words, timeoutSeconds);
  assert.equal(exitCode, 0, `${module} against ${kernel} must end, got ${exitCode}: ${errors}`);
  return JSON.parse(readFileSync(results, "utf8"));
}

/** @throws an AssertionError with the name and reason of every test that did not pass. */
export function failOnFaults(tests: readonly PythonTest[]): void {
  const faults = tests.filter(({ outcome }) => outcome !== "passed");
  if (faults.length > 0)
    assert.fail(faults.map(({ name, outcome, reason }) => `${name} ${outcome}:\n${reason}`).join("\n"));
}

/** How many tests went which way. */
export function countOutcomes(tests: readonly PythonTest[]): Record<PythonTest["outcome"], number> {
  const count = (outcome: PythonTest["outcome"]): number =>
    tests.filter((test) => test.outcome === outcome).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

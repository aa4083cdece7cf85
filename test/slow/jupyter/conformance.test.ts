import assert from "node:assert/strict";
import { test } from "node:test";
import { setUpJupyter, withoutJupyter } from "./jupyter-tools.js";
import { countOutcomes, failOnFaults, type PythonTest, runPythonTests } from "./python-tests.js";

test("jupyter_kernel_test passes whole against our kernel, nothing skipped; bare tslab beside it does not", {
  skip: withoutJupyter,
}, (context) => {
  const jupyter = setUpJupyter(context);
  const ours = runPythonTests(jupyter, "conformance", { kernel: "segbook", timeoutSeconds: 180 });
  const tslab = runPythonTests(jupyter, "conformance", { kernel: "tslab", timeoutSeconds: 300 });
  for (const line of tableOf(ours, tslab)) context.diagnostic(line);
  failOnFaults(ours);
  assert.equal(countOutcomes(ours).passed, 13);
  assert.ok(
    countOutcomes(tslab).failed > 0,
    "bare tslab has become conformant: is our own kernel still needed?",
  );
});

function tableOf(ours: readonly PythonTest[], tslab: readonly PythonTest[]): string[] {
  const theirs = new Map(tslab.map(({ name, outcome }) => [name, outcome]));
  const lines = ours.map(
    ({ name, outcome }) => `${name.padEnd(48)}${outcome.padEnd(10)}${theirs.get(name) ?? "not reached"}`,
  );
  return [`${"jupyter_kernel_test".padEnd(48)}${"segbook".padEnd(10)}bare tslab`, ...lines];
}

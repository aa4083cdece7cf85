import { test } from "node:test";
import { setUpJupyter, withoutJupyter } from "./jupyter-tools.js";
import { failOnFaults, runPythonTests } from "./python-tests.js";

test("cells, errors, interrupts and other requests are answered by the book", {
  skip: withoutJupyter,
}, (context) => {
  failOnFaults(runPythonTests(setUpJupyter(context), "protocol", { kernel: "segbook", timeoutSeconds: 240 }));
});

test("a kernel ends and restarts in time and leaves no process behind", {
  skip: withoutJupyter,
}, (context) => {
  failOnFaults(runPythonTests(setUpJupyter(context), "lifetime", { kernel: "segbook", timeoutSeconds: 240 }));
});

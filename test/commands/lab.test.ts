import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { folderWith, segbook } from "./segbook.js";

/** A folder with a Python environment whose JupyterLab does what the script says. */
function folderWithLab(script: string): string {
  const folder = folderWith({ ".venv/pyvenv.cfg": "", "a.ipynb": "{}", ".venv/bin/jupyter-lab": "" });
  const program = join(folder, ".venv", "bin", "jupyter-lab");
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return folder;
}

test("without JupyterLab, lab names the two commands that bring it", () => {
  const { exitCode, errors } = segbook(folderWith({}), ["lab"], { PATH: "/nowhere" });
  assert.equal(exitCode, 2);
  assert.match(errors, /python3 -m venv \.venv\n {2}\.venv\/bin\/pip install jupyterlab\n/);
});

test("lab starts the environment's own JupyterLab with the kernel in it, and passes its options on", () => {
  const folder = folderWithLab('echo "$@"');
  const words = ["lab", "a.ipynb", "--port", "8890", "--no-browser", "--", "--allow-root"];
  const { exitCode, output } = segbook(folder, words);
  assert.equal(exitCode, 0);
  const [started] = output.split("\n");
  assert.equal(
    started,
    `${join(folder, "a.ipynb")} --ServerApp.root_dir=${folder} --port=8890 --no-browser --allow-root`,
  );
  assert.ok(existsSync(join(folder, ".venv", "share", "jupyter", "kernels", "segbook", "kernel.json")));
});

test("lab refuses a notebook that is not there, and a JupyterLab that fails is a failure", () => {
  const folder = folderWithLab("exit 7");
  const missing = segbook(folder, ["lab", "b.ipynb"]);
  assert.deepEqual([missing.exitCode, /notebook must exist, got "b.ipynb"/.test(missing.errors)], [2, true]);
  const failed = segbook(folder, ["lab"]);
  assert.deepEqual([failed.exitCode, /got exit code 7/.test(failed.errors)], [1, true]);
});

test("Ctrl-C reaches JupyterLab, and lab waits until it has ended", async () => {
  const folder = folderWithLab("trap 'echo asked; exit 0' INT; echo ready; while :; do sleep 0.1; done");
  const child = spawn(process.execPath, [resolve("bin/segbook.js"), "lab"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
    if (String(chunk).includes("ready")) child.kill("SIGINT");
  });
  const exitCode = await new Promise((done) => child.once("close", done));
  assert.deepEqual([exitCode, said], [0, "ready\nasked\nJupyterLab has ended.\n"]);
});

test("kernel install refuses two places at once and says what it wrote and what comes next", () => {
  const folder = folderWith({});
  assert.equal(segbook(folder, ["kernel", "install", "--user", "--prefix", "a"]).exitCode, 2);
  const { exitCode, output } = segbook(folder, ["kernel", "install", "--prefix", "a"]);
  assert.equal(exitCode, 0);
  assert.match(output, /kernels\/segbook\n.*labextensions\/segbook\n\nNext: segbook lab/);
});

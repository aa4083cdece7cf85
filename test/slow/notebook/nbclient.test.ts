import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { installKernel } from "#src/kernel/install-kernel.js";
import type { NotebookCell } from "#src/notebook/notebook.js";
import { readNotebook } from "#src/notebook/notebook-file.js";
import { runNotebooks } from "#src/runner/run-notebooks.js";
import { type MadeCell, scratchFolder, writeMade } from "../../notebook/made-notebook.js";

const environment = process.env.SEGBOOK_VENV;
if (environment === undefined && process.env.CI === "true") throw new Error("SEGBOOK_VENV must be set");
const skip = environment === undefined ? "set SEGBOOK_VENV to a Python environment with nbclient" : false;

const cells: readonly MadeCell[] = [
  ['import { InputError } from "segbook";', "setup"],
  ["const clusterCount: number = 3;", "parameters"],
  "for (let i = 0; i < 2000; i++) console.log(i)",
  "throw new InputError('fitKMeans: no')",
  "clusterCount + 1",
  'import { display } from "tslab"; for (let i = 0; i < 600; i++) display.text(String(i));',
  "Promise.reject(new RangeError('nobody waits')); 1",
  "const wrong: number = 'x'",
  ...Array.from({ length: 30 }, (_, i) => `console.log(${i}); console.error(${i}); ${i}`),
];

const summaries = (notebookCells: readonly NotebookCell[]): unknown[] =>
  notebookCells.map(({ outputs, execution_count }) => [
    execution_count,
    outputs?.map((output) => [output.output_type, output.text ?? output.evalue ?? output.data]),
  ]);

test("Jupyter's own client sees what our runner sees: nothing is lost, every error is an error", {
  skip,
}, async (context) => {
  const folder = scratchFolder(context);
  const source = writeMade(folder, "a.ipynb", cells);
  const tolerant = cells.map(
    (cell): MadeCell => (typeof cell === "string" ? [cell, "raises-exception"] : cell),
  );
  const [run] = await runNotebooks([writeMade(folder, "b.ipynb", tolerant)], {
    outputFolder: join(folder, "out"),
    now: () => 0,
  });
  installKernel({ prefix: folder });
  const target = join(folder, "executed.ipynb");
  const { status, stderr } = spawnSync(
    join(environment!, "bin", "python"),
    ["test/slow/notebook/run_with_nbclient.py", folder, source, target, run!.executed],
    { encoding: "utf8", env: { ...process.env, JUPYTER_PATH: join(folder, "share", "jupyter") } },
  );
  assert.equal(status, 0, stderr);
  const theirs = readNotebook(target).cells;
  assert.deepEqual(summaries(theirs), summaries(readNotebook(run!.executed).cells));
  assert.equal(String(theirs[2]?.outputs?.[0]?.text).split("\n").length, 2001);
  assert.equal(theirs[3]?.outputs?.[0]?.ename, "InputError");
  assert.deepEqual(theirs[4]?.outputs?.[0]?.data, { "text/plain": "4" });
  assert.equal(theirs[5]?.outputs?.length, 600);
  assert.equal(theirs[6]?.outputs?.[0]?.evalue, "nobody waits");
  assert.equal(theirs[7]?.outputs?.[0]?.ename, "CompileError");
});

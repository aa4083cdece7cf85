import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isObject, type Notebook } from "#src/notebook/notebook.js";
import { readNotebook } from "#src/notebook/notebook-file.js";
import { describeFailure, runNotebooks } from "#src/notebook/run-notebooks.js";
import { type MadeCell, scratchFolder, writeMade } from "./made-notebook.js";

const now = (): number => 0;

function outputText(notebook: Notebook, cell: number): string {
  const outputs = notebook.cells[cell - 1]?.outputs ?? [];
  return outputs.map((output) => output.text ?? output.evalue ?? JSON.stringify(output.data)).join("");
}

test("a run writes executed copies with new parameters and papermill's keys, and leaves the sources alone", async (context) => {
  const folder = scratchFolder(context);
  const cells: MadeCell[] = [
    ['import { InputError } from "segbook";', "setup"],
    ["const clusterCount: number = 0; // 0 to 20; clusters", "parameters"],
    "console.log(clusterCount === 4, clusterCount, InputError.name)",
    ["throw new Error('skipped')", "skip-execution"],
    ["throw new Error('expected')", "raises-exception"],
    "",
    "process.stdout.write('1 %\\r'); process.stdout.write('2 %\\r'); console.log('done')",
  ];
  const paths = [writeMade(folder, "01-a.ipynb", cells), writeMade(folder, "02-b.ipynb", ["1 + 1"])];
  const before = paths.map(readNotebook);
  const seen: string[] = [];
  const runs = await runNotebooks(paths, {
    outputFolder: join(folder, "out"),
    parameters: new Map([["clusterCount", { text: "6" }]]),
    onProgress: ({ notebookNumber, cellsDone, cellCount }) =>
      seen.push(`${notebookNumber}:${cellsDone}/${cellCount}`),
    now,
  });
  assert.deepEqual(
    runs.map(({ cells, failed }) => [cells, failed]),
    [
      [6, undefined],
      [1, undefined],
    ],
  );
  assert.deepEqual([...runs[0]!.parameters], [["clusterCount", 6]]);
  const executed = readNotebook(runs[0]!.executed);
  assert.equal(executed.cells[2]?.source, "// Parameters\nconst clusterCount: number = 6;");
  assert.equal(outputText(executed, 4), "false 6 InputError\n");
  assert.equal(outputText(executed, 5), "");
  assert.equal(outputText(executed, 6), "expected");
  assert.equal(outputText(executed, 8), "done\n");
  const { papermill } = executed.metadata;
  assert.ok(isObject(papermill) && papermill.exception === null);
  assert.deepEqual(
    [papermill.parameters, papermill.default_parameters],
    [{ clusterCount: 6 }, { clusterCount: 0 }],
  );
  assert.deepEqual(seen.at(-1), "2:1/1");
  assert.deepEqual(paths.map(readNotebook), before);
  assert.deepEqual(runs.map(describeFailure), [undefined, undefined]);
});

test("the first failing cell ends the run with notebook, cell and message, and what came before is saved", async (context) => {
  const folder = scratchFolder(context);
  const paths = [
    writeMade(folder, "01-a.ipynb", ["console.log('kept')", "throw new RangeError('too far')", "2"]),
    writeMade(folder, "02-b.ipynb", ["1"]),
  ];
  const runs = await runNotebooks(paths, { outputFolder: join(folder, "out"), now });
  assert.equal(runs.length, 1);
  const { failed, executed } = runs[0]!;
  assert.deepEqual(
    [failed?.cell, failed?.id, failed?.name, failed?.message],
    [2, "c2", "RangeError", "too far"],
  );
  assert.equal(outputText(readNotebook(executed), 1), "kept\n");
  assert.equal(describeFailure(runs[0]!), "notebook 01-a, cell 2 failed: RangeError: too far");
});

const endings: readonly (readonly [string, string, RegExp])[] = [
  ["setTimeout(() => Promise.reject(new Error('late')), 30)", "Error", /^late$/],
  ["process.exit(3)", "KernelDied", /^the kernel ended with exit code 3 while the cell ran$/],
  ["while (true) {}", "Timeout", /^the cell took longer than 1 s; the cell was interrupted$/],
  ["await 1; while (true) {}", "Timeout", /^the cell took longer than 1 s; the kernel had to be killed$/],
];

for (const [code, name, message] of endings) {
  test(`a run names the cell that ended with ${JSON.stringify(code)}`, async (context) => {
    const folder = scratchFolder(context);
    const path = writeMade(folder, "a.ipynb", [code]);
    const [run] = await runNotebooks([path], { outputFolder: join(folder, "out"), timeoutSeconds: 1, now });
    assert.equal(run?.failed?.name, name);
    assert.match(run?.failed?.message ?? "", message);
    const errors = readNotebook(run!.executed).cells[0]?.outputs?.filter(
      (output) => output.output_type === "error",
    );
    assert.equal(errors?.length, 1);
    assert.match(String(errors[0]?.evalue), message);
  });
}

test("nothing runs if a notebook, a name or a parameter is wrong", async (context) => {
  const folder = scratchFolder(context);
  const good = writeMade(folder, "a.ipynb", [["const clusterCount: number = 3;", "parameters"]]);
  const outputFolder = join(folder, "out");
  const run = (paths: string[], parameters: [string, string][]) =>
    runNotebooks(paths, {
      outputFolder,
      parameters: new Map(parameters.map(([name, text]) => [name, { text }])),
      now,
    });
  await assert.rejects(run([good, good], []), /notebooks must have different names, got two called a.ipynb/);
  await assert.rejects(run([good, "none.ipynb"], []), { name: "InputError" });
  await assert.rejects(run([good], [["clusterCont", "4"]]), {
    name: "InputError",
    message: 'run: parameter must be one of clusterCount, got "clusterCont". Did you mean "clusterCount"?',
  });
  await assert.rejects(run([good], [["clusterCount", "many"]]), {
    name: "InputError",
    message: `run: parameter clusterCount must be of type number, got "many" (notebook ${good})`,
  });
  assert.ok(!existsSync(outputFolder));
});

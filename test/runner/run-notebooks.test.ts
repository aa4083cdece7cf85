import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isObject, type Notebook } from "#src/notebook/notebook.js";
import { readNotebook } from "#src/notebook/notebook-file.js";
import { createMask } from "#src/runner/mask-secrets.js";
import { describeFailure } from "#src/runner/notebook-run.js";
import { createStagingFolder, discardStagingFolder } from "#src/runner/publish-folder.js";
import { runNotebook } from "#src/runner/run-notebook.js";
import { runNotebooks } from "#src/runner/run-notebooks.js";
import { startKernelFor } from "#src/runner/starting-kernel.js";
import { startDeadline } from "#src/runner/time-limit.js";
import { type MadeCell, madeDocument, scratchFolder, writeMade } from "../notebook/made-notebook.js";
import { assertValidNotebook } from "../notebook/notebook-schema.js";
import { testEnding } from "./ended-cell.js";
import { cellOf, outputText } from "./executed-notebook.js";
import { assertFloodIsKept } from "./flooded-run.js";
import { readWithoutRunMetadata, type WithoutRunMetadata } from "./run-metadata.js";

const now = (): number => 0;

/** `status`, `exception` and whether there are times, as papermill records them. */
function statusOf(notebook: Notebook, id: string): unknown[] {
  const { papermill } = cellOf(notebook, id).metadata;
  assert.ok(isObject(papermill));
  return [papermill.status, papermill.exception, typeof papermill.duration];
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
    parameters: new Map([["clusterCount", 6]]),
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
  assert.equal(
    cellOf(executed, "injected-parameters").source,
    "// Parameters\nconst clusterCount: number = 6;",
  );
  assert.equal(outputText(executed, "c3"), "false 6 InputError\n");
  assert.equal(outputText(executed, "c4"), "");
  assert.equal(outputText(executed, "c5"), "expected");
  assert.equal(outputText(executed, "c7"), "done\n");
  assert.deepEqual(statusOf(executed, "c3"), ["completed", false, "number"]);
  assert.deepEqual(statusOf(executed, "c4"), ["completed", false, "object"]);
  assert.deepEqual(statusOf(executed, "c5"), ["failed", true, "number"]);
  assert.deepEqual(Object.keys(cellOf(executed, "c3").metadata.execution ?? {}).sort(), [
    "iopub.execute_input",
    "iopub.status.busy",
    "iopub.status.idle",
    "shell.execute_reply",
  ]);
  assertValidNotebook(runs[0]!.executed);
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
  const copy = readNotebook(executed);
  assertValidNotebook(executed);
  assert.equal(outputText(copy, "c1"), "kept\n");
  assert.deepEqual(
    ["c1", "c2", "c3"].map((id) => statusOf(copy, id)),
    [
      ["completed", false, "number"],
      ["failed", true, "number"],
      ["pending", null, "object"],
    ],
  );
  assert.deepEqual(
    copy.cells.map(({ id }) => id),
    ["papermill-error-top", "c1", "papermill-error-anchor", "c2", "c3"],
  );
  assert.match(
    copy.cells[0]!.source,
    /An error ended the run at <a href="#papermill-error-cell">In \[2\]<\/a>/,
  );
  assert.equal(describeFailure(runs[0]!), "notebook 01-a, cell 2 failed: RangeError: too far");
});

testEnding({ code: "process.exit(3)", name: "KernelDied", message: /exit/ });

test("a run that takes too long is stopped in the cell where it stands, and nothing more runs", async (context) => {
  const path = writeMade(scratchFolder(context), "a.ipynb", ["1", "await new Promise(() => {})", "3"]);
  const starting = startKernelFor(readNotebook(path), { folder: ".", now });
  context.after(() => starting.stop());
  const kernel = await starting.kernel;
  const deadline = startDeadline(1.5);
  const options = { kernel, now, deadline, mask: createMask(), onCell: () => {}, save: () => {} };
  const { cellsRun, failed } = await runNotebook(readNotebook(path), options);
  assert.deepEqual(
    [cellsRun, failed?.id, failed?.message],
    [2, "c2", "the run took longer than 1.5 s; the cell was interrupted"],
  );
  const late = await runNotebook(readNotebook(path), options);
  assert.deepEqual(
    [late.failed?.id, late.failed?.message],
    ["c1", "the run took longer than 1.5 s; the cell was not run"],
  );
});

test("a notebook may say itself that errors are allowed and how long a cell may take", async (context) => {
  const folder = scratchFolder(context);
  const path = join(folder, "a.ipynb");
  const execution = { timeout: 1, allow_errors: true };
  const document = madeDocument([
    "throw new Error('a')",
    "throw new Error('b')",
    "await new Promise(() => {})",
  ]);
  writeFileSync(path, JSON.stringify({ ...document, metadata: { execution } }));
  const [run] = await runNotebooks([path], { outputFolder: join(folder, "out"), timeoutSeconds: 99, now });
  assert.deepEqual([run?.cells, run?.failed?.id, run?.failed?.name], [3, "c3", "Timeout"]);
});

test("two runs of the same notebook differ only in the declared run metadata", async (context) => {
  const folder = scratchFolder(context);
  const cells: MadeCell[] = [
    ['import { display } from "tslab"; import { writeFileSync } from "node:fs";', "setup"],
    ['const outputFolder: string = "";', "parameters"],
    "for (let i = 0; i < 3000; i++) console.log(i); console.error(2); outputFolder",
    "const shown = display.newDisplay?.(); display.html('<b>1</b>'); ({ a: 1 })",
    ["throw new RangeError('expected')", "raises-exception"],
    "setTimeout(() => console.log('late'), 20); await new Promise((done) => setTimeout(done, 60)); 1",
    "null!.x",
  ];
  const path = writeMade(folder, "a.ipynb", cells);
  const final = join(folder, "report");
  const copies: WithoutRunMetadata[] = [];
  for (const count of [1, 2]) {
    const staging = createStagingFolder(final);
    const [run] = await runNotebooks([path], {
      outputFolder: staging,
      parameters: new Map([["outputFolder", staging]]),
      now: () => count * 1e12 + performance.now(),
    });
    copies.push(readWithoutRunMetadata(run!.executed));
    discardStagingFolder(staging);
  }
  assert.deepEqual(copies[0], copies[1]);
  assert.equal(copies[0]!.found.size, 10);
});

test("notebooks that do not wait for each other run side by side, and are returned in their order", async (context) => {
  const folder = scratchFolder(context);
  const after = (names: string[], name: string, code: string): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify({ ...madeDocument([code]), metadata: { segbook: { after: names } } }));
    return path;
  };
  // Each of the two waits for the file that the other one writes.
  const meet = (own: string, other: string): string =>
    `import { existsSync, writeFileSync } from "node:fs"; writeFileSync("${own}", ""); while (!existsSync("${other}")) await new Promise((done) => setTimeout(done, 20));`;
  const paths = [
    after([], "01-a.ipynb", meet("a", "b")),
    after(["no-such-notebook"], "02-b.ipynb", meet("b", "a")),
    after(["01-a"], "03-c.ipynb", "throw new Error('c')"),
    writeMade(folder, "04-d.ipynb", ["1"]),
  ];
  const lines: string[] = [];
  const runs = await runNotebooks(paths, {
    outputFolder: join(folder, "out"),
    parallel: 2,
    timeoutSeconds: 60,
    onProgress: ({ notebookNumber, cellsDone }) => lines.push(`${notebookNumber}:${cellsDone}`),
    now,
  });
  assert.deepEqual(
    runs.map(({ file, failed }) => [file, failed?.name]),
    [
      [paths[0], undefined],
      [paths[1], undefined],
      [paths[2], "Error"],
    ],
  );
  assert.ok(lines.indexOf("2:0") < lines.indexOf("1:1"));
});

test("a secret reaches the notebook by its environment and stays out of copy, record and message", async (context) => {
  const folder = scratchFolder(context);
  const cells = [
    "const key = process.env.SHOP_KEY!; console.log(key); process.stdout.write(key.slice(0, 4)); process.stdout.write(key.slice(4)); key",
    'import { display } from "tslab"; display.html("<b>" + key + "</b>");',
    "throw new Error('no shop for ' + key)",
  ];
  const [run] = await runNotebooks([writeMade(folder, "a.ipynb", cells)], {
    outputFolder: join(folder, "out"),
    secrets: new Map([["SHOP_KEY", "open-sesame"]]),
    now,
  });
  assert.equal(run?.failed?.message, "no shop for [secret SHOP_KEY]");
  assert.doesNotMatch(JSON.stringify(run) + readFileSync(run!.executed, "utf8"), /sesame/);
  const copy = readNotebook(run!.executed);
  assert.equal(cellOf(copy, "c1").outputs?.[0]?.text, "[secret SHOP_KEY]\n[secret SHOP_KEY]");
});

test("a flood is complete or says what is missing: 5,000 lines, 300 displays, 21 MB of HTML", (context) =>
  assertFloodIsKept(context, { lines: 5000, displays: 300, megabytes: 21 }));

test("nothing runs if a notebook, a name or a parameter is wrong", async (context) => {
  const folder = scratchFolder(context);
  const good = writeMade(folder, "a.ipynb", [["const clusterCount: number = 3;", "parameters"]]);
  const outputFolder = join(folder, "out");
  const run = (paths: string[], parameters: [string, string][]) =>
    runNotebooks(paths, { outputFolder, parameters: new Map(parameters), now });
  await assert.rejects(run([good, good], []), /notebooks must have different names, got two called a.ipynb/);
  await assert.rejects(run([good, "none.ipynb"], []), { name: "InputError" });
  await assert.rejects(run([good], [["clusterCont", "4"]]), {
    name: "InputError",
    message: 'run: parameter must be one of clusterCount, got "clusterCont". Did you mean "clusterCount"?',
  });
  await assert.rejects(run([good], [["clusterCount", "many"]]), {
    name: "InputError",
    message: 'run: parameter clusterCount must be of type number, got "many"',
  });
  assert.ok(!existsSync(outputFolder));
});

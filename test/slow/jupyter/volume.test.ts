import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { JsonObject, NotebookCell } from "#src/notebook/notebook.js";
import { readNotebook } from "#src/notebook/notebook-file.js";
import { runNotebooks } from "#src/runner/run-notebooks.js";
import { type MadeCell, writeMade } from "../../notebook/made-notebook.js";
import { setUpJupyter, withoutJupyter } from "./jupyter-tools.js";

/** Runs by each client; SEGBOOK_VOLUME_RUNS asks for more. */
const runCount = Number(process.env.SEGBOOK_VOLUME_RUNS ?? 3);
const cellCount = 400;
const isThrowing = (i: number): boolean => i % 40 === 39;

/** Three prints and a display, some after an await, some before an error. */
function busyCell(i: number): MadeCell {
  const prints = ["a", "b", "c"].map((part) => `console.log("${i} ${part}");`);
  const pause = i % 7 === 0 ? "await new Promise((done) => setTimeout(done, 1));" : "";
  const code = `${prints[0]} ${pause} ${prints.slice(1).join(" ")} display.text("${i} shown");`;
  return isThrowing(i) ? [`${code} throw new RangeError("${i}")`, "raises-exception"] : code;
}

const busyCells: readonly MadeCell[] = [
  'import { display } from "tslab";',
  ...Array.from({ length: cellCount }, (_, i) => busyCell(i)),
];

/** What cell `i` must hold, and what it holds. */
function expected(i: number): unknown[] {
  const error = isThrowing(i) ? [`RangeError: ${i}`] : [];
  return [`${i} a\n${i} b\n${i} c\n`, `${i} shown`, ...error];
}

function found({ outputs = [] }: NotebookCell): unknown[] {
  const seen: unknown[] = [];
  for (const [i, { output_type, text, data, ename, evalue }] of outputs.entries()) {
    // nbclient keeps the pieces of a stream apart, as they came.
    const isContinued = output_type === "stream" && outputs[i - 1]?.output_type === "stream";
    if (isContinued) seen.push(`${seen.pop()}${text}`);
    else if (output_type === "stream") seen.push(text);
    else seen.push(output_type === "error" ? `${ename}: ${evalue}` : (data as JsonObject)["text/plain"]);
  }
  return seen;
}

/** Numbers of the cells that do not hold what they must. */
function faultsIn(path: string): number[] {
  const cells = readNotebook(path).cells.slice(1);
  assert.equal(cells.length, cellCount);
  return [...cells.keys()].filter((i) => JSON.stringify(found(cells[i]!)) !== JSON.stringify(expected(i)));
}

const lineCount = 200_000;
const allLines = Array.from({ length: lineCount }, (_, i) => `${i}\n`).join("");
const floodCells: readonly MadeCell[] = [`for (let i = 0; i < ${lineCount}; i++) console.log(i)`, '"after"'];

function assertComplete(path: string): void {
  const [flood, after] = readNotebook(path).cells;
  assert.ok(found(flood!).length === 1 && found(flood!)[0] === allLines, "lines are missing or out of order");
  assert.deepEqual(after?.outputs?.[0]?.data, { "text/plain": "'after'" });
}

test("our runner loses nothing of 400 cells and 200,000 lines, and puts nothing into the wrong cell", {
  skip: withoutJupyter,
}, async (context) => {
  const { folder } = setUpJupyter(context);
  const paths = [writeMade(folder, "busy.ipynb", busyCells), writeMade(folder, "flood.ipynb", floodCells)];
  for (let i = 0; i < runCount; i++) {
    const runs = await runNotebooks(paths, { outputFolder: join(folder, "out"), now: () => 0 });
    assert.deepEqual(faultsIn(runs[0]!.executed), [], `run ${i + 1} of ${runCount}`);
    assertComplete(runs[1]!.executed);
  }
});

test("nbclient loses nothing of 400 cells and 200,000 lines, and puts nothing into the wrong cell", {
  skip: withoutJupyter,
}, (context) => {
  const jupyter = setUpJupyter(context);
  writeMade(jupyter.folder, "busy.ipynb", busyCells);
  writeMade(jupyter.folder, "flood.ipynb", floodCells);
  const execute = (name: string): string => {
    const target = join(jupyter.folder, `${name}-executed.ipynb`);
    const words = [join(jupyter.folder, `${name}.ipynb`), "--output", target];
    const { exitCode, errors } = jupyter.run("jupyter-execute", words, 180);
    assert.equal(exitCode, 0, errors);
    return target;
  };
  for (let i = 0; i < runCount; i++)
    assert.deepEqual(faultsIn(execute("busy")), [], `run ${i + 1} of ${runCount}`);
  assertComplete(execute("flood"));
});

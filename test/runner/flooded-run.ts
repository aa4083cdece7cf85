import assert from "node:assert/strict";
import { join } from "node:path";
import { isObject } from "#src/notebook/notebook.js";
import { readNotebook } from "#src/notebook/notebook-file.js";
import { runNotebooks } from "#src/runner/run-notebooks.js";
import { scratchFolder, writeMade } from "../notebook/made-notebook.js";
import { cellOf, outputText } from "./executed-notebook.js";

/** How much a notebook shows. */
export interface Flood {
  readonly lines: number;
  readonly displays: number;
  /** HTML of one display, in millions of bytes; more than a cell may show. */
  readonly megabytes: number;
}

/** Runs a notebook that floods its kernel: lines and displays must be complete, and what is left out must be said. */
export async function assertFloodIsKept(
  context: Parameters<typeof scratchFolder>[0],
  { lines, displays, megabytes }: Flood,
): Promise<void> {
  const folder = scratchFolder(context);
  const cells = [
    `for (let i = 0; i < ${lines}; i++) console.log(i)`,
    `import { display } from "tslab"; for (let i = 0; i < ${displays}; i++) display.html(String(i));`,
    `console.log("before"); display.html("x".repeat(${megabytes} * 1_000_000)); console.log("after"); 7`,
  ];
  const [run] = await runNotebooks([writeMade(folder, "a.ipynb", cells)], {
    outputFolder: join(folder, "out"),
    now: () => 0,
  });
  assert.equal(run?.failed, undefined);
  const copy = readNotebook(run!.executed);
  assert.equal(outputText(copy, "c1"), [...Array(lines).keys(), ""].join("\n"));
  const shown = cellOf(copy, "c2").outputs?.map(({ data }) => isObject(data) && Number(data["text/html"]));
  assert.deepEqual(shown, [...Array(displays).keys()]);
  assert.equal(
    outputText(copy, "c3"),
    `before\n[segbook: this cell shows more than 20.0 MB; ${megabytes}.0 MB are left out]\nafter\n{"text/plain":"7"}`,
  );
}

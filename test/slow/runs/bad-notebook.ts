import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { NotebookCell } from "#src/notebook/notebook.js";
import { readNotebook } from "#src/notebook/notebook-file.js";
import { ordersOf, ordersWorkbook } from "../../commands/segbook.js";
import { scratchFolder } from "../../notebook/made-notebook.js";
import { type WatchedEnd, type WatchedProcess, watchNode } from "./watched-run.js";

/** A run of `bad.ipynb`, with its executed copy if there is one. */
export interface BadRun extends WatchedEnd {
  readonly seconds: number;
  /** The cells of the executed copy by their id. */
  readonly cells: ReadonlyMap<string, NotebookCell>;
}

/** A folder with a small workbook; `moreLines` go to the end of its file. */
export function workbookFolder(context: { after: (end: () => void) => void }, moreLines = ""): string {
  const folder = scratchFolder(context);
  mkdirSync(join(folder, "shop"));
  writeFileSync(join(folder, "shop/segbook.yaml"), `${ordersWorkbook}${moreLines}`);
  writeFileSync(join(folder, "shop/orders.csv"), ordersOf(60));
  return folder;
}

/** Options of {@link runBad}. */
export interface RunBadOptions {
  /** More words for `segbook run`. */
  readonly words?: readonly string[];
  /** Relative to the folder; default `out`. */
  readonly output?: string;
  /** What happens meanwhile. */
  readonly during?: (run: WatchedProcess, folder: string) => Promise<void>;
}

/** Runs `bad.ipynb` of a folder by the command line, for at most 100 seconds. */
export async function runBad(
  folder: string,
  { words = [], output = "out", during }: RunBadOptions = {},
): Promise<BadRun> {
  const started = performance.now();
  const command = [resolve("bin/segbook.js"), "run", "bad.ipynb", "--workbook", "shop/segbook.yaml"];
  const run = watchNode([...command, "--output", output, "--fresh", ...words], { folder, limitSeconds: 100 });
  await during?.(run, folder);
  const end = await run.ended;
  const seconds = (performance.now() - started) / 1000;
  const place = join(folder, end.exitCode === 0 ? output : `${output}-failed`);
  return { ...end, seconds, cells: executedCells(join(place, "notebooks", "bad.ipynb")) };
}

/** What a cell printed. */
export function printedBy(run: BadRun, id: string): string {
  const outputs = run.cells.get(id)?.outputs ?? [];
  return outputs
    .filter(({ name }) => name === "stdout")
    .map(({ text }) => String(text))
    .join("");
}

/** The name and value of the error that a cell shows. */
export function errorOf(run: BadRun, id: string): string | undefined {
  const error = run.cells.get(id)?.outputs?.find(({ output_type }) => output_type === "error");
  return error === undefined ? undefined : `${error.ename}: ${error.evalue}`;
}

/** Nothing is left running, and the folder holds no half-written file. */
export function assertTidy(run: BadRun): void {
  assert.deepEqual(run.leftBehind, []);
  assert.notEqual(run.exitCode, null, "the run hung and had to be killed");
}

function executedCells(path: string): ReadonlyMap<string, NotebookCell> {
  try {
    readFileSync(path);
  } catch {
    return new Map();
  }
  return new Map(readNotebook(path).cells.map((cell) => [cell.id, cell]));
}

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readHeapMegabytes } from "#src/kernel/kernel-heap.js";
import { scratchFolder } from "../notebook/made-notebook.js";

const cases: readonly (readonly [string, string, number | undefined])[] = [
  ["a number of megabytes is taken", "kernel:\n  heapMegabytes: 3000\n", 3000],
  ["no kernel section is Node's default", "title: Shop\n", undefined],
  ["nothing at all is Node's default", "", undefined],
  ["a word is Node's default", "kernel: { heapMegabytes: much }\n", undefined],
  ["a number below one is Node's default", "kernel: { heapMegabytes: 0 }\n", undefined],
  ["a file that is being edited is Node's default", "kernel: [\n", undefined],
];

for (const [what, text, expected] of cases) {
  test(`heap: ${what}`, (context) => {
    const folder = scratchFolder(context);
    const notebooks = join(folder, "notebooks", "monthly");
    mkdirSync(notebooks, { recursive: true });
    writeFileSync(join(folder, "segbook.yaml"), text);
    assert.equal(readHeapMegabytes(notebooks), expected);
  });
}

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Outcome } from "#src/commands/command.js";
import { readWorkbook } from "#src/config/read-workbook.js";
import { runCommand } from "../commands/run-command.js";
import { folderWith, ordersOf, segbook } from "../commands/segbook.js";

/** Runs `segbook init` in this process. */
const runInit = (folder: string, words: readonly string[]): Promise<Outcome> =>
  runCommand(folder, ["init", ...words]);

test("init writes a folder that is whole, and check runs on it without an edit", async () => {
  const folder = folderWith({ "exports/orders.csv": ordersOf(40) });
  const made = segbook(folder, ["init", "shop", "--from", "exports/orders.csv", "--json"]);
  assert.equal(made.exitCode, 0, made.errors);
  assert.equal(made.document.path, "shop");
  const inside = readdirSync(join(folder, "shop")).sort();
  assert.deepEqual(inside, [".gitignore", "README.md", "notebooks", "package.json", "segbook.yaml"]);
  assert.deepEqual(readdirSync(folder).sort(), ["exports", "shop"]);
  const checked = await runCommand(join(folder, "shop"), ["check"]);
  assert.equal((checked.document as { customers: { kept: number } }).customers.kept, 40);
});

test("the new package.json brings the overrides, and the notebooks read the workbook beside them", async () => {
  const folder = folderWith({});
  assert.equal((await runInit(folder, ["empty"])).exitCode, 0);
  const written = JSON.parse(readFileSync(join(folder, "empty/package.json"), "utf8"));
  const own = JSON.parse(readFileSync("package.json", "utf8"));
  assert.deepEqual(written.overrides, own.overrides);
  assert.match(written.dependencies.segbook, /^file:/);
  const notebook = readFileSync(join(folder, "empty/notebooks/01-load-and-check.ipynb"), "utf8");
  assert.ok(notebook.includes("../segbook.yaml") && !notebook.includes("data/sample"));
  assert.doesNotThrow(() => readWorkbook(join(folder, "empty/segbook.yaml")));
});

test("init refuses what it cannot do and then leaves nothing behind", async () => {
  const folder = folderWith({ "a.csv": "id,n\n", "taken/file.txt": "x" });
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["new", "--from", "a.csv"], /rows below its header/],
    [["new", "--from", "a.csv", "./a.csv"], /must name each file once/],
    [["new", "--from", "b.csv"], /must name a file or a folder of files, got none/],
    [["taken"], /must name a new or an empty folder.*Nothing is written over/],
    [["new", "a.csv"], /files must follow --from/],
    [["new", "--form", "a.csv"], /Did you mean "from"/],
  ];
  for (const [words, message] of refused) await assert.rejects(runInit(folder, words), message);
  assert.equal(existsSync(join(folder, "new")), false);
});

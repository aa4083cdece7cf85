import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import { folderWith, ordersOf, segbook } from "../commands/segbook.js";

test("init writes a folder that is whole, and check runs on it without an edit", () => {
  const folder = folderWith({ "exports/orders.csv": ordersOf(40) });
  const made = segbook(folder, ["init", "shop", "--from", "exports/orders.csv", "--json"]);
  assert.equal(made.exitCode, 0, made.errors);
  assert.equal(made.document.path, "shop");
  const inside = readdirSync(join(folder, "shop")).sort();
  assert.deepEqual(inside, [".gitignore", "README.md", "notebooks", "package.json", "segbook.yaml"]);
  assert.deepEqual(readdirSync(folder).sort(), ["exports", "shop"]);
  const checked = segbook(join(folder, "shop"), ["check", "--json"]);
  assert.equal(checked.exitCode, 0, checked.errors);
  assert.deepEqual((checked.document.customers as { kept: number }).kept, 40);
  const again = segbook(folder, ["init", "shop", "--from", "exports/orders.csv"]);
  assert.deepEqual([again.exitCode, /Nothing is written over/.test(again.errors)], [2, true]);
});

test("the new package.json brings the overrides, and the notebooks read the workbook beside them", () => {
  const folder = folderWith({});
  assert.equal(segbook(folder, ["init", "empty"]).exitCode, 0);
  const written = JSON.parse(readFileSync(join(folder, "empty/package.json"), "utf8"));
  const own = JSON.parse(readFileSync("package.json", "utf8"));
  assert.deepEqual(written.overrides, own.overrides);
  assert.match(written.dependencies.segbook, /^file:/);
  const notebook = readFileSync(join(folder, "empty/notebooks/01-load-and-check.ipynb"), "utf8");
  assert.ok(notebook.includes("../segbook.yaml") && !notebook.includes("data/sample"));
  assert.doesNotThrow(() => readWorkbook(join(folder, "empty/segbook.yaml")));
});

test("init refuses what it cannot do and then leaves nothing behind", () => {
  const folder = folderWith({ "a.csv": "id,n\n", "taken/file.txt": "x" });
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["init", "new", "--from", "a.csv"], /rows below its header/],
    [["init", "new", "--from", "a.csv", "./a.csv"], /must name each file once/],
    [["init", "taken"], /must name a new or an empty folder/],
    [["init", "new", "a.csv"], /files must follow --from/],
    [["init", "new", "--form", "a.csv"], /Did you mean "from"/],
  ];
  for (const [words, message] of refused) {
    const { exitCode, errors } = segbook(folder, words);
    assert.equal(exitCode, 2);
    assert.match(errors, message);
  }
  assert.equal(existsSync(join(folder, "new")), false);
});

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderWith, segbook } from "../../commands/segbook.js";
import { assertValidNotebook } from "../../notebook/notebook-schema.js";
import { readWithoutRunMetadata } from "../../runner/run-metadata.js";

test("two runs of the shipped notebooks differ only in the declared run metadata, and are valid by Jupyter's schema", () => {
  const output = join(folderWith({}), "out");
  const [first, second] = ["first", "second"].map(() => {
    const words = ["run", "--workbook", "data/sample/segbook.yaml", "--output", output, "--fresh"];
    const { exitCode, errors } = segbook(".", words);
    assert.equal(exitCode, 0, errors);
    const folder = join(output, "notebooks");
    const paths = readdirSync(folder).map((file) => join(folder, file));
    for (const path of paths) assertValidNotebook(path);
    return paths.map((path) => readWithoutRunMetadata(path).document);
  });
  assert.ok(first!.length > 3);
  assert.deepEqual(first, second);
});

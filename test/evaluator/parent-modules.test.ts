import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCells } from "./run-code.js";

test("files of the folder above the notebook are imported, and complained about, by their path from the notebook", async () => {
  const { value, failure, folder } = startCells("notebooks");
  mkdirSync(join(folder, "source"));
  writeFileSync(
    join(folder, "source", "above.ts"),
    "export function above(n: number) {\n  if (n > 1)\n    throw new Error('no');\n  return n;\n}\n",
  );
  writeFileSync(join(folder, "wrong.ts"), "const text: string = 5;\nexport const one = 1;\n");
  assert.equal(await value('import { above } from "../source/above";\nabove(1)'), 1);
  assert.match(await failure("above(2)"), /at above \(\.\.\/source\/above\.ts:3\)\n {4}at cell 2, line 1$/);
  assert.match(await failure('import { one } from "../wrong";'), /^\.\.\/wrong\.ts 1:7 - Type 'number'/);
  assert.match(
    await failure(`throw ${JSON.stringify(join(folder, "data.csv"))}`),
    /^Thrown: '\.\.\/data\.csv'/,
  );
});

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCells } from "./run-code.js";

const { value, failure, folder } = startCells();
const notebooks = join(folder, "notebooks");
mkdirSync(join(notebooks, "parts"), { recursive: true });

const save = (file: string, ...lines: string[]): void =>
  writeFileSync(join(folder, file), `${lines.join("\n")}\n`);

test("TypeScript beside the notebook, in a folder with an index and with a dot in its name is imported", async () => {
  save("first.ts", 'import { second } from "./notebooks/parts";', "export const first = () => second + 1;");
  save("notebooks/parts/index.ts", "export const second = 1;");
  save("dotted.name.ts", "export const dotted: 3 = 3;");
  save("plain.js", "export const plain = 4;");
  save("data.json", '{ "five": 5 }');
  const code = [
    'import { first } from "./first";',
    'import { dotted } from "./dotted.name";',
    'import { plain } from "./plain.js";',
    'import data from "./data.json";',
    "[first(), dotted, plain, data.five]",
  ];
  assert.deepEqual(await value(code.join("\n")), [2, 3, 4, 5]);
});

test("files that import each other are loaded", async () => {
  save(
    "even.ts",
    'import { isOdd } from "./odd";',
    "export const isEven = (n: number): boolean => n === 0 || isOdd(n - 1);",
  );
  save(
    "odd.ts",
    'import { isEven } from "./even";',
    "export const isOdd = (n: number): boolean => n !== 0 && isEven(n - 1);",
  );
  assert.equal(await value('import { isEven } from "./even";\nisEven(10)'), true);
});

test("an error in an imported file names the file and its line", async () => {
  save(
    "fails.ts",
    "interface Box {",
    "  n: number;",
    "}",
    "export function open(box: Box): number {",
    "  if (box.n > 1)",
    '    throw new Error("full");',
    "  return box.n;",
    "}",
  );
  await value('import { open } from "./fails";');
  assert.match(
    await failure("\nopen({ n: 2 });"),
    /^Error: full\n {4}at open \(fails\.ts:6\)\n {4}at cell \d+, line 2$/,
  );
});

test("a type error in an imported file names the file, and cells that do not import it run", async () => {
  save("wrong.ts", "export const right = 1;", "", "export const wrong: string = 5;");
  const text = await failure('import { right } from "./wrong";');
  assert.equal(
    text,
    "wrong.ts 3:14 - Type 'number' is not assignable to type 'string'.\n    export const wrong: string = 5;\n                 ^~~~~",
  );
  assert.equal(await value("1 + 1"), 2);
  save("wrong.ts", "export const right = 1;");
  assert.equal(await value('import { right } from "./wrong";\nright'), 1);
});

test("an edited file is read at the next import, and so is what imports it; other files keep their state", async () => {
  save("leaf.ts", "export const leaf = 1;");
  save("branch.ts", 'import { leaf } from "./leaf";', "export const branch = () => leaf * 10;");
  save("state.ts", "export const state = { count: 0 };");
  await value('import { state } from "./state";\nstate.count = 7;');
  assert.equal(await value('import { branch } from "./branch";\nbranch()'), 10);
  save("leaf.ts", "export const leaf = 22;");
  assert.equal(await value('import { branch } from "./branch";\nbranch()'), 220);
  assert.equal(await value('import { state } from "./state";\nstate.count'), 7);
});

test("a file that was missing is found once it is there", async () => {
  assert.match(await failure('import { later } from "./later";'), /^1:23 - Cannot find module '\.\/later'/);
  save("later.ts", "export const later = 9;");
  assert.equal(await value('import { later } from "./later";\nlater'), 9);
});

test("a file that fails while it is loaded is loaded anew", async () => {
  save(
    "loads.ts",
    "if (process.env.SEGBOOK_TEST_LOADS === undefined)",
    '  throw new Error("not now");',
    "export const loads = 1;",
  );
  assert.match(await failure('import { loads } from "./loads";'), /^Error: not now\n {4}at loads\.ts:2\n/);
  await value('process.env.SEGBOOK_TEST_LOADS = "1";');
  assert.equal(await value('import { loads } from "./loads";\nloads'), 1);
});

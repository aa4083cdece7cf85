import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { folderWith, ordersOf, ordersWorkbook, segbook } from "../../commands/segbook.js";
import { madeDocument } from "../../notebook/made-notebook.js";

const parameters = `const workbook: string = "";
const outputFolder: string = "";
const limit: number = 3;`;

function notebook(code: string, declared = parameters): string {
  return JSON.stringify(madeDocument([[declared, "parameters"], code]));
}

const writing = `import { openWorkbook, writeAccount } from "segbook";
const book = await openWorkbook(workbook);
writeAccount(book.account, outputFolder);
book.close();`;

/** A workbook of orders with three notebooks: one writes a file, one imports a module, one reads the clock. */
function shop(): string {
  const folder = folderWith({
    "segbook.yaml": ordersWorkbook,
    "orders.csv": ordersOf(20),
    "a-writes.ipynb": notebook(writing),
    "b-imports.ipynb": notebook('import { own } from "./own.js";\nown * limit', "const limit: number = 3;"),
    "c-clock.ipynb": notebook("new Date().getFullYear() > 2000", "const limit: number = 3;"),
    "own.ts": "export const own = 7;\n",
  });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve("."), join(folder, "node_modules/segbook"));
  return folder;
}

/** Whether each notebook was taken from the last run, and why not. */
function run(folder: string, ...words: readonly string[]): (readonly [boolean, string])[] {
  const names = ["a-writes.ipynb", "b-imports.ipynb", "c-clock.ipynb"];
  const { exitCode, errors, document } = segbook(folder, [
    "run",
    ...names,
    "--output",
    "out",
    "--json",
    ...words,
  ]);
  assert.equal(exitCode, 0, errors);
  const notebooks = document.notebooks as readonly { reused: boolean; because: string }[];
  return notebooks.map(({ reused, because }) => [reused, because]);
}

const kept = [true, "nothing that it depends on has changed"] as const;
const clock = [false, "its code reads the clock"] as const;
const none = [false, "there is no earlier run of it"] as const;

test("only notebooks of which something changed are run again, and the report says which were not", () => {
  const folder = shop();
  assert.deepEqual(run(folder), [none, none, clock]);
  const before = readFileSync(join(folder, "out/account.json"));
  const copy = readFileSync(join(folder, "out/notebooks/a-writes.ipynb"));
  assert.deepEqual(run(folder), [kept, kept, clock]);
  assert.deepEqual(readFileSync(join(folder, "out/account.json")), before);
  assert.deepEqual(readFileSync(join(folder, "out/notebooks/a-writes.ipynb")), copy);
  const report = readFileSync(join(folder, "out/index.html"), "utf8");
  assert.equal(report.match(/Taken from the last run/g)?.length, 2);
  const { notebooks } = JSON.parse(readFileSync(join(folder, "out/run.json"), "utf8"));
  assert.deepEqual(
    notebooks.map(({ reused }: { reused: boolean }) => reused),
    [true, true, false],
  );

  const fresh = [false, "a fresh run was asked for"] as const;
  assert.deepEqual(run(folder, "--fresh"), [fresh, fresh, fresh]);

  writeFileSync(join(folder, "own.ts"), "export const own = 8;\n");
  const module = [false, "a file that it names has changed"] as const;
  assert.deepEqual(run(folder), [kept, module, clock]);

  const parameter = [false, "its parameters have changed"] as const;
  assert.deepEqual(run(folder, "-p", "limit=4"), [parameter, parameter, clock]);

  appendFileSync(join(folder, "out/account.json"), " ");
  const [first, second] = run(folder, "-p", "limit=4");
  assert.deepEqual(first, [false, "a file of the last run is gone or has changed"]);
  assert.deepEqual(second, kept);
  assert.deepEqual(readFileSync(join(folder, "out/account.json")), before);

  writeFileSync(join(folder, "orders.csv"), ordersOf(21));
  const data = [false, "the workbook or its data have changed"] as const;
  assert.deepEqual(run(folder, "-p", "limit=4"), [data, data, clock]);
});

test("a notebook that failed, or is told a secret, is run again; what waits for another's files follows it", () => {
  const folder = shop();
  const words = ["run", "a-writes.ipynb", "b-imports.ipynb", "--output", "out", "--json"];
  writeFileSync(join(folder, "b-imports.ipynb"), notebook('throw new RangeError("too far");'));
  assert.equal(segbook(folder, words).exitCode, 1);
  writeFileSync(join(folder, "b-imports.ipynb"), notebook("limit"));
  const because = (environment = {}): string[] =>
    (segbook(folder, words, environment).document.notebooks as { because: string }[]).map(
      (one) => one.because,
    );
  assert.deepEqual(because(), [none[1], none[1]]);
  assert.deepEqual(because(), [kept[1], kept[1]]);

  writeFileSync(
    join(folder, "a-writes.ipynb"),
    notebook(writing.replace("outputFolder", 'outputFolder + "/more"')),
  );
  assert.deepEqual(because(), ["the notebook has changed", "what a-writes.ipynb wrote has changed"]);

  const secret = 'const mailKey: string = ""; // secret; key of the mail service';
  writeFileSync(join(folder, "b-imports.ipynb"), notebook("mailKey.length", secret));
  const environment = { SEGBOOK_SECRET_MAIL_KEY: "hunter22" };
  because(environment);
  assert.deepEqual(because(environment), [kept[1], "it is told a secret"]);
});

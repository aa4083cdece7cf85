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
  return folderOf({
    "a-writes.ipynb": notebook(writing),
    "b-imports.ipynb": notebook('import { own } from "./own.js";\nown * limit', "const limit: number = 3;"),
    "c-clock.ipynb": notebook("new Date().getFullYear() > 2000", "const limit: number = 3;"),
    "own.ts": "export const own = 7;\n",
  });
}

/** A workbook of orders with these files beside it. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": ordersOf(20), ...files });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve("."), join(folder, "node_modules/segbook"));
  return folder;
}

/** Why each notebook was run, or taken over. */
function reasons(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string[] {
  const { exitCode, errors, document } = segbook(
    folder,
    ["run", "--output", "out", "--json", ...words],
    environment,
  );
  assert.equal(exitCode, 0, errors);
  return (document.notebooks as readonly { because: string }[]).map(({ because }) => because);
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

test("what a machine writes in its own way is written again on another one; a file counts also in a list", () => {
  const map = (longitude: number): string =>
    JSON.stringify({
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          properties: { name: "A" },
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [0, 0],
                [longitude, 0],
                [1, 1],
                [0, 0],
              ],
            ],
          },
        },
      ],
    });
  const folder = folderOf({
    "day.ipynb": notebook("[new Date(0).getDate(), (1234.5).toLocaleString()]", ""),
    "maps.ipynb": notebook(
      'import { readRegionFile } from "segbook";\nmaps.map((map) => readRegionFile(map).regions.length)',
      'const maps: string[] = ["a.geojson"];',
    ),
    "a.geojson": map(1),
  });
  const words = ["day.ipynb", "maps.ipynb"];
  const home = { TZ: "UTC", LC_ALL: "C" };
  reasons(folder, words, home);
  assert.deepEqual(reasons(folder, words, home), [kept[1], kept[1]]);
  writeFileSync(join(folder, "a.geojson"), map(2));
  const elsewhere = "the language, the time zone or another setting of the machine is another one";
  assert.deepEqual(reasons(folder, words, home), [kept[1], "a file that it names has changed"]);
  assert.deepEqual(reasons(folder, words, { ...home, TZ: "America/New_York" }), [elsewhere, elsewhere]);
  assert.deepEqual(reasons(folder, words, { TZ: "America/New_York", LC_ALL: "de_DE.UTF-8" }), [
    elsewhere,
    elsewhere,
  ]);
});

test("a notebook that opens other sources than the run is always run", () => {
  const opening = `import { openWorkbook } from "segbook";
const book = await openWorkbook(workbook);
book.close();`;
  const folder = folderOf({
    "a.ipynb": notebook(opening, 'const workbook: string = "";'),
    "b.ipynb": notebook(opening, 'const workbook: string = "";\nconst asOf: string = "";'),
    "data/orders.csv": ordersOf(30),
  });
  const words = ["a.ipynb", "b.ipynb"];
  reasons(folder, [...words, "--data", "data"]);
  const own = "it does not ask for the data folder of this run";
  assert.deepEqual(reasons(folder, [...words, "--data", "data"]), [own, own]);
  reasons(folder, [...words, "-p", "asOf=2026-03-30"]);
  assert.deepEqual(reasons(folder, [...words, "-p", "asOf=2026-03-30"]), [
    "it is about another day than 2026-03-30",
    kept[1],
  ]);
});

test("a notebook that is run alone is not taken from a run in which others wrote files before it", () => {
  const folder = folderOf({ "a.ipynb": notebook(writing), "b.ipynb": notebook("limit") });
  reasons(folder, ["a.ipynb", "b.ipynb"]);
  assert.deepEqual(reasons(folder, ["a.ipynb", "b.ipynb"]), [kept[1], kept[1]]);
  assert.deepEqual(reasons(folder, ["b.ipynb"]), ["what a.ipynb wrote has changed"]);
  assert.deepEqual(reasons(folder, ["b.ipynb"]), [kept[1]]);
});

test("a file of the history that was changed by hand counts as changed data", () => {
  const folder = folderOf({ "b.ipynb": notebook("limit") });
  reasons(folder, ["b.ipynb"]);
  mkdirSync(join(folder, "history/states/2026-03-31"), { recursive: true });
  writeFileSync(join(folder, "history/states/2026-03-31/claims.json"), "{}");
  assert.deepEqual(reasons(folder, ["b.ipynb"]), ["the workbook or its data have changed"]);
});

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { ordersOf, ordersWorkbook, segbook } from "../../commands/segbook.js";
import { scratchFolder, writeMade } from "../../notebook/made-notebook.js";

const ownParameters = `const clusters: number = 3; // whole, 1 to 9; how many
const since: Date | null = null;
const limits: { low: number; high: number } = { low: 1, high: 5 };
const mailKey: string = ""; // secret`;
const secret = 'hunter22 "quoted" <b>';

/** Every file below a folder, with its text. */
function textsIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

function printed(folder: string, notebook: string): string {
  const { cells } = JSON.parse(readFileSync(join(folder, "notebooks", notebook), "utf8"));
  return cells
    .flatMap(
      (cell: { outputs?: { text?: string[] }[] }) => cell.outputs?.flatMap(({ text }) => text ?? []) ?? [],
    )
    .join("");
}

test("people's own notebooks run without a workbook, and values reach them with their types", (context) => {
  const folder = scratchFolder(context);
  const work = "console.log(clusters, since?.getUTCFullYear(), limits.low, limits.high);";
  writeMade(folder, "own.ipynb", [[ownParameters, "parameters"], work]);
  const words = ["run", "own.ipynb", "-p", "clusters=5", "-p", "since=2024-02-29", "-p", "limits.low=2"];
  const result = segbook(folder, [...words, "--no-code", "--json"]);
  assert.equal(result.exitCode, 0, result.errors);
  assert.equal(result.errors, "");
  assert.equal(printed(join(folder, "reports/own"), "own.ipynb"), "5 2024 2 5\n");
  const [notebook] = result.document.notebooks as Record<string, unknown>[];
  assert.deepEqual(
    [notebook?.cells, notebook?.failedCell, notebook?.parameters],
    [3, null, { clusters: 5, since: "2024-02-29", limits: { low: 2, high: 5 } }],
  );
  const report = readFileSync(join(folder, "reports/own/index.html"), "utf8");
  assert.doesNotMatch(report, /getUTCFullYear|Set aside/);
});

test("a secret reaches the cell and nothing else", (context) => {
  const folder = scratchFolder(context);
  const cells = [
    "console.log(mailKey.length, mailKey);",
    "console.error(JSON.stringify({ mailKey }));",
    'throw new Error("refused: " + mailKey);',
  ];
  writeMade(folder, "own.ipynb", [[ownParameters, "parameters"], ...cells]);
  const environment = { SEGBOOK_SECRET_MAIL_KEY: secret };
  const result = segbook(folder, ["run", "own.ipynb", "--json"], environment);
  assert.equal(result.exitCode, 1);
  assert.match(result.errors, /refused: \[secret SEGBOOK_SECRET_MAIL_KEY\]/);
  const failed = join(folder, "reports/own-failed");
  assert.match(
    printed(failed, "own.ipynb"),
    new RegExp(`^${secret.length} \\[secret SEGBOOK_SECRET_MAIL_KEY\\]`),
  );
  const record = JSON.parse(readFileSync(join(failed, "run.json"), "utf8"));
  assert.ok(!JSON.stringify(record.parameters).includes("mailKey"));
  for (const [file, text] of textsIn(folder)) assert.doesNotMatch(text, /hunter22/, file);
  assert.doesNotMatch(result.output + result.errors, /hunter22/);
});

test("a grid runs one folder each; one that fails hides nothing of the others", (context) => {
  const folder = scratchFolder(context);
  const work = 'if (clusters === 4) throw new Error("four is none");';
  writeMade(folder, "own.ipynb", [[ownParameters, "parameters"], work]);
  const result = segbook(folder, ["run", "own.ipynb", "-p", "clusters=3,4", "--json"]);
  assert.equal(result.exitCode, 1);
  assert.match(
    result.errors,
    /^run: 1 of 2 runs failed\n {2}clusters=4: notebook own, cell 3 failed: Error: four is none\n/,
  );
  const runs = result.document.runs as {
    folder: string;
    failed: string | null;
    notebooks: { failedCell: unknown }[];
  }[];
  assert.deepEqual(
    runs.map((run) => [run.folder, run.failed === null, run.notebooks[0]?.failedCell === null]),
    [
      ["clusters=3", true, true],
      ["clusters=4", false, false],
    ],
  );
  const made = join(folder, "reports/own-by-clusters-failed");
  assert.deepEqual(readdirSync(made).sort(), ["clusters=3", "clusters=4", "index.html", "run.json"]);
  for (const { folder: name } of runs) assert.ok(existsSync(join(made, name, "index.html")));
  const good = segbook(folder, ["run", "own.ipynb", "-p", "clusters=3,5", "--quiet"]);
  assert.equal(good.exitCode, 0, good.errors);
  assert.ok(existsSync(join(folder, "reports/own-by-clusters/clusters=5/notebooks/own.ipynb")));
});

/** A shop whose orders lie in a folder per as-of day, with a notebook about it. */
function shopFolder(context: TestContext): string {
  const folder = scratchFolder(context);
  const workbook = ordersWorkbook.replace("path: orders.csv", 'path: "{asOf}/orders.csv"');
  writeFileSync(join(folder, "segbook.yaml"), `${workbook}kernel: { heapMegabytes: 700 }\n`);
  for (const [day, customers] of [
    ["2026-03-31", 40],
    ["2026-04-30", 60],
  ] as const) {
    mkdirSync(join(folder, day));
    writeFileSync(join(folder, day, "orders.csv"), ordersOf(customers));
  }
  writeMade(folder, "shop.ipynb", [
    [
      'const workbook: string = "";\nconst dataFolder: string = "";\nconst outputFolder: string = "";\nconst asOf: string = ""; // YYYY-MM-DD',
      "parameters",
    ],
    'import { openWorkbook, segmentCustomers, writeRunFiles } from "segbook";\nimport { getHeapStatistics } from "node:v8";',
    "const book = await openWorkbook(workbook, { dataFolder, asOf });\nconst found = await segmentCustomers(book, { clusterCount: 2 });",
    "writeRunFiles(found, outputFolder);\nconsole.log(book.config.asOf, getHeapStatistics().heap_size_limit > 900e6);\nbook.close();",
  ]);
  return folder;
}

test("the as-of day of a call is that of workbook, notebook, folder and report", (context) => {
  const folder = shopFolder(context);
  const result = segbook(folder, ["run", "shop.ipynb", "-p", "asOf=2026-04-30", "--json"]);
  assert.equal(result.exitCode, 0, result.errors);
  const made = join(folder, "reports/test-2026-04-30");
  assert.equal(printed(made, "shop.ipynb"), "2026-04-30 false\n");
  const { createdFor } = JSON.parse(readFileSync(join(made, "definition.json"), "utf8"));
  assert.equal(createdFor, "2026-04-30");
  assert.equal(JSON.parse(readFileSync(join(made, "run.json"), "utf8")).asOf, "2026-04-30");
});

test("a grid of days shows the customers and segments of each", (context) => {
  const folder = shopFolder(context);
  const result = segbook(folder, [
    "run",
    "shop.ipynb",
    "-p",
    "asOf=2026-03-31,2026-04-30,2026-05-31",
    "--json",
  ]);
  assert.equal(result.exitCode, 1);
  const runs = result.document.runs as {
    folder: string;
    customers: number | null;
    segments: { size: number }[];
  }[];
  assert.deepEqual(
    runs.map(({ folder: name, customers, segments }) => [name, customers, segments.map(({ size }) => size)]),
    [
      ["asOf=2026-03-31", 40, [20, 20]],
      ["asOf=2026-04-30", 60, [30, 30]],
      ["asOf=2026-05-31", null, []],
    ],
  );
  assert.match(
    result.errors,
    /asOf=2026-05-31: loadSources: sources\.orders\.path must name a file that exists/,
  );
  const page = readFileSync(resolve(folder, "reports/test-by-asOf-failed/index.html"), "utf8");
  assert.match(page, /asOf%3D2026-04-30\/index\.html/);
});

test("a day that is none, or before the window, ends the call before any kernel starts", (context) => {
  const folder = shopFolder(context);
  const result = segbook(folder, ["run", "shop.ipynb", "-p", "asOf=2026-03-31,2026-02-30"]);
  assert.equal(result.exitCode, 2);
  assert.match(result.errors, /asOf must be a day of the calendar such as 2026-03-31, got "2026-02-30"/);
  assert.ok(!existsSync(join(folder, "reports")));
});

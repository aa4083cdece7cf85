import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { folderWith, segbook } from "../../commands/segbook.js";
import { datasetFile, withoutDataset } from "../../datasets.js";

const retail = datasetFile("online_retail/online_retail_2010-12_2011-12.csv.gz");

/** A folder with the shipped notebooks and the sample shop, as a team would have its own. */
function teamFolder(): string {
  const folder = folderWith({});
  cpSync("notebooks", join(folder, "notebooks"), { recursive: true });
  cpSync("data/sample", join(folder, "shop"), {
    recursive: true,
    filter: (path) => !path.includes(".segbook"),
  });
  // Notebooks find segbook as they would after an installation.
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve("."), join(folder, "node_modules/segbook"));
  return folder;
}

/** One notebook over a workbook, so that a run takes seconds. */
function notebook(code: string): string {
  const cells = [
    {
      cell_type: "code",
      id: "parameters",
      metadata: { tags: ["parameters"] },
      source: 'const workbook: string = "";',
      outputs: [],
      execution_count: null,
    },
    { cell_type: "code", id: "work", metadata: {}, source: code, outputs: [], execution_count: null },
  ];
  const metadata = { kernelspec: { name: "segbook", display_name: "segbook", language: "typescript" } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

function smallFolder(): string {
  const folder = folderWith({ "notebooks/a.ipynb": notebook("1 + 1") });
  cpSync("data/sample", join(folder, "shop"), { recursive: true });
  return folder;
}

const runWords = ["run", "--workbook", "shop/segbook.yaml", "--output", "out"];

test("a notebook that fails ends the run with its name, cell and message, and leaves the last good report", () => {
  const folder = smallFolder();
  const good = segbook(folder, [...runWords, "--json"]);
  assert.equal(good.exitCode, 0, good.errors);
  const report = readFileSync(join(folder, "out/index.html"));
  writeFileSync(join(folder, "notebooks/a.ipynb"), notebook('throw new RangeError("too far");'));
  const failed = segbook(folder, runWords);
  assert.equal(failed.exitCode, 1);
  assert.match(failed.errors, /run: notebook a, cell \d failed: RangeError: too far/);
  assert.deepEqual(readFileSync(join(folder, "out/index.html")), report);
  assert.match(readFileSync(join(folder, "out-failed/index.html"), "utf8"), /too far/);
});

test("a run that is killed leaves the last good report, and the next one completes", async () => {
  const folder = smallFolder();
  assert.equal(segbook(folder, runWords).exitCode, 0);
  const report = readFileSync(join(folder, "out/index.html"));
  writeFileSync(join(folder, "notebooks/a.ipynb"), notebook("while (true) {}"));
  const run = spawn(process.execPath, [resolve("bin/segbook.js"), ...runWords], {
    cwd: folder,
    stdio: "ignore",
  });
  await pause(5000);
  run.kill("SIGKILL");
  await new Promise((ended) => run.once("exit", ended));
  assert.deepEqual(readFileSync(join(folder, "out/index.html")), report);
  writeFileSync(join(folder, "notebooks/a.ipynb"), notebook("2 + 2"));
  assert.equal(segbook(folder, runWords).exitCode, 0);
});

test("Ctrl-C ends a run with exit code 130 and leaves nothing half-written", async () => {
  const folder = smallFolder();
  writeFileSync(join(folder, "notebooks/a.ipynb"), notebook("while (true) {}"));
  const run = spawn(process.execPath, [resolve("bin/segbook.js"), ...runWords], {
    cwd: folder,
    stdio: "ignore",
  });
  await pause(5000);
  run.kill("SIGINT");
  const [code] = await once(run, "exit");
  assert.equal(code, 130);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes("out")),
    [],
  );
});

test("a cell that takes too long is stopped", () => {
  const folder = smallFolder();
  writeFileSync(join(folder, "notebooks/a.ipynb"), notebook("while (true) {}"));
  const result = segbook(folder, [...runWords, "--timeout", "2"]);
  assert.equal(result.exitCode, 1);
  assert.match(result.errors, /cell 3 failed: Timeout/);
});

test("the sample shop runs with another number of segments, and a report holds no customer", () => {
  const folder = teamFolder();
  const result = segbook(folder, [
    "run",
    "--workbook",
    "shop/segbook.yaml",
    "-p",
    "clusterCount=4",
    "--json",
  ]);
  assert.equal(result.exitCode, 0, result.errors);
  const out = join(folder, String(result.document.folder));
  const files = ["index.html", "run.json", "account.json", "definition.json", "assignments.csv"];
  for (const file of [...files, "segments-duckdb.sql", "segments-postgresql.sql"])
    assert.ok(existsSync(join(out, file)), file);
  assert.equal(JSON.parse(readFileSync(join(out, "definition.json"), "utf8")).segments.length, 4);
  const report = readFileSync(join(out, "index.html"), "utf8");
  const [, ...lines] = readFileSync(join(out, "assignments.csv"), "utf8").trimEnd().split("\n");
  const keys = lines.map((line) => line.split(",")[0]!);
  assert.deepEqual(
    keys.filter((key) => new RegExp(`(?<![\\d.,])${key}(?![\\d.,])`).test(report)),
    [],
  );
  assert.ok(statSync(join(out, "index.html")).size < 4e6);
  checkNoBasisIsTested(out);
});

/** In what notebook 04 shows, a table with p-values of features has no line for a basis feature. */
function checkNoBasisIsTested(out: string): void {
  interface Listed {
    readonly label: string;
    readonly role: string;
  }
  const definition = JSON.parse(readFileSync(join(out, "definition.json"), "utf8"));
  const basis = (definition.features as Listed[]).filter(({ role }) => role === "basis");
  const shown = JSON.parse(readFileSync(join(out, "notebooks/04-test-segments.ipynb"), "utf8"));
  const html: string = JSON.stringify(shown.cells.flatMap(({ outputs = [] }) => outputs)).replaceAll(
    '\\"',
    '"',
  );
  const tables = html.match(/<table>.*?<\/table>/g) ?? [];
  const tested = tables.filter((table) => /<th scope="col"[^>]*>p, plain</.test(table));
  const effects = tables.filter((table) => table.includes("Basis features: size of the effect, no p-value"));
  assert.deepEqual([tested.length, effects.length], [1, 1]);
  for (const { label } of basis) {
    assert.ok(!tested[0]!.includes(`>${label}</th>`), label);
    assert.ok(effects[0]!.includes(`>${label}</th>`), label);
  }
}

test("Online Retail runs with the same notebooks; sections without a source say so", {
  skip: retail === undefined && withoutDataset,
}, () => {
  const folder = folderWith({});
  const workbook = resolve("data/online-retail/segbook.yaml");
  const words = [
    "run",
    ...["01-load-and-check", "05-profile-and-name"].map((name) => resolve(`notebooks/${name}.ipynb`)),
  ];
  const result = segbook(folder, [
    ...words,
    "--workbook",
    workbook,
    "--data",
    resolve(dirname(retail!)),
    "--output",
    "out",
    "--json",
  ]);
  assert.equal(result.exitCode, 0, result.errors);
  const report = readFileSync(join(folder, "out/index.html"), "utf8");
  assert.match(report, /Not given, and left out: customers, survey, web, social, campaigns/);
  assert.match(report, /Campaign response: no campaign source was given/);
  assert.match(report, /8,911,407\.904/);
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { customerLines, fitCustomers } from "./customer-lines.js";
import { assertRefused, runCommand } from "./run-command.js";
import { folderWith, ordersOf, ordersWorkbook } from "./segbook.js";

test("options that do not hold what they must", async () => {
  const folder = folderWith({});
  await assertRefused(folder, ["refresh", "--as-of", "2026-02-30"], /--as-of must be a day/);
  await assertRefused(
    folder,
    ["compare", "old.json"],
    /arguments must be "segbook compare OLD.json NEW.json/,
  );
  const fit = ["fit", "--output", "d.json", "--count", "two"];
  await assertRefused(folder, fit, /--count must be a whole number/);
});

test("an unknown parameter is refused before a notebook runs", async () => {
  const folder = folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": ordersOf(40) });
  const words = ["run", "-p", "clusterCuont=3", "--workbook", "segbook.yaml"];
  await assertRefused(folder, words, /Did you mean "clusterCount"/);
});

test("an output that cannot be written is refused before any work, with nothing left behind", async () => {
  const folder = folderWith({
    "customers.csv": customerLines,
    "segbook.yaml": ordersWorkbook,
    "taken/x": "",
  });
  const fitTo = (output: string, message: RegExp): Promise<void> =>
    assertRefused(folder, [...fitCustomers, "--output", output], message);
  await fitTo("taken", /--output must name a file.*got a folder/);
  await fitTo("customers.csv/d.json", /got a file where a folder is due/);
  await fitTo("", /--output must be given/);
  const features = ["features", "--output", "taken/x/f.csv"];
  await assertRefused(folder, features, /got a file where a folder is due/);
  const install = ["kernel", "install", "--prefix", "customers.csv"];
  await assertRefused(folder, install, /got a file where a folder is due/);
  assert.deepEqual(readdirSync(folder).sort(), ["customers.csv", "segbook.yaml", "taken"]);
});

test("no command writes over a file that it reads", async () => {
  const folder = folderWith({ "customers.csv": customerLines });
  await assertRefused(folder, [...fitCustomers, "--output", "./customers.csv"], /another file than --input/);
  const words = ["assign", "--definition", "d.json", "--input", "customers.csv", "--output"];
  await assertRefused(folder, [...words, "customers.csv"], /another file than --input/);
  await assertRefused(folder, [...words, "d.json"], /another file than --definition/);
  assert.equal(readFileSync(join(folder, "customers.csv"), "utf8"), customerLines);
});

test("options of the other way to fit are refused, not passed over", async () => {
  const folder = folderWith({ "customers.csv": customerLines });
  const fit = ["fit", "--key", "id", "--output", "d.json"];
  await assertRefused(folder, fit, /--key must come with --input/);
  await assertRefused(
    folder,
    [...fitCustomers, "--workbook", "segbook.yaml", "--output", "d.json"],
    /--workbook must not come with --input/,
  );
});

test("more columns than the lattice holds exactly are refused at once", async () => {
  const names = Array.from({ length: 33 }, (_, j) => `v${j}`).join(",");
  const words = ["fit", "--input", "c.csv", "--key", "id", "--basis", names, "--output", "d.json"];
  await assertRefused(folderWith({}), words, /columns in --basis must be .* 1 to 32/);
});

test("a file where a folder is due is one sentence for every command", async () => {
  const folder = folderWith({
    "segbook.yaml": ordersWorkbook,
    "orders.csv": ordersOf(4),
    out: "",
    "p.yaml": "a: [1",
  });
  const refused: readonly (readonly [words: string, message: RegExp])[] = [
    ["check --data orders.csv", /must name a file that exists/],
    ["run --output out", /output must name a folder.*got a file/],
    ["run --output orders.csv/x", /output must name a folder.*got a file/],
    ["run --parameters .", /--parameters must name a file.*got a folder/],
    ["run --parameters p.yaml", /--parameters must be YAML or JSON, got [^\n]*$/],
    ["clean", /notebooks must be named/],
  ];
  for (const [words, message] of refused) await assertRefused(folder, words.split(" "), message);
});

test("clean takes a whole path as it is", async () => {
  const notebook = '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}';
  const folder = folderWith({ "a.ipynb": notebook });
  assert.equal((await runCommand(folder, ["clean", join(folder, "a.ipynb")])).exitCode, 0);
});

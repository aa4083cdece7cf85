import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { type CodeInputs, readCodeInputs } from "#src/runner/code-inputs.js";
import { folderWith } from "../commands/segbook.js";

const folder = folderWith({
  "nb/own.ts": "export const limit = 3;",
  "nb/deep/index.ts": "export const deep = 1;",
  "nb/regions.geojson": "{}",
  "data/prices.csv": "a\n1\n",
});
const here = resolve(folder, "nb");

function read(code: string, ownFiles: readonly string[] = []): CodeInputs {
  return readCodeInputs(code, { folder: here, ownFiles: new Set(ownFiles) });
}

test("modules and data files that code names are found, packages too", () => {
  const { files, packages, unseen } = read(
    `import { limit } from "./own.js";
import { deep } from './deep';
import { openWorkbook, show } from "segbook";
import { mean } from "simple-statistics";
const shapes = readRegionFile("regions.geojson"); // see https://example.org, no "other.csv"
const prices = await engine.rows("SELECT * FROM '../data/prices.csv'");`,
  );
  assert.equal(unseen, undefined);
  assert.deepEqual(files, [
    resolve(here, "own.ts"),
    resolve(here, "deep/index.ts"),
    resolve(here, "regions.geojson"),
    resolve(folder, "data/prices.csv"),
  ]);
  assert.deepEqual(packages, ["segbook", "simple-statistics"]);
});

test("plain code depends on nothing else, and its own output need not be there", () => {
  assert.deepEqual(read("const a = 1; // fetch() and Date.now() are only named here\na / 2;"), {
    files: [],
    packages: [],
  });
  assert.equal(read('write(join(folder, "made.csv"));', ["made.csv"]).unseen, undefined);
});

test("of a module under two endings both count, since the kernel may take either", () => {
  const twice = folderWith({ "own.ts": "export const own = 1;", "own.js": "export const own = 2;" });
  const { files } = readCodeInputs('import { own } from "./own.js";', {
    folder: twice,
    ownFiles: new Set(),
  });
  assert.deepEqual([...files].sort(), [resolve(twice, "own.js"), resolve(twice, "own.ts")]);
});

test("a sentence is no path, however long; nor is what leads through a file", () => {
  const sentence = "word ".repeat(60);
  assert.deepEqual(read(`const text = "${sentence}"; const ratio = "own.ts/part";`), {
    files: [],
    packages: [],
  });
});

test("days that the code itself tells are no clock, and words in texts and properties are no names", () => {
  const code = `const day = new Date("2026-03-31"); Date.UTC(2026, 2, 31); Math.sqrt(2);
const account: { process: string; at: Date } = { process: "now", at: day };
[account.process, "module", "the process of today"];`;
  assert.deepEqual(read(code), { files: [], packages: [] });
});

const unseen: readonly (readonly [code: string, reason: RegExp])[] = [
  ["const day = new Date();", /clock/],
  ["Date.now()", /clock/],
  ["Date()", /clock/],
  ["new Date", /clock/],
  ["const { now } = Date;", /clock/],
  ['const text = "a//b".replace(/\\/\\//g, "") + Date.now();', /clock/],
  ['engine.rows("SELECT current_date")', /clock/],
  ['engine.rows("SELECT Now( )")', /clock/],
  ['engine.rows("SELECT uuid()")', /random/],
  ["const { random } = Math;", /random/],
  ["const load = require;", /surroundings/],
  ["global.process", /surroundings/],
  ['await openSpark({ host: "warehouse" })', /database/],
  ["Math.random()", /random/],
  ['await fetch("x")', /network/],
  ['readCSV("https://example.org/x")', /network/],
  ["process.env.HOME", /surroundings/],
  ['import { readFileSync } from "node:fs";', /node:fs/],
  ['import { execSync } from "child_process";', /child_process/],
  ['import pg from "pg";', /uses pg/],
  ["await import(name)", /makes up/],
  ['import { x } from "./gone.js";', /cannot be found/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of a cell
  ["readRegionFile(`${dataFolder}/map.geojson`)", /map\.geojson/],
  ['readRegionFile(dataFolder + "/map.geojson")', /map\.geojson/],
  ['listAll("../data/")', /folder/],
  ['listAll("deep")', /folder/],
];

for (const [code, reason] of unseen) {
  test(`what ${code} reads cannot be told`, () => {
    assert.match(read(code).unseen ?? "", reason);
  });
}

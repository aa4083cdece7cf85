import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import type { CheckedClaim } from "#src/refresh/check-claims.js";
import { folderWith } from "../../commands/segbook.js";
import { madeDocument } from "../../notebook/made-notebook.js";

/**
 * Sentences on the sample shop as of its first date. By what is planted, Loyal families are two groups at the second date, Retired
 * regulars shrink by nearly half, Students come, and the others stay as they are.
 */
const claims: readonly (readonly [line: string, stays: boolean])[] = [
  ['claim("There are 6 segments", segments.length);', false],
  ['claim("4,000 customers are known", keys.length, 50);', false],
  [
    'claim("Loyal families are 25 % of customers and 38 % of revenue", [of("s1")?.share, of("s1")?.revenueShare]);',
    false,
  ],
  ['claim("Retired regulars are 12 % of customers", of("s5")?.share);', false],
  ['claim("Young professionals are 18.5 % of customers", of("s3")?.share, 0.2);', false],
  ['claim("Young professionals bring 23 % of revenue", of("s3")?.revenueShare);', true],
  ['claim("Bargain hunters are about 20 % of customers", of("s2")?.share, 1);', true],
  ['claim("Bargain hunters bring 12 % of revenue", of("s2")?.revenueShare);', true],
  ['claim("Lapsed one-timers are 15 % of customers", of("s4")?.share);', true],
  ['claim("Lapsed one-timers bring 2 % of the revenue of 24 months", [of("s4")?.revenueShare, 24]);', true],
  ['claim("Eco-minded are 8.5 % of customers", of("s6")?.share, 0.5);', true],
  ['claim("Eco-minded bring 12 % of revenue", of("s6")?.revenueShare, 1);', true],
];

const parameters = `const workbook: string = ""; // the workbook file
const dataFolder: string = ""; // where the sources lie
const asOf: string = ""; // YYYY-MM-DD; last day that is known`;

const opening = `import { claim, openWorkbook, segmentCustomers } from "segbook";
const book = await openWorkbook(workbook, { dataFolder, asOf });
const { segments, assignment: { keys } } = await segmentCustomers(book);
book.close();
const of = (key: string) => segments.find((segment) => segment.key === key);`;

function notebook(...sources: readonly string[]): string {
  return JSON.stringify(madeDocument([[parameters, "parameters"], opening, ...sources]));
}

/** The sample shop with a notebook of claims and a gate that fails on them. */
function shopWithClaims(): string {
  const folder = folderWith({ "claims.ipynb": notebook(...claims.map(([line]) => line)) });
  cpSync("data/sample", join(folder, "shop"), {
    recursive: true,
    filter: (path) => !/\.segbook|history/.test(path),
  });
  const file = join(folder, "shop/segbook.yaml");
  const refresh = "refresh: { notebooks: [../claims.ipynb], gates: { claims: fail } }\n";
  writeFileSync(file, `${readFileSync(file, "utf8").replace(/^refresh:.*$/m, "")}\n${refresh}`);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve("."), join(folder, "node_modules/segbook"));
  return folder;
}

function segbook(folder: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve("bin/segbook.js"), ...words, "--workbook", "shop/segbook.yaml", "--json"],
    { cwd: folder, encoding: "utf8", timeout: 500_000, maxBuffer: 1e8 },
  );
  assert.ok(stdout !== "", stderr);
  return { exitCode: status, errors: stderr, document: JSON.parse(stdout) };
}

const sentenceOf = ([line]: readonly [string, boolean]): string => /"([^"]+)"/.exec(line)![1]!;

test("of 12 published sentences exactly the 5 that the planted changes make false are found, marked, and stop the gate", () => {
  const folder = shopWithClaims();
  const refreshed = segbook(folder, "refresh", "--as-of", "2026-06-30");
  const checked = refreshed.document.claims as CheckedClaim[];
  assert.deepEqual(
    checked.map(({ sentence, status, wasTrue }) => [sentence, status, wasTrue]),
    claims.map((claim) => [sentenceOf(claim), claim[1] ? "holds" : "false", true]),
  );
  const gate = refreshed.document.gates.find(({ name }: { name: string }) => name === "claims");
  assert.deepEqual([gate.passed, gate.value, gate.limit], [false, 5, 0]);
  assert.equal(refreshed.exitCode, 1);
  assert.match(refreshed.errors, /claims/);

  const later = segbook(folder, "run", "claims.ipynb", "-p", "asOf=2026-06-30", "--output", "later");
  assert.equal(later.exitCode, 0, later.errors);
  const untrue = claims.filter(([, stays]) => !stays).map(sentenceOf);
  assert.deepEqual(later.document.claims, { all: 12, notTrue: untrue });
  const report = readFileSync(join(folder, "later/index.html"), "utf8");
  assert.equal(report.match(/<strong>No longer true: /g)?.length, 5);
  assert.match(report, /No longer true: 6 is now 8\./);
  const ledger = readFileSync(join(folder, "later/claims.json"), "utf8");
  assert.equal(ledger, readFileSync(join(folder, "shop/history/states/2026-06-30/claims.json"), "utf8"));

  const first = segbook(folder, "run", "claims.ipynb", "--output", "first");
  assert.deepEqual([first.exitCode, first.document.claims], [0, { all: 12, notTrue: [] }]);

  const wrong = join(folder, "wrong.ipynb");
  writeFileSync(wrong, notebook('claim("Retired regulars are 30 % of customers", of("s5")?.share);'));
  const refused = segbook(folder, "run", "wrong.ipynb", "--output", "wrong");
  assert.equal(refused.exitCode, 1);
  assert.match(refused.errors, /cell \d failed: InputError: claim: sentence must be true when it is written/);
});

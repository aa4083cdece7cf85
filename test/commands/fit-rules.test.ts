import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertRefused } from "./run-command.js";
import { folderWith, segbook } from "./segbook.js";

const rules = `name: Own rules
asOf: 2026-03-31
rules:
  scores:
    - { name: V, feature: visits, highIsGood: true, cuts: [2, 5], whenMissing: 1 }
  segments:
    - name: New
      when: { feature: joined, is: ">=", value: { daysBeforeAsOf: 30 } }
    - name: Big
      when: { all: [{ feature: spend, is: ">", value: 100 }, { not: { feature: country, in: [DE] } }] }
    - name: Rest
      when: { score: V, is: ">=", value: 1 }
`;
const customers = [
  "001,120,3,DE,2026-03-20",
  "002,0,1,AT,2020-01-01",
  "003,,7,,2025-01-01",
  "004,155.5,2,fr,",
  "005,900,9,FR,2026-01-15",
];
const csvOf = (rows: readonly string[]) => `id,spend,visits,country,joined\n${rows.join("\n")}\n`;

test("rules from a file become a definition that another process reads and places alike, in any order of the rows", () => {
  const folder = folderWith({
    "rules.yaml": rules,
    "a.csv": csvOf(customers),
    "b.csv": csvOf([...customers].reverse()),
  });
  const fitted = segbook(folder, [
    ...["fit", "--input", "a.csv", "--key", "id", "--rules", "rules.yaml", "--output", "a.json", "--json"],
  ]);
  assert.equal(fitted.exitCode, 0, fitted.errors);
  assert.deepEqual(
    [fitted.document.isTotal, fitted.document.isDisjoint, fitted.document.unassigned],
    [true, false, 0],
  );
  const segmentsOf = (input: string): string[] => {
    segbook(folder, ["assign", "--definition", "a.json", "--input", input, "--output", "placed.csv"]);
    const lines = readFileSync(join(folder, "placed.csv"), "utf8").trimEnd().split("\n").slice(1);
    return lines.sort();
  };
  const placed = ["001,s1,New,,,", "002,s3,Rest,,,", "003,s3,Rest,,,", "004,s2,Big,,,", "005,s2,Big,,,"];
  assert.deepEqual(segmentsOf("a.csv"), placed);
  assert.deepEqual(segmentsOf("b.csv"), placed);
});

test("options of another way to fit are refused beside rules", async () => {
  const folder = folderWith({ "rules.yaml": rules, "a.csv": csvOf(customers) });
  const fit = "fit --input a.csv --key id --rules rules.yaml --count 3 --output d.json".split(" ");
  await assertRefused(folder, fit, /--count must not come with --rules, got "3"/);
});

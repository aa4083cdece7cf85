import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { claim } from "#src/notebook/claim.js";
import { claimMime } from "#src/notebook/claim-bundle.js";
import { readStatedNumbers } from "#src/notebook/claim-numbers.js";
import { publishedClaimsVariable } from "#src/notebook/published-sentences.js";
import { folderWith } from "../commands/segbook.js";

function read(sentence: string): unknown[] {
  return readStatedNumbers(sentence).map(({ stated, unit, precision }) => [stated, unit, precision]);
}

test("the numbers of a sentence are those that count something: no dates, no names with digits, no punctuation", () => {
  assert.deepEqual(read("Loyal families are 27 % of customers and 61.5% of revenue."), [
    [27, "%", 0.5],
    [61.5, "%", 0.05],
  ]);
  assert.deepEqual(read("They spend 1,250 EUR, 3.2 million in all."), [
    [1250, "", 0.5],
    [3.2, "million", 0.05],
  ]);
  assert.deepEqual(read("Since 31 March 2026 (2026-03-31) segment s2 of Over65s fell by −4 per cent"), [
    [-4, "%", 0.5],
  ]);
  assert.deepEqual(read("10–20 orders, “7”, [8]"), [
    [10, "", 0.5],
    [20, "", 0.5],
    [7, "", 0.5],
    [8, "", 0.5],
  ]);
  assert.deepEqual(read("Nobody left."), []);
  for (const wrong of ["12,5 %", "1.234.567", "1,23,456"])
    assert.throws(() => readStatedNumbers(`It is ${wrong}`), /must write its numbers as 1,234\.5 is written/);
  for (const wrong of ["2.5x", "1.5e6", "1,250.5k"])
    assert.throws(
      () => readStatedNumbers(`It is ${wrong} as much, 2 %`),
      (error: Error) => error.message.endsWith(`between a number and a letter, got ${JSON.stringify(wrong)}`),
    );
  assert.deepEqual(read("It is 27.Then 3D"), [[27, "", 0.5]]);
});

test("a true sentence is shown as prose, with what it is bound to", () => {
  const bundle = claim("*Families* are 27 % of 5,000 customers", [0.2749, 5000])!;
  assert.equal(bundle.data["text/markdown"], "\\*Families\\* are 27 % of 5,000 customers");
  assert.deepEqual(bundle.data[claimMime], {
    sentence: "*Families* are 27 % of 5,000 customers",
    numbers: [
      { stated: 27, unit: "%", value: 27.49, tolerance: 0.5 },
      { stated: 5000, unit: "", value: 5000, tolerance: 0.5 },
    ],
  });
  claim("They are 27 %", 0.3, 3);
  claim("It is 29 %", 0.29, 0);
  claim("It is 3.2 million", 3_249_000);
});

test("a sentence that is not true when it is written is refused, and a per cent that was no share is told so", () => {
  assert.throws(
    () => claim("They are 27 %", 0.2751),
    /got 27 % where the value is 27\.5 % \(tolerance 0\.5\)/,
  );
  assert.throws(() => claim("They are 27 %", 27), /Per cent are given as a share: 0\.27 for 27 %/);
  assert.throws(() => claim("They are 27 %", Number.NaN), /the value is not known/);
  assert.throws(() => claim("27 % of customers, 61 % of revenue", 0.27), /\(27 %, 61 %\), got 1/);
  assert.throws(() => claim("Nobody left", 0), /must state a number/);
  assert.throws(() => claim("  ", 0), /must be a text/);
  assert.throws(() => claim("It is 5", 5, -1), /tolerance must be a number from 0/);
  assert.throws(() => claim("It is 5", [5], [1, 2]), /tolerance must have 1 values/);
  assert.throws(() => claim("It is 5", "5" as never), /value of 5 must be a number, got "5"/);
});

test("a sentence that was published is marked instead of refused", () => {
  const path = join(folderWith({}), "claims.json");
  const numbers = [{ stated: 27, unit: "%", value: 27.1, tolerance: 0.5 }];
  const claims = [{ sentence: "They are 27 %", numbers, notebook: "05.ipynb", cell: 3 }];
  writeFileSync(path, JSON.stringify({ asOf: "2026-03-31", claims, failures: [] }));
  process.env[publishedClaimsVariable] = path;
  try {
    const marked = claim("They are  27 %", 0.213)!;
    assert.equal(marked.data["text/markdown"], "They are 27 %\n\n**No longer true: 27 % is now 21.3 %.**");
    const gone = claim("They are 27 %", undefined)!;
    assert.match(String(gone.data["text/plain"]), /27 % can no longer be computed/);
    assert.throws(() => claim("They are 28 %", 0.213), /must be true when it is written/);
  } finally {
    delete process.env[publishedClaimsVariable];
  }
});

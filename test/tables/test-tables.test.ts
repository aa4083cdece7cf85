import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import type { DescriptorTest } from "#src/inference/descriptor-line.js";
import { testDescriptors } from "#src/inference/test-descriptors.js";
import { basisEffectsTable, descriptorSentence, descriptorTestsTable } from "#src/tables/test-tables.js";
import { numberColumn, tableOf } from "../customer-tables.js";
import { normals } from "../inference/reference.js";

const random = createRandom(1);
const spend = normals(random, 300);
const labels = Int32Array.from(spend, (x) => (x > 0 ? 1 : 0));
const lines = testDescriptors(
  tableOf(
    numberColumn("spend", spend, { role: "basis" }),
    numberColumn(
      "spend_cents",
      spend.map((x) => 100 * x),
    ),
    numberColumn(
      "basket",
      spend.map((x) => x + random.normal()),
    ),
    numberColumn(
      "loyalty",
      spend.map((x) => (x > 0 ? 2 : 0) + random.normal()),
    ),
    numberColumn("height", normals(random, 300)),
  ),
  labels,
  { segmentNames: ["Low", "High"] },
);

test("the table shows both p-values, the effect with its interval, and where a difference comes from", () => {
  const { columns, rows, note } = descriptorTestsTable(lines);
  const names = columns.map(({ name }) => name);
  const shown = new Map(rows.map((row) => [row[0], row[names.indexOf("Difference")]]));
  assert.deepEqual([...shown].sort(), [
    ["Basket", "inherited"],
    ["Height", "none"],
    ["Loyalty", "own"],
    ["Spend cents", ""],
  ]);
  const loyalty = rows.find(([label]) => label === "Loyalty")!;
  assert.match(
    String(loyalty[names.indexOf("Effect (95 % interval)")]),
    / 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\)$/,
  );
  assert.match(String(loyalty[names.indexOf("p, beyond the bases")]), /^0\.00\d$/);
  assert.match(note!, /natural cubic splines .* standard error .* at most 0\.0\d\d/);
});

test("no basis feature, and nothing made of one, can have a p-value printed, even if a line had one", () => {
  const planted = 0.98765;
  const forged = lines.map(
    (line): DescriptorTest =>
      line.role === "basis" ? { ...line, pValue: planted, adjustedPValue: planted, statistic: 77.7 } : line,
  );
  const printed = JSON.stringify([descriptorTestsTable(forged), basisEffectsTable(forged)]);
  assert.doesNotMatch(printed, /0\.98[78]|77\.7/);
  const { columns, rows } = descriptorTestsTable(forged);
  assert.ok(rows.every(([label]) => label !== "Spend"));
  const copy = rows.find(([label]) => label === "Spend cents")!;
  columns.forEach(({ name }, j) => {
    if (name.startsWith("p,")) assert.equal(copy[j], "none");
  });
  assert.doesNotMatch(descriptorSentence(forged), /“Spend”/);
});

test("the sentence counts what goes beyond the bases and what is inherited", () => {
  assert.equal(
    descriptorSentence(lines).replace(/ The largest.*?\)\./, ""),
    "2 of the 3 features tested differ between the segments beyond chance (Holm-adjusted p below 0.05). Of 2 differences, 1 goes beyond what the basis features imply and 1 is inherited from them.",
  );
});

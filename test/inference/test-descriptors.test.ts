import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable } from "#src/core/feature.js";
import { createRandom } from "#src/core/random.js";
import { adjustPValues } from "#src/inference/adjust-p-values.js";
import { testDescriptors } from "#src/inference/test-descriptors.js";
import { categoryColumn, numberColumn, tableOf } from "../customer-tables.js";
import { normals } from "./reference.js";

const size = 300;
const segmentNames = ["Low", "High"];

/** Two segments cut out of one normal variable: nothing but that variable differs, and what is made from it. */
function sliced(seed: number): { table: CustomerTable; labels: Int32Array } {
  const random = createRandom(seed);
  const basis = normals(random, size);
  const table = tableOf(
    numberColumn("spend", basis, { role: "basis" }),
    numberColumn("height", normals(random, size)),
    numberColumn(
      "basket",
      basis.map((x) => x + random.normal()),
    ),
    numberColumn(
      "spend_cents",
      basis.map((x) => 100 * x),
    ),
    numberColumn("income", normals(random, size).map(Math.exp), { role: "outcome" }),
    categoryColumn(
      "region",
      basis.map(() => ["north", "south", "west"][random.below(3)]!),
    ),
    categoryColumn(
      "customer_id",
      basis.map((_, i) => `c${i}`),
      { role: "id" },
    ),
  );
  return { table, labels: Int32Array.from(basis, (x) => (x > 0 ? 1 : 0)) };
}

test("a basis feature has an effect size and no way to a p-value, in words", () => {
  const { table, labels } = sliced(1);
  const line = testDescriptors(table, labels, { segmentNames })[0]!;
  assert.equal(line.feature, "spend");
  assert.ok(line.effect!.value > 0.7);
  assert.deepEqual(
    [line.pValue, line.adjustedPValue, line.statistic, line.degreesOfFreedom, line.effect!.interval],
    [null, null, null, null, null],
  );
  assert.match(line.whyNoPValue!, /“Spend” helped to form the segments, so a test would be circular/);
});

test("a near copy of a basis feature gets no p-value either; one that moves with it is flagged as inherited", () => {
  const { table, labels } = sliced(2);
  const lines = new Map(testDescriptors(table, labels, { segmentNames }).map((line) => [line.feature, line]));
  assert.equal(lines.get("spend_cents")!.pValue, null);
  assert.match(lines.get("spend_cents")!.whyNoPValue!, /Nearly a copy of “Spend” \(rank correlation 1\.00\)/);
  assert.equal(lines.get("basket")!.inheritedFrom!.feature, "spend");
  assert.match(lines.get("basket")!.notes.join(" "), /partly inherited/);
  assert.equal(lines.get("height")!.inheritedFrom, null);
});

test("the method follows the declared rule and says why; ids and excluded features are not tested", () => {
  const { table, labels } = sliced(3);
  const lines = testDescriptors(table, labels, { segmentNames });
  assert.deepEqual(
    lines.map(({ feature, method }) => [feature, method]),
    [
      ["spend", null],
      ["height", "Welch ANOVA"],
      ["basket", "Welch ANOVA"],
      ["spend_cents", null],
      ["income", "Kruskal–Wallis"],
      ["region", "chi-squared"],
    ],
  );
  assert.match(lines[4]!.whyThisMethod, /ranks compared: skewness is \d\.\d, beyond ±1/);
  const chosen = testDescriptors(table, labels, {
    segmentNames,
    choose: new Map([["height", "kruskal-wallis"]]),
  });
  assert.equal(chosen[1]!.method, "Kruskal–Wallis");
});

test("Holm runs over exactly the p-values that are given", () => {
  const { table, labels } = sliced(4);
  const shown = testDescriptors(table, labels, { segmentNames }).filter(({ pValue }) => pValue !== null);
  assert.deepEqual(
    shown.map(({ adjustedPValue }) => adjustedPValue),
    adjustPValues(
      shown.map(({ pValue }) => pValue!),
      "holm",
    ),
  );
});

test("segments that are slices of noise: any claim on an unrelated descriptor in about 5 % of runs", () => {
  const runs = 400;
  let claims = 0;
  for (let seed = 0; seed < runs; seed++) {
    const { table, labels } = sliced(seed);
    const lines = testDescriptors(table, labels, { segmentNames, resamples: 0 });
    const unrelated = lines.filter(({ feature }) => ["height", "income", "region"].includes(feature));
    if (
      adjustPValues(
        unrelated.map(({ pValue }) => pValue!),
        "holm",
      ).some((p) => p < 0.05)
    )
      claims++;
  }
  // Three standard errors of a share of 0.05 in 400 runs are 0.033.
  assert.ok(Math.abs(claims / runs - 0.05) < 0.033, `${claims} of ${runs}`);
});

test("what cannot be tested is said in words, never NaN", () => {
  const labels = Int32Array.from({ length: 8 }, (_, i) => i % 2);
  const lines = testDescriptors(
    tableOf(
      numberColumn("same", new Array(8).fill(3)),
      numberColumn("half", [1, Number.NaN, 2, Number.NaN, 3, Number.NaN, 4, Number.NaN]),
      categoryColumn("one", new Array(8).fill("a")),
      categoryColumn("none", new Array(8).fill(null)),
      categoryColumn("__proto__", ["a", "b", "a", "b", "a", "b", "b", "a"]),
    ),
    labels,
    { segmentNames },
  );
  assert.deepEqual(
    lines.map(({ whyNoPValue }) => whyNoPValue),
    [
      "Every known value is the same.",
      "Fewer than two segments have known values.",
      "Fewer than two categories or segments have known values.",
      "Fewer than two categories or segments have known values.",
      null,
    ],
  );
  assert.deepEqual([lines[1]!.known, lines[1]!.missing], [4, 4]);
  assert.ok(lines[4]!.pValue! > 0.1);
});

test("customers in no segment are left out, and labels must fit", () => {
  const { table, labels } = sliced(5);
  const partly = labels.map((label, i) => (i < 100 ? -1 : label));
  assert.equal(testDescriptors(table, partly, { segmentNames })[1]!.known, 200);
  assert.throws(
    () => testDescriptors(table, labels, { segmentNames: ["only"] }),
    /segmentNames must be at least two, got 1/,
  );
  assert.throws(
    () =>
      testDescriptors(
        table,
        labels.map((label) => label + 1),
        { segmentNames },
      ),
    /labels must be whole numbers from -1 to 1, got 2 at row/,
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable, FeatureColumn } from "#src/core/feature.js";
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
  assert.match(lines.get("basket")!.notes.join(" "), /Moves with “Spend” \(rank correlation 0\.\d\d\)/);
  assert.equal(lines.get("basket")!.origin, "inherited");
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

test("where means and ranks disagree, the line says which to trust and why", () => {
  const random = createRandom(5);
  const labels = Int32Array.from({ length: size }, (_, i) => i % 2);
  // The same median, but a few large values in one segment: the means differ, the ranks do not.
  const values = Array.from(
    labels,
    (label) => random.normal() + (label === 1 && random.next() < 0.04 ? 12 : 0),
  );
  const table = tableOf(numberColumn("basket", values));
  const [line] = testDescriptors(table, labels, { segmentNames: ["a", "b"], resamples: 0 });
  assert.equal(line!.method, "Kruskal–Wallis");
  assert.match(line!.notes.join(" "), /Only the means differ .* Trust the ranks: skewness within groups is/);
});

test("what is made of basis features is refused: transforms, sums, ratios, products, bands; what only goes along is not", () => {
  const random = createRandom(11);
  const orders = normals(random, size).map((z) => 1 + Math.floor(Math.exp(1.5 + 0.7 * z)));
  const spend = orders.map((count) => count * Math.exp(3 + 0.6 * random.normal()));
  const made: Record<string, readonly number[]> = {
    log: spend.map(Math.log),
    root: spend.map(Math.sqrt),
    reversed: spend.map((x) => -x),
    sum: spend.map((x, i) => x + 30 * orders[i]!),
    ratio: spend.map((x, i) => x / orders[i]!),
    product: spend.map((x, i) => x * orders[i]!),
    near_copy: spend.map((x) => x * Math.exp(0.05 * random.normal())),
    is_large: spend.map((x) => (x > 100 ? 1 : 0)),
  };
  const table = tableOf(
    numberColumn("spend", spend, { role: "basis" }),
    numberColumn("orders", orders, { role: "basis" }),
    ...Object.entries(made).map(([name, values]) => numberColumn(name, values)),
    categoryColumn(
      "band",
      spend.map((x) => (x > 300 ? "high" : x > 60 ? "middle" : "low")),
    ),
    numberColumn(
      "visits",
      orders.map((x) => Math.log(x) + random.normal()),
    ),
    categoryColumn(
      "channel",
      spend.map((x) => (random.next() < 1 / (1 + 60 / x) ? "web" : "shop")),
    ),
  );
  const labels = Int32Array.from(spend, (x, i) => (x > 200 ? 2 : orders[i]! > 3 ? 1 : 0));
  const lines = testDescriptors(table, labels, { segmentNames: ["a", "b", "c"], resamples: 0 });
  const tested = lines.filter(({ pValue, beyond }) => pValue !== null || beyond !== null);
  assert.deepEqual(
    tested.map(({ feature }) => feature),
    ["visits", "channel"],
  );
  assert.ok(lines.every(({ whyNoPValue, pValue }) => (pValue === null) === (whyNoPValue !== null)));
  const reasons = new Map(lines.map(({ feature, whyNoPValue }) => [feature, whyNoPValue]));
  assert.match(
    reasons.get("ratio")!,
    /Made of basis features: they explain 9\d(\.\d)? % of it \(adjusted R²\)/,
  );
  assert.match(reasons.get("band")!, /Cut from “Spend”, which formed the segments/);
  assert.match(reasons.get("log")!, /The profile ranks .* a selective p-value allows for the clustering/);
});

test("naming a basis feature outright is an error that names the right tool", () => {
  const { table, labels } = sliced(6);
  const ask = (features: readonly string[]) => () =>
    testDescriptors(table, labels, { segmentNames, features });
  assert.throws(ask(["height", "spend"]), {
    name: "InputError",
    message:
      'testDescriptors: features must not name a basis feature, got "spend". It formed the segments, so a test would be circular; testBasisFeature allows for the clustering',
  });
  assert.throws(
    () => testDescriptors(table, labels, { segmentNames, choose: new Map([["spend", "welch-anova"]]) }),
    /choose must not name a basis feature, got "spend"/,
  );
  assert.throws(
    ask(["heigth"]),
    /features must name features of the table, got "heigth". Did you mean "height"\?/,
  );
  assert.throws(ask(["customer_id"]), /got "customer_id" with the role id/);
  assert.deepEqual(
    ask(["income", "height"])().map(({ feature }) => feature),
    ["height", "income"],
  );
});

test("a difference of the segments' own is told from one that the bases imply, and from none", () => {
  const { table, labels } = sliced(7);
  const random = createRandom(70);
  const spend = table.columns[0]!.values as Float64Array;
  const origins = testDescriptors(
    {
      ...table,
      columns: [
        ...table.columns,
        numberColumn(
          "loyalty",
          spend.map((x) => (x > 0 ? 1.5 : 0) + random.normal()),
        ),
        categoryColumn(
          "plan",
          Array.from(spend, (x) => (random.next() < (x > 0 ? 0.8 : 0.15) ? "gold" : "basic")),
        ),
      ],
    },
    labels,
    { segmentNames },
  );
  assert.deepEqual(
    origins.map(({ feature, origin }) => [feature, origin]),
    [
      ["spend", null],
      ["height", "none"],
      ["basket", "inherited"],
      ["spend_cents", null],
      ["income", "none"],
      ["region", "none"],
      ["loyalty", "own"],
      ["plan", "own"],
    ],
  );
  const { beyond } = origins[6]!;
  assert.equal(beyond!.permutations, 999);
  assert.equal(beyond!.pValue, 0.001);
  assert.equal(beyond!.model, "natural cubic splines of each basis feature and their products");
  assert.ok(beyond!.share > 0 && beyond!.share < 0.5 && beyond!.left > 0.05 && beyond!.left < 0.5);
});

test("neither the order of rows nor the number of threads changes a result", () => {
  const { table, labels } = sliced(8);
  const lines = testDescriptors(table, labels, { segmentNames, threads: 1 });
  assert.deepEqual(testDescriptors(table, labels, { segmentNames, threads: 2 }), lines);
  const order = Array.from(labels.keys()).reverse();
  const turned: CustomerTable = {
    ...table,
    keys: order.map((row) => table.keys[row]!),
    columns: table.columns.map((column) =>
      column.kind === "number"
        ? { ...column, values: Float64Array.from(order, (row) => column.values[row]!) }
        : { ...column, values: order.map((row) => column.values[row]!) },
    ),
  };
  const again = testDescriptors(
    turned,
    Int32Array.from(order, (row) => labels[row]!),
    { segmentNames },
  );
  assert.deepEqual(
    again.map(({ beyond }) => beyond),
    lines.map(({ beyond }) => beyond),
  );
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
    const lines = testDescriptors(table, labels, { segmentNames, resamples: 0, permutations: 0 });
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

test("few customers bend the model less, too few leave the question open, and a segment of one does no harm", () => {
  const random = createRandom(9);
  const modelOf = (rows: number) => {
    const bases = ["a", "b", "c"].map((name) => numberColumn(name, normals(random, rows), { role: "basis" }));
    const labels = Int32Array.from(bases[0]!.values, (x, i) => (i === 0 ? 2 : x > 0 ? 1 : 0));
    return testDescriptors(tableOf(...bases, numberColumn("y", normals(random, rows))), labels, {
      segmentNames: ["a", "b", "one"],
      resamples: 0,
    })[3]!;
  };
  assert.match(modelOf(300).beyond!.model, /^natural cubic splines/);
  assert.match(modelOf(100).beyond!.model, /^straight lines, squares and products/);
  assert.match(modelOf(40).beyond!.model, /^straight lines in the basis features$/);
  const open = modelOf(12);
  assert.equal(open.beyond, null);
  assert.equal(open.whyNotBeyond, "Too few customers for a model of the basis features.");
});

test("segments that the bases tell apart wholly leave nothing to follow beyond them", () => {
  const random = createRandom(10);
  const labels = Int32Array.from({ length: 200 }, (_, i) => i % 2);
  const table = tableOf(
    numberColumn(
      "spend",
      Array.from(labels, (label) => 1000 * label + random.normal()),
      { role: "basis" },
    ),
    numberColumn(
      "y",
      Array.from(labels, (label) => label + random.normal()),
    ),
  );
  const [, y] = testDescriptors(table, labels, { segmentNames });
  assert.equal(y!.origin, null);
  assert.match(y!.whyNotBeyond!, /The basis features tell the segments apart so well \(.* left\)/);
});

test("unknown values are counted, of a basis feature they are a level of their own", () => {
  const { table, labels } = sliced(12);
  const holes = (column: FeatureColumn, every: number): FeatureColumn =>
    column.kind === "number"
      ? { ...column, values: column.values.map((value, row) => (row % every === 0 ? Number.NaN : value)) }
      : column;
  const [spend, height] = table.columns;
  const columns = [holes(spend!, 5), holes(height!, 3)];
  const line = testDescriptors({ ...table, columns }, labels, { segmentNames })[1]!;
  assert.deepEqual([line.known, line.missing, line.beyond!.rows], [200, 100, 200]);
  assert.match(line.notes.join(" "), /100 of 300 customers have no known value and are left out\./);
  assert.equal(line.origin, "none");
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

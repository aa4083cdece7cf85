import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable } from "#src/core/feature.js";
import { createRandom } from "#src/core/random.js";
import { explainSegments } from "#src/segments/explain-segments.js";
import { roundestWithin } from "#src/segments/round-thresholds.js";
import { categoryColumn, numberColumn, tableOf } from "../customer-tables.js";
import { withoutDataset } from "../datasets.js";
import { readDataset } from "../inference/reference.js";
import { referenceNumbers } from "../reference-numbers.js";

interface TreeSet {
  readonly labels: readonly number[];
  readonly values?: readonly (readonly number[])[];
  readonly cases: readonly { leaves: number; depth: number; smallest: number; right: number }[];
}

const expected = referenceNumbers<{
  irisValues: readonly (readonly number[])[];
  sets: Readonly<Record<string, TreeSet>>;
}>("rule-trees");
const wholesale = readDataset("wholesale/wholesale_customers_bom.csv");
const spends = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"];

function basisTable(rows: readonly (readonly number[])[]): CustomerTable {
  const columns = rows[0]!.map((_, j) =>
    numberColumn(
      `x${j}`,
      rows.map((row) => row[j]!),
      { role: "basis" },
    ),
  );
  return tableOf(...columns);
}

function segmentsOf(labels: readonly number[]) {
  return Array.from({ length: Math.max(...labels) + 1 }, (_, j) => ({ key: `s${j + 1}`, name: `S${j + 1}` }));
}

function assertAsGood({ labels, cases }: TreeSet, table: CustomerTable): void {
  for (const { leaves, depth, smallest, right } of cases) {
    const { customers, moved, ruleCount } = explainSegments(table, labels, {
      segments: segmentsOf(labels),
      mostRules: leaves,
      mostConditions: depth,
      smallestGroup: smallest,
    });
    assert.ok(
      customers - moved >= right,
      `${leaves} rules: ${customers - moved} right, scikit-learn ${right}`,
    );
    assert.ok(ruleCount <= leaves);
  }
}

test("iris and overlapping groups: as many rules say at least as many rows rightly as scikit-learn's trees", () => {
  assertAsGood(expected.sets.iris!, basisTable(expected.irisValues));
  assertAsGood(expected.sets.made!, basisTable(expected.sets.made!.values!));
});

test("wholesale customers in 3, 4 and 6 clusters: the same", {
  skip: wholesale ? false : withoutDataset,
}, () => {
  const rows = wholesale!
    .get("Fresh")!
    .map((_, row) => spends.map((name) => Number(wholesale!.get(name)![row])));
  for (const count of [3, 4, 6]) assertAsGood(expected.sets[`wholesale${count}`]!, basisTable(rows));
});

/** Recent buyers of many orders, recent buyers of few, and those long gone, without a doubt. */
function clearShop() {
  const rows = Array.from({ length: 90 }, (_, i) => ({
    recency: i % 3 === 2 ? 200 + i : 1 + (i % 45),
    orders: i % 3 === 0 ? 6 + (i % 5) : 1 + (i % 5),
  }));
  const table = tableOf(
    numberColumn(
      "recency_days",
      rows.map(({ recency }) => recency),
      {
        role: "basis",
        unit: "days",
        label: "Recency",
      },
    ),
    numberColumn(
      "order_count",
      rows.map(({ orders }) => orders),
      {
        role: "basis",
        unit: "orders",
        label: "Orders",
      },
    ),
  );
  return { table, labels: rows.map((_, i) => i % 3) };
}

test("rules are sentences with round thresholds, and say who is whose", () => {
  const { table, labels } = clearShop();
  const found = explainSegments(table, labels, { segments: segmentsOf(labels) });
  assert.deepEqual(
    found.segments.map(({ rules }) => rules.map(({ words }) => words)),
    [["recency ≤ 100 days and orders ≥ 6"], ["recency ≤ 100 days and orders ≤ 5"], ["recency ≥ 101 days"]],
  );
  assert.deepEqual([found.fidelity, found.moved, found.ruleCount], [1, 0, 3]);
  assert.deepEqual([found.segments[0]!.precision, found.segments[0]!.recall], [1, 1]);
  assert.ok(Math.abs(found.baseline - 1 / 3) < 1e-12);
});

test("precision, recall and the moved add up by hand", () => {
  const { table, labels } = clearShop();
  // Three of the thirty long gone are said to be in the first segment: nothing but their label moves.
  const changed = labels.map((label, i) => (label === 2 && i < 9 ? 0 : label));
  const { segments, moved, fidelity, counts } = explainSegments(table, changed, {
    segments: segmentsOf(labels),
    mostRules: 3,
  });
  assert.equal(moved, 3);
  assert.ok(Math.abs(fidelity - 87 / 90) < 1e-12);
  assert.deepEqual([segments[0]!.recall, segments[2]!.precision], [30 / 33, 27 / 30]);
  assert.deepEqual(counts[0], [30, 0, 3]);
});

test("the order of the rows changes nothing", () => {
  const { labels, values } = expected.sets.made!;
  const random = createRandom(5);
  const order = labels.map((_, row) => row).sort(() => random.next() - 0.5);
  const segments = segmentsOf(labels);
  const words = (rows: readonly number[]) =>
    explainSegments(
      basisTable(rows.map((row) => values![row]!)),
      rows.map((row) => labels[row]!),
      {
        segments,
      },
    ).segments;
  assert.deepEqual(words(order), words(labels.map((_, row) => row)));
});

test("unknown values, constant features, segments of one and of nobody have documented answers", () => {
  const values = Array.from({ length: 60 }, (_, row) => (row % 7 === 0 ? Number.NaN : row));
  const table = tableOf(
    numberColumn("score", values, { role: "basis" }),
    numberColumn(
      "same",
      values.map(() => 4),
      { role: "basis" },
    ),
    numberColumn(
      "nothing",
      values.map(() => Number.NaN),
      { role: "basis" },
    ),
  );
  const labels = values.map((_, row) => (row === 59 ? 1 : row < 30 ? 0 : 2));
  const segments = [0, 1, 2, 3].map((j) => ({ key: `s${j + 1}`, name: `S${j + 1}` }));
  const found = explainSegments(table, labels, { segments });
  assert.deepEqual(found.segments[1]!.rules, []);
  assert.deepEqual([found.segments[1]!.precision, found.segments[1]!.recall], [null, 0]);
  assert.deepEqual([found.segments[3]!.size, found.segments[3]!.recall], [0, null]);
  assert.deepEqual(found.notes, ["Unknown values are read as the median: Score (9), Nothing (60)."]);
});

test("one segment, and nobody at all, are said in one rule", () => {
  const table = tableOf(numberColumn("score", [1, 2, 3], { role: "basis" }));
  const segments = [{ key: "s1", name: "All" }];
  const everyone = explainSegments(table, [0, 0, 0], { segments });
  assert.deepEqual([everyone.fidelity, everyone.segments[0]!.rules[0]!.words], [1, "everybody else"]);
  assert.equal(explainSegments(table, [-1, -1, -1], { segments }).customers, 0);
});

test("thresholds take the fewest digits that part the same customers", () => {
  assert.equal(roundestWithin(45, 46), 45);
  assert.equal(roundestWithin(44.2, 61), 50);
  assert.equal(roundestWithin(0.1234, 0.1301), 0.13);
  assert.equal(roundestWithin(-3, 7), 0);
  assert.equal(roundestWithin(-61, -44.2), -50);
  assert.equal(roundestWithin(5, 5 + 1e-15), 5);
});

test("no numeric basis, a category, and limits out of range are input errors", () => {
  const table = tableOf(
    numberColumn("score", [1, 2]),
    categoryColumn("region", ["a", "b"], { role: "basis" }),
  );
  const segments = segmentsOf([0, 1]);
  assert.throws(
    () => explainSegments(table, [0, 1], { segments }),
    /explainSegments: table must have a numeric basis feature, got features of role descriptor, basis\. Name the features/,
  );
  assert.throws(
    () => explainSegments(table, [0, 1], { segments, features: ["region"] }),
    /explainSegments: features must be a numeric feature, got "region"/,
  );
  assert.throws(
    () => explainSegments(table, [0, 1], { segments, features: ["score"], mostConditions: 9 }),
    /explainSegments: mostConditions must be a whole number from 1 to 8, got 9/,
  );
  assert.throws(() => explainSegments(table, [0, 2], { segments }), /labels must be whole numbers/);
});

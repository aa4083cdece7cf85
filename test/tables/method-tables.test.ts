import assert from "node:assert/strict";
import { test } from "node:test";
import { methodsSentence, methodsTable } from "#src/tables/method-tables.js";

const segments = {
  name: "Segments (k-means)",
  groupsBy: "the basis",
  customers: 2000,
  sizes: [900, 1100],
  hitRate: 1,
  agreement: null,
  notes: ["A note on the segments."],
};
const other = (name: string, agreement: number | null, notes: readonly string[] = []) => ({
  ...segments,
  name,
  agreement,
  notes,
});

test("the sentence on methods says which find the same groups, similar ones and others, and nothing that is not so", () => {
  const shop = { customers: 2000, customersInAll: 4000 };
  const methods = [
    segments,
    other("k-medoids", 0.98),
    other("RFM quantiles", 0.33),
    other("Ward’s tree", 0.9),
  ];
  assert.equal(
    methodsSentence({ ...shop, methods }),
    "Nearly the same groups are found by k-medoids (0.98) and Ward’s tree (0.90); other groups are found by RFM quantiles (0.33). In brackets the agreement with the segments, 1: the same groups, 0: no more alike than by chance.",
  );
  assert.match(
    methodsSentence({ ...shop, methods: [segments, other("k-medoids", 0.7)] }),
    /^Similar groups are found by k-medoids \(0\.70\)\. In/,
  );
  assert.equal(methodsSentence({ ...shop, methods: [segments] }), "No other method could be tried.");
});

test("the table of methods says who took part and what each method noted", () => {
  const untried = {
    ...other("latent classes", null, ["Not tried: too few."]),
    customers: 0,
    sizes: [],
    hitRate: 0,
  };
  const table = methodsTable({ customers: 2000, customersInAll: 4338, methods: [segments, untried] });
  assert.deepEqual(table.rows[1], ["latent classes", "the basis", 0, null, null, null, null]);
  assert.equal(
    table.note,
    "A seeded sample of 2,000 of 4,338 customers, the same for every method. latent classes: Not tried: too few.",
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import { suggestNames } from "#src/segments/suggest-names.js";
import { categoryColumn, numberColumn, tableOf } from "../customer-tables.js";

/** Customers of several segments, each feature given by its mean per segment. */
function profileOf(
  means: Readonly<Record<string, readonly number[]>>,
  categories: Readonly<Record<string, readonly string[]>> = {},
) {
  const random = createRandom(17);
  const segmentCount = Object.values({ ...means, ...categories })[0]!.length;
  const labels = Int32Array.from({ length: 60 * segmentCount }, (_, row) => row % segmentCount);
  const columns = [
    ...Object.entries(means).map(([name, levels]) =>
      numberColumn(
        name,
        Array.from(labels, (label) => levels[label]! * (1 + 0.1 * random.normal())),
      ),
    ),
    ...Object.entries(categories).map(([name, levels]) =>
      categoryColumn(
        name,
        Array.from(labels, (label) => levels[label]!),
      ),
    ),
  ];
  const segments = Array.from({ length: segmentCount }, (_, i) => ({ key: `s${i + 1}`, name: "" }));
  return profileSegments(tableOf(...columns), labels, { segments });
}

test("names come from what sets a segment apart, in plain words", () => {
  const profile = profileOf({
    age: [68, 30, 45, 45],
    tenure_days: [900, 300, 500, 500],
    average_order_value: [120, 60, 60, 60],
    discount_share: [0.05, 0.05, 0.4, 0.05],
    order_count: [8, 8, 8, 1],
    recency_days: [20, 20, 20, 300],
  });
  const names = suggestNames(profile);
  assert.deepEqual(
    names.map(({ name }) => name),
    [
      "Loyal, older, big baskets",
      "Younger, new, active customers",
      "Active, frequent bargain hunters",
      "Lapsed, full-price one-timers",
    ],
  );
  assert.ok(names.every(({ because }) => because.length > 0));
  assert.deepEqual(suggestNames(profile), names);
});

test("names are at most four words and never alike, also where segments are", () => {
  const twins = profileOf({ age: [70, 70, 70, 20, 20, 20], spend: [100, 100, 100, 10, 10, 10] });
  const names = suggestNames(twins).map(({ name }) => name);
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, 6);
  assert.ok(
    names.every((name) => name.split(" ").length <= 4),
    names.join(" | "),
  );
});

test("a segment like everyone is called average; a category lends its name only if it is plain", () => {
  const names = suggestNames(
    profileOf({ noise: [1, 1, 1] }, { region: ["North", "<script>alert(1)</script>", "=cmd()"] }),
  ).map(({ name }) => name);
  assert.deepEqual(names, ["North customers", "Average customers", "Average customers 2"]);
});

test("one segment alone has nothing to stand out from", () => {
  assert.deepEqual(suggestNames(profileOf({ age: [40] })), [
    { key: "s1", name: "Average customers", because: [] },
  ]);
});

test("halves of one group are named by what sets them apart, not by the same words in another order", () => {
  const halves = profileOf({
    order_count: [20, 21, 5, 5, 5],
    categories_bought: [9, 8.6, 3, 3, 3],
    lifestyle_family: [4.5, 4.6, 2, 2, 2],
    web_sessions: [40, 5, 20, 20, 20],
  });
  const [first, second] = suggestNames(halves).map(({ name }) => name.toLowerCase());
  const wordsOf = (name: string) =>
    name
      .split(/[\s,]+/)
      .sort()
      .join(" ");
  assert.notEqual(wordsOf(first!), wordsOf(second!));
  assert.match(first!, /online/);
  assert.match(second!, /offline/);
});

test("a code of a survey is no word for a name", () => {
  const names = suggestNames(profileOf({ q09: [5, 1], q10_b: [1, 5], order_count: [10, 3] }));
  assert.deepEqual(
    names.map(({ name }) => name),
    ["Frequent customers", "Occasional customers"],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { compareDefinitions } from "#src/refresh/compare-definitions.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { smallParts } from "../made-definitions.js";

const old = defineSegments(smallParts());
/** The same segments under other keys and in another order, as a refit gives them. */
const renamed = defineSegments(
  smallParts({
    keys: ["s2", "s5", "s9"],
    fit: {
      centres: [
        [1, 0],
        [1, 2],
        [-1, 0],
      ],
      sizes: [30, 20, 50],
    },
  }),
);

/** Spend 8 is −1 on the scale, 12 is 1; visits e − 1 are 0 and e² − 1 are 2. */
const customers = {
  keys: ["a", "b", "c", "d", "e"],
  columns: new Map([
    ["spend", [8, 12, 12, 8, Number.NaN]],
    ["visits", [Math.E - 1, Math.E - 1, Math.E ** 2 - 1, Math.E - 1, 2]],
  ]),
};

test("segments are found again by customers, whatever their keys and order", () => {
  const { matching, agreement, differences, centres } = compareDefinitions(old, renamed, { customers });
  assert.deepEqual(
    matching!.segments.map(({ status, matched, keeps }) => [status, matched, keeps]),
    [
      ["continued", 1, 1],
      ["continued", 2, 2],
      ["continued", 0, 0],
    ],
  );
  assert.deepEqual(agreement, { customers: 5, adjustedRandIndex: 1, inMatchedSegment: 1 });
  assert.equal(centres, null);
  assert.deepEqual(differences, { onlyOld: [], onlyNew: [], otherConstants: [], isSame: false });
});

test("without customers the nearest centres belong together, on the scale of the old recipe", () => {
  const step = (place: number, changes: object) =>
    smallParts().recipe.steps.map((one, j) => (j === place ? { ...one, ...changes } : one));
  // Twice the deviation: what was 1 is a half, and the same raw value.
  const rescaled = defineSegments(
    smallParts({
      recipe: { ...smallParts().recipe, steps: step(0, { scale: 4 }) },
      fit: {
        centres: [
          [-0.5, 0],
          [0.5, 0],
          [0.5, 2],
        ],
        sizes: [50, 30, 20],
      },
    }),
  );
  const { centres, matching, agreement, differences } = compareDefinitions(old, rescaled);
  assert.deepEqual(
    centres!.pairs.map((pair) => [pair.old, pair.new, pair.distance]),
    [
      [0, 0, 0],
      [1, 1, 0],
      [2, 2, 0],
    ],
  );
  assert.deepEqual([matching, agreement, differences.otherConstants], [null, null, ["spend"]]);
  assert.equal(compareDefinitions(old, old).differences.isSame, true);
  assert.equal(compareDefinitions(old, old).centres!.borderRows.inMatchedSegment, 1);
});

test("definitions that read other features compare by customers only, and say what they read", () => {
  const { recipe, ...parts } = smallParts();
  const steps = recipe.steps.map((one, j) => (j === 1 ? { ...one, feature: "pages" } : one));
  const features = steps.map(({ feature }) => ({
    ...old.features[0]!,
    name: feature,
  }));
  const other = defineSegments({ ...parts, features, recipe: { ...recipe, steps } });
  const { centres, differences } = compareDefinitions(old, other);
  assert.equal(centres, null);
  assert.deepEqual(differences, {
    onlyOld: ["visits"],
    onlyNew: ["pages"],
    otherConstants: [],
    isSame: false,
  });
  const both = {
    ...customers,
    columns: new Map([...customers.columns, ["pages", customers.columns.get("visits")!]]),
  };
  assert.equal(compareDefinitions(old, other, { customers: both }).agreement!.inMatchedSegment, 1);
});

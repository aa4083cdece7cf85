import assert from "node:assert/strict";
import { test } from "node:test";
import { categoryIndex } from "#src/charts/category-index.js";
import { profileHeatMap } from "#src/charts/profile-heat-map.js";

const segments = [
  { key: "s1", name: "Families", size: 60 },
  { key: "s2", name: "Retirees", size: 40 },
];

test("half the total is as far from 100 as twice the total", () => {
  const { data } = profileHeatMap({ segments, features: ["Orders"], index: [[50, 200]] });
  const [[low, high]] = data[0]!.z as [[number, number]];
  assert.equal(low, -high);
});

test("the farthest cell is the finding", () => {
  const figure = profileHeatMap({
    segments,
    features: ["Orders", "Age"],
    index: [
      [50, 180],
      [100, 101],
    ],
  });
  assert.equal(
    figure.title,
    "“Families” differ most: in Orders their index is 50, that of all customers 100",
  );
});

test("an index of zero is drawn as the deepest colour, a missing one not at all", () => {
  const { data } = profileHeatMap({ segments, features: ["Orders"], index: [[0, null]] });
  assert.deepEqual(data[0]!.z, [[-Math.log(3), null]]);
  assert.deepEqual(data[0]!.text, [["0", "–"]]);
});

test("the finding about categories is what is over-bought, not what is avoided", () => {
  const figure = categoryIndex({
    segments,
    categories: ["Shoes", "Toys"],
    index: [
      [10, 150],
      [100, 100],
    ],
  });
  assert.equal(figure.title, "“Retirees” stand out in Shoes: 1.5 times the usual share of spend");
});

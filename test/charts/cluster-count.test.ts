import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterCount } from "#src/charts/cluster-count.js";
import { countIndices } from "#src/validity/count-indices.js";
import { gapBox, gapPower, gapRule } from "#src/validity/gap-method.js";

const rows = [
  { count: 1, inertia: 100, silhouette: null, gap: 0.1, gapStandardError: 0.01 },
  { count: 2, inertia: 60, silhouette: 0.4, gap: 0.3, gapStandardError: 0.02 },
];
const gapMethod = { box: gapBox, power: gapPower, rule: gapRule, references: 200 };
const indices = countIndices.filter(({ name }) => ["gap", "silhouette", "inertia"].includes(name));
const view = { rows, indices, gapMethod };

test("the recommended count is named, and marked in every panel", () => {
  const figure = clusterCount({ ...view, recommendedCount: 2 });
  assert.equal(figure.title, "The declared rule picks 2 segments");
  assert.deepEqual(
    (figure.layout.shapes as { x0: number }[]).map((shape) => shape.x0),
    [2, 2, 2],
  );
});

test("one group is a normal answer, and said as such", () => {
  assert.match(clusterCount({ ...view, recommendedCount: 1 }).title, /look like one group/);
});

test("an index that was not measured has no panel", () => {
  assert.equal(clusterCount({ ...view, recommendedCount: 2 }).data.length, 3);
  const without = { ...view, indices: indices.slice(1), recommendedCount: 2 };
  assert.equal(clusterCount(without).data.length, 2);
});

test("every panel names range and direction, and the gap its box, power and rule", () => {
  const { layout, table } = clusterCount({ ...view, recommendedCount: 2 });
  const texts = (layout.annotations as { text: string }[]).map(({ text }) => text.replaceAll("<br>", " "));
  assert.deepEqual(texts.slice(0, 3), [
    "Gap (any number, higher is better)",
    "Mean silhouette (−1 to 1, higher is better)",
    "Inertia, which falls with every count (0 upwards, lower is better)",
  ]);
  const caption = `Gap against 200 data sets without groups. Box: ${gapBox}. Power: ${gapPower}. Rule: ${gapRule}`;
  assert.equal(texts[3], caption);
  assert.equal(table.note, caption);
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ["Segments", texts[0], "Standard error: Gap", texts[1], texts[2]],
  );
});

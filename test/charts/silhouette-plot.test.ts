import assert from "node:assert/strict";
import { test } from "node:test";
import { silhouettePlot } from "#src/charts/silhouette-plot.js";

const segments = [
  { key: "s1", name: "A", size: 2 },
  { key: "s2", name: "B", size: 2 },
];

test("customers nearer to another segment are counted", () => {
  // 1 of 4 below zero; mean (0.5 + 0.3 + 0.6 − 0.2) / 4 = 0.3
  const figure = silhouettePlot(
    { segments, labels: [0, 0, 1, 1], silhouettes: [0.5, 0.3, 0.6, -0.2] },
    { seed: 1 },
  );
  assert.equal(figure.title, "25 % of customers sit nearer to another segment; the mean silhouette is 0.3");
  assert.equal(figure.table.note, undefined);
});

test("a sample is seeded and said", () => {
  const labels = Array.from({ length: 100 }, (_, i) => i % 2);
  const view = { segments, labels, silhouettes: labels.map((_, i) => i / 100) };
  const figure = silhouettePlot(view, { seed: 3, sample: 10 });
  assert.equal(figure.table.note, "A random sample of 10 of 100 customers (seed 3).");
  assert.deepEqual(figure, silhouettePlot(view, { seed: 3, sample: 10 }));
});

test("labels and silhouettes of different length are refused", () => {
  assert.throws(() => silhouettePlot({ segments, labels: [0], silhouettes: [0.1, 0.2] }, { seed: 1 }), {
    name: "InputError",
  });
});

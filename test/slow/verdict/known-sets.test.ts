import assert from "node:assert/strict";
import { test } from "node:test";
import type { Matrix } from "#src/core/matrix.js";
import { judgeSegments } from "#src/verdict/judge-segments.js";
import { readWholesale } from "../../cluster/matrices.js";
import { datasetFile, withoutDataset } from "../../datasets.js";
import { drawContinuum, drawRing, drawRows, drawTriangle } from "../../verdict/sets.js";

const wholesale = datasetFile("wholesale/wholesale_customers_bom.csv");

test("the wholesale customers are one continuum: two segments are a choice, three are on the line", {
  skip: wholesale === undefined && withoutDataset,
}, () => {
  const judgement = judgeSegments(readWholesale(wholesale!), { seed: 1, shown: [2, 3] });
  assert.equal(judgement.recommendedCount, 1);
  assert.ok(judgement.separations.every(({ pValue }) => pValue > 0.05));
  const [two, three] = judgement.solutions;
  assert.equal(two!.verdict, "constructive");
  assert.ok(["constructive", "no-reliable-segments"].includes(three!.verdict));
  assert.ok(three!.segments.some(({ jaccard }) => Math.abs(jaccard - 0.75) < 0.06));
});

const seeds = [11, 12, 13, 14, 15, 16];

/** The recommended count and verdict of six sets of 500. */
function judgeSets(draw: (seed: number) => Matrix): string[] {
  return seeds.map((seed) => {
    const { recommendedCount, verdict } = judgeSegments(draw(seed), { seed });
    return `${recommendedCount} ${verdict}`;
  });
}

test("six sets without groups of every kind are one group each", () => {
  const none = seeds.map(() => "1 no-reliable-segments");
  assert.deepEqual(
    judgeSets((seed) => drawContinuum(500, seed)),
    none,
  );
  assert.deepEqual(
    judgeSets((seed) =>
      drawRows(500, seed, (random) =>
        [1, 2, 3, 4].map(() => Math.max(0, Math.round(Math.exp(random.normal()) - 0.6))),
      ),
    ),
    none,
  );
  assert.deepEqual(
    judgeSets((seed) => drawRing(500, seed)),
    none,
  );
});

test("three groups 4 deviations apart are found and natural in six sets of six", () => {
  assert.deepEqual(
    judgeSets((seed) => drawTriangle(500, seed, 4)),
    seeds.map(() => "3 natural"),
  );
});

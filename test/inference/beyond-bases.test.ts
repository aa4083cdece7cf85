import assert from "node:assert/strict";
import { test } from "node:test";
import { testDescriptors } from "#src/inference/test-descriptors.js";
import { distanceFromUniform, pValuesOfShops, shopSegments } from "./shop-of-bases.js";

test("150 shops whose descriptor depends on the bases only: p beyond the bases is uniform, the plain test claims most", () => {
  const runs = 150;
  const found = pValuesOfShops(runs, ({ table, labels }) =>
    testDescriptors(table, labels, {
      segmentNames: shopSegments,
      resamples: 0,
      permutations: 99,
      threads: 1,
    }),
  );
  for (const [feature, { plain, beyond }] of found) {
    assert.equal(beyond.length, runs, feature);
    // The 0.1 % point of the distance of 150 uniform values is 1.95 / √150 = 0.159.
    assert.ok(distanceFromUniform(beyond) < 0.159, `${feature}: ${distanceFromUniform(beyond)}`);
    assert.ok(plain.filter((p) => p < 0.05).length / runs > 0.7, feature);
  }
});

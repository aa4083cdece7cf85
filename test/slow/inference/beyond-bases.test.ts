import assert from "node:assert/strict";
import { test } from "node:test";
import { testDescriptors } from "#src/inference/test-descriptors.js";
import { distanceFromUniform, pValuesOfShops, shopSegments } from "../../inference/shop-of-bases.js";

/** SEGBOOK_RUNS=10000 for the whole, which takes a quarter of an hour. */
const most = Number(process.env.SEGBOOK_RUNS ?? 1000);
const cases = [
  { feature: "satisfaction", runs: most },
  { feature: "channel", runs: most / 5 },
];

for (const { feature, runs } of cases)
  test(`${runs} shops whose ${feature} depends on the bases only: p beyond the bases is uniform, plain p is not`, (context) => {
    const { plain, beyond } = pValuesOfShops(runs, ({ table, labels }) =>
      testDescriptors(table, labels, {
        segmentNames: shopSegments,
        features: [feature],
        resamples: 0,
        permutations: 199,
        threads: 1,
      }),
    ).get(feature)!;
    const distance = distanceFromUniform(beyond);
    const below = (values: readonly number[], level: number) =>
      values.filter((p) => p <= level).length / runs;
    const levels = [0.01, 0.05, 0.1].map((level) => below(beyond, level).toFixed(4)).join(", ");
    context.diagnostic(
      `${runs} runs: KS distance ${distance.toFixed(4)}; p up to 0.01, 0.05, 0.1: ${levels}; plain p up to 0.05: ${below(plain, 0.05).toFixed(4)}`,
    );
    assert.equal(beyond.length, runs);
    // The 0.1 % point of the distance of uniform values, and what a smooth model of skewed money may add.
    assert.ok(distance < 1.95 / Math.sqrt(runs) + 0.01, `${distance}`);
    assert.ok(below(plain, 0.05) > 0.75);
  });

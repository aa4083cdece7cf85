import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { kruskalWallis, rankEpsilonSquared } from "#src/inference/kruskal-wallis.js";
import { withoutDataset } from "../datasets.js";
import { assertNear, groupsBy, normals, readDataset, reference } from "./reference.js";

const wholesale = readDataset("wholesale/wholesale_customers_bom.csv");
const campaign = readDataset("marketing_campaign/marketing_campaign_iso_dates.csv");

test("H by hand: 1 2 3 against 4 5 6", () => {
  // Rank sums 6 and 15: 12/(6·7) · (36/3 + 225/3) − 3·7 = 27/7.
  const result = kruskalWallis([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assertNear(result.statistic, 27 / 7);
  assertNear(result.effect.value, 27 / 35);
});

test("H with ties, p and rank epsilon squared agree with SciPy", {
  skip: wholesale && campaign ? false : withoutDataset,
}, () => {
  for (const expected of reference.kruskal) {
    const data = expected.by === "Education" ? campaign! : wholesale!;
    const result = kruskalWallis(groupsBy(data, expected.column, expected.by), { resamples: 0 });
    assertNear(result.statistic, expected.statistic);
    assertNear(result.pValue, expected.pValue, 1e-8);
    assertNear(result.effect.value, expected.rankEpsilonSquared);
  }
});

test("p is below 0.05 in about 5 % of runs where nothing differs, skewed and tied values included", () => {
  const random = createRandom(12);
  const runs = 2000;
  let below = 0;
  for (let run = 0; run < runs; run++) {
    const groups = [25, 40, 60].map((size) => normals(random, size).map((x) => Math.round(4 * Math.exp(x))));
    if (kruskalWallis(groups, { resamples: 0 }).pValue < 0.05) below++;
  }
  assert.ok(Math.abs(below / runs - 0.05) < 0.0146, `${below} of ${runs}`);
});

test("only the order of the values matters", () => {
  const random = createRandom(4);
  const groups = [normals(random, 30), normals(random, 30, 0.4), normals(random, 30, 0.8)];
  const bent = groups.map((group) => group.map(Math.exp));
  assert.deepEqual(kruskalWallis(bent), kruskalWallis(groups));
  const interval = rankEpsilonSquared(groups).interval!;
  assert.ok(interval.low < interval.high && interval.high <= 1);
});

test("equal values give H = 0 and p = 1 with a note; an empty group is an input error", () => {
  const result = kruskalWallis([
    [2, 2, 2],
    [2, 2, 2],
  ]);
  assert.equal(result.statistic, 0);
  assert.equal(result.pValue, 1);
  assert.equal(result.effect.value, 0);
  assert.match(result.notes.join(" "), /All values are equal/);
  assert.throws(
    () => kruskalWallis([[1], []]),
    /kruskalWallis: groups must hold at least 1 value each, got 0 in group 1/,
  );
});

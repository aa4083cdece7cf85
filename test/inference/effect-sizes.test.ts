import assert from "node:assert/strict";
import { test } from "node:test";
import { cliffsDelta } from "#src/inference/cliffs-delta.js";
import { hedgesG } from "#src/inference/hedges-g.js";
import { epsilonSquared, etaSquared, omegaSquared } from "#src/inference/variance-explained.js";
import { withoutDataset } from "../datasets.js";
import { assertNear, groupsBy, readDataset, reference } from "./reference.js";

const wholesale = readDataset("wholesale/wholesale_customers_bom.csv");
const skip = wholesale ? false : withoutDataset;

test("eta squared by hand: 1 2 3 against 4 5 6", () => {
  // Between 6 · 1.5² = 13.5, within 4: 13.5 / 17.5; mean square within 1.
  const groups = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  assertNear(etaSquared(groups).value, 13.5 / 17.5);
  assertNear(omegaSquared(groups).value, 12.5 / 18.5);
  assertNear(epsilonSquared(groups).value, 12.5 / 17.5);
  assert.match(etaSquared(groups).words, /^large: 77\.1 % of the variation lies between the groups$/);
});

test("eta squared agrees with pingouin, omega and epsilon squared with their formulas", { skip }, () => {
  for (const expected of reference.oneWay) {
    const groups = groupsBy(wholesale!, expected.column, expected.by);
    assertNear(etaSquared(groups, { resamples: 0 }).value, expected.eta, 1e-6);
    assertNear(omegaSquared(groups, { resamples: 0 }).value, Math.max(0, expected.omega), 1e-8);
    assertNear(epsilonSquared(groups, { resamples: 0 }).value, Math.max(0, expected.epsilon), 1e-8);
  }
});

test("Hedges' g and Cliff's delta with intervals agree with pingouin and with all pairs", { skip }, () => {
  for (const expected of reference.pairs) {
    const split = groupsBy(wholesale!, expected.column, expected.by);
    const [first, second] = expected.levels.map((level) => split[level - 1]!) as [number[], number[]];
    const g = hedgesG(first, second);
    assertNear(g.value, expected.hedgesG, 1e-8);
    assertNear(g.interval!.low, expected.hedgesLow, 1e-8);
    assertNear(g.interval!.high, expected.hedgesHigh, 1e-8);
    const delta = cliffsDelta(first, second);
    assertNear(delta.value, expected.cliffsDelta, 1e-9);
    assertNear(delta.interval!.low, expected.cliffLow, 1e-7);
    assertNear(delta.interval!.high, expected.cliffHigh, 1e-7);
    assertNear(cliffsDelta(second, first).value, -expected.cliffsDelta, 1e-9);
  }
});

test("a group above every value of another has delta 1 and a finite interval", () => {
  const { value, interval } = cliffsDelta([4, 5, 6], [1, 2, 3]);
  assert.equal(value, 1);
  assert.ok(interval!.low < 1 && interval!.high === 1);
});

test("values that are all equal explain nothing, and two constant groups have no g", () => {
  assert.equal(
    etaSquared([
      [2, 2],
      [2, 2],
    ]).value,
    0,
  );
  assert.throws(() => hedgesG([1, 1], [2, 2]), /hedgesG: groups must vary within/);
});

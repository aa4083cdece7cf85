import assert from "node:assert/strict";
import { test } from "node:test";
import { chanceDistance, conservativeRun, distanceFromUniform, nullRuns, pValuesOf } from "./null-runs.js";

const runs = 500;

// The studentized range takes milliseconds a value: these two wait for the slow suite.
for (const run of nullRuns.filter(({ name }) => !/Howell|Tukey/.test(name)))
  test(`${run.name}: p is uniform in ${runs} seeded runs where nothing differs`, () => {
    const { tooSmall, tooLarge } = distanceFromUniform(pValuesOf(run, runs, 1));
    assert.ok(
      Math.max(tooSmall, tooLarge) < chanceDistance(runs) + run.own,
      `KS distance ${Math.max(tooSmall, tooLarge)}`,
    );
  });

test(`${conservativeRun.name}: p is never too small where nothing differs`, () => {
  const { tooSmall } = distanceFromUniform(pValuesOf(conservativeRun, 100, 1));
  assert.ok(tooSmall < chanceDistance(100), `too small by ${tooSmall}`);
});

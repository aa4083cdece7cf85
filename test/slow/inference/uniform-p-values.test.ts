import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chanceDistance,
  conservativeRun,
  distanceFromUniform,
  nullRuns,
  pValuesOf,
} from "../../inference/null-runs.js";

const mostRuns = 10_000;
/** Of tests that take long; SEGBOOK_RUNS=10000 for the whole. */
const asked = process.env.SEGBOOK_RUNS;

for (const run of nullRuns) {
  const runs = asked === undefined ? (run.slowRuns ?? mostRuns) : Number(asked);
  test(`${run.name}: p is uniform in ${runs} seeded runs where nothing differs`, (context) => {
    const { tooSmall, tooLarge } = distanceFromUniform(pValuesOf(run, runs, 1));
    const distance = Math.max(tooSmall, tooLarge);
    context.diagnostic(
      `KS distance ${distance.toFixed(4)}, chance and method allow ${(chanceDistance(runs) + run.own).toFixed(4)}`,
    );
    assert.ok(distance < chanceDistance(runs) + run.own, `KS distance ${distance}`);
  });
}

test(`${conservativeRun.name}: p is never too small in ${mostRuns} seeded runs where nothing differs`, (context) => {
  const { tooSmall, tooLarge } = distanceFromUniform(pValuesOf(conservativeRun, mostRuns, 1));
  context.diagnostic(`too small by at most ${tooSmall.toFixed(4)}, too large by ${tooLarge.toFixed(4)}`);
  assert.ok(tooSmall < chanceDistance(mostRuns), `too small by ${tooSmall}`);
});

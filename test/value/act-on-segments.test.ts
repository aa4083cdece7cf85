import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { assignHoldout, checkSampleRatio } from "#src/value/assign-holdout.js";
import { cohortTable } from "#src/value/cohort-table.js";
import { poolEffects, testHeterogeneity } from "#src/value/effect-heterogeneity.js";
import { holdoutPlan } from "#src/value/holdout-plan.js";
import { kaplanMeier } from "#src/value/kaplan-meier.js";
import { poolRates } from "#src/value/pool-rates.js";
import { qiniCurve } from "#src/value/qini-curve.js";
import { rankOpportunities } from "#src/value/rank-opportunities.js";
import { testThreeWayInteraction } from "#src/value/three-way-interaction.js";
import { upliftBySegment } from "#src/value/uplift-by-segment.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly berkeley: { admitted: number[][]; rejected: number[][]; statistic: number; df: number };
  readonly pool: Record<"successes" | "totals" | "rates" | "low" | "high", number[]> & {
    a: number;
    b: number;
  };
  readonly survival: readonly Record<"time" | "ended" | "at" | "survival" | "low" | "high", number[]>[];
  readonly power: { power: number; perArm: number };
  readonly heterogeneity: Record<"estimates" | "errors" | "pooled", number[]> &
    Record<"statistic" | "pValue" | "tau" | "share" | "common" | "commonError", number>;
}
const reference = referenceNumbers<Reference>("act");
const integrated = referenceNumbers<{ low: number[]; high: number[] }>("pool-rates");

function near(ours: number, theirs: number, share = 1e-8): void {
  assert.ok(
    Math.abs(ours - theirs) <= share * Math.max(1e-12, Math.abs(theirs)),
    `${ours} instead of ${theirs}`,
  );
}

test("heterogeneity and pooled effects are those of metafor", () => {
  const { estimates, errors, ...theirs } = reference.heterogeneity;
  const effects = estimates.map((estimate, i) => ({ estimate, standardError: errors[i]! }));
  const found = testHeterogeneity(effects);
  near(found.statistic, theirs.statistic);
  near(found.pValue, theirs.pValue);
  near(found.spread, theirs.tau);
  near(found.shareBeyondChance, theirs.share);
  near(found.common.estimate, theirs.common);
  near(found.common.standardError, theirs.commonError);
  poolEffects(effects).forEach(({ estimate }, i) => {
    near(estimate, theirs.pooled[i]!);
  });
});

test("effects that turn round between groups have the p-value that Gail and Simon published", () => {
  // Gail & Simon (1985), breast cancer trial by age and receptor: 0.088.
  const { estimates, errors } = reference.heterogeneity;
  const found = testHeterogeneity(estimates.map((estimate, i) => ({ estimate, standardError: errors[i]! })));
  assert.equal(found.reversalPValue.toFixed(3), "0.088");
  const oneWay = testHeterogeneity(
    estimates.map((e, i) => ({ estimate: Math.abs(e), standardError: errors[i]! })),
  );
  assert.equal(oneWay.reversalPValue, 1);
});

test("the three-way test on Berkeley's admissions is R's", () => {
  const { admitted, rejected, statistic, df } = reference.berkeley;
  const found = testThreeWayInteraction(admitted, rejected);
  near(found.statistic, statistic);
  assert.equal(found.degreesOfFreedom, df);
  const withEmpty = testThreeWayInteraction(
    [...admitted, [0, 0, 0, 0, 0, 0]],
    [...rejected, [3, 4, 0, 1, 2, 9]],
  );
  near(withEmpty.statistic, statistic);
  // Berkeley without the women who applied to department A: a cell, and with it a degree of freedom, less.
  const without = (table: readonly (readonly number[])[]) =>
    table.map((row, i) => row.map((count, j) => (i === 1 && j === 0 ? 0 : count)));
  const fewer = testThreeWayInteraction(without(admitted), without(rejected));
  const five = testThreeWayInteraction(
    admitted.map((row) => row.slice(1)),
    rejected.map((row) => row.slice(1)),
  );
  near(fewer.statistic, five.statistic);
  assert.deepEqual([fewer.degreesOfFreedom, five.degreesOfFreedom], [df - 1, df - 1]);
  // Two rows that no column joins: nothing to compare.
  assert.throws(
    () =>
      testThreeWayInteraction(
        [
          [5, 0],
          [0, 6],
        ],
        [
          [4, 0],
          [0, 3],
        ],
      ),
    /seen together more than once/,
  );
  assert.throws(() => testThreeWayInteraction([[1, 2]], [[3, 4]]), /2 rows and 2 columns, got 1 and 2/);
});

test("pooled rates are those of R's optim, their intervals wider than with a known prior and near SciPy's integration over priors", () => {
  const { successes, totals, a, b, rates, low, high } = reference.pool;
  const pooled = poolRates(successes.map((count, i) => ({ successes: count, total: totals[i]! })));
  near(pooled.priorWeight, a + b, 1e-4);
  near(pooled.mean, a / (a + b), 1e-5);
  pooled.rates.forEach(({ rate, interval }, i) => {
    near(rate, rates[i]!, 1e-5);
    const theirs = high[i]! - low[i]!;
    const share = (interval.high - interval.low) / theirs;
    assert.ok(share > 1 && share < 1.7, `${share}`);
    if (totals[i]! < 50) return;
    const [integratedLow, integratedHigh] = [integrated.low[i]!, integrated.high[i]!];
    const most = 0.15 * (integratedHigh - integratedLow);
    assert.ok(Math.abs(interval.low - integratedLow) < most, `${interval.low} for ${integratedLow}`);
    assert.ok(Math.abs(interval.high - integratedHigh) < most, `${interval.high} for ${integratedHigh}`);
  });
});

test("groups that do not differ are known no better than all of them together", () => {
  const { rates, priorWeight } = poolRates(Array.from({ length: 3 }, () => ({ successes: 5, total: 50 })));
  assert.ok(priorWeight >= 1e5);
  // 15 of 150: a standard error of √(0.1 · 0.9 / 150).
  const width = 2 * 1.96 * Math.sqrt((0.1 * 0.9) / 150);
  for (const { interval } of rates) assert.ok(interval.high - interval.low > 0.95 * width);
  const random = createRandom(1);
  let held = 0;
  for (let set = 0; set < 200; set++) {
    const groups = [40, 60, 80, 200].map((total) => ({
      successes: Array.from({ length: total }, () => random.next()).filter((value) => value < 0.15).length,
      total,
    }));
    held += poolRates(groups).rates.filter(
      ({ interval: { low, high } }) => low <= 0.15 && 0.15 <= high,
    ).length;
  }
  assert.ok(held >= 0.92 * 800, `${held} of 800`);
});

test("groups alike are pooled whole, a group without rows gets the mean, and no rate is not a number", () => {
  const alike = poolRates([
    { successes: 10, total: 100 },
    { successes: 20, total: 200 },
    { successes: 0, total: 0 },
  ]);
  for (const { rate } of alike.rates) near(rate, 0.1, 0.02);
  for (const count of [0, 5]) {
    const { rates } = poolRates([
      { successes: count, total: 5 },
      { successes: count, total: 5 },
    ]);
    for (const { rate, interval } of rates) assert.ok(rate > 0 && rate < 1 && interval.low < interval.high);
  }
  for (const successes of [[0], [1], [0, 1]]) {
    const { rates } = poolRates([
      { successes: 0, total: 0 },
      ...successes.map((count) => ({ successes: count, total: 1 })),
    ]);
    for (const { a, b, interval } of rates) assert.ok(a > 0 && b > 0 && interval.low < interval.high);
  }
  assert.throws(() => poolRates([{ successes: 0, total: 0 }]), /groups must have rows, got none/);
});

test("survival and its bands are those of R", () => {
  for (const { time, ended, at, survival, low, high } of reference.survival) {
    const points = kaplanMeier(time, ended);
    assert.deepEqual(
      points.map((point) => point.time),
      at,
    );
    points.forEach((point, i) => {
      near(point.survival, survival[i]!);
      if (point.low !== null) near(point.low, low[i]!);
      if (point.high !== null) near(point.high, high[i]!);
    });
  }
  assert.throws(() => kaplanMeier([1, -1], [0, 1]), /times must be 0 or more, got -1 at 1/);
});

test("cohorts count who bought in the months after the first", () => {
  const day = (text: string) => Date.parse(text) / 86_400_000;
  const rows: readonly (readonly [string, string])[] = [
    ["a", "2025-01-05"],
    ["a", "2025-02-11"],
    ["a", "2025-02-20"],
    ["b", "2025-01-31"],
    ["b", "2025-03-01"],
    ["c", "2025-03-15"],
    ["d", "2025-04-01"],
  ];
  const purchases = {
    customers: rows.map(([key]) => key),
    days: rows.map(([, on]) => day(on)),
    amounts: rows.map(() => 1),
  };
  assert.deepEqual(
    cohortTable(purchases, day("2025-04-10")).map(({ month, active }) => ({ month, active })),
    [
      { month: "2025-01", active: [2, 1, 1] },
      { month: "2025-03", active: [1] },
    ],
  );
});

test("a holdout plan has the size and power of the textbook, and Neyman's shares", () => {
  const plan = holdoutPlan([{ key: "s1", name: "A", customers: 3400, baseRate: 0.05 }], {
    uplift: 0.02,
    holdout: 400,
  });
  near(plan[0]!.power, reference.power.power);
  assert.equal(plan[0]!.neededPerArm, reference.power.perArm);
  const shared = holdoutPlan(
    [
      { key: "s1", name: "A", customers: 1000, baseRate: 0.5 },
      { key: "s2", name: "B", customers: 1000, baseRate: 0.1 },
      { key: "s3", name: "C", customers: 10, baseRate: 0.5 },
    ],
    { uplift: 0.05, holdout: 405 },
  );
  assert.deepEqual(
    shared.map(({ holdout }) => holdout),
    [252, 151, 2],
  );
  const tiny = holdoutPlan([{ key: "s1", name: "A", customers: 7, baseRate: 0.1 }], { uplift: 0.01 });
  assert.deepEqual([tiny[0]!.holdout, tiny[0]!.isEnough], [3, false]);
});

test("who is left out hangs on key and name alone, in the share asked", () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `C${i}`);
  const out = assignHoldout(keys, 0.2, "spring");
  const count = out.reduce((sum, flag) => sum + flag, 0);
  assert.ok(Math.abs(count - 4000) < 4 * Math.sqrt(20_000 * 0.16));
  assert.deepEqual(assignHoldout(keys.slice(50, 60), 0.2, "spring"), out.slice(50, 60));
  assert.notDeepEqual(assignHoldout(keys, 0.2, "autumn"), out);
  const more = assignHoldout(keys, 0.3, "spring");
  assert.ok(out.every((flag, i) => flag <= more[i]!));
});

test("arms of the wrong size are found out", () => {
  assert.equal(checkSampleRatio([5000, 5050], [1, 1]).isSound, true);
  assert.equal(checkSampleRatio([5000, 5400], [1, 1]).isSound, false);
  near(checkSampleRatio([60, 40], [1, 1]).statistic, 4);
  assert.throws(() => checkSampleRatio([60, -4], [1, 1]), /counts\[1\] must be/);
});

test("uplift, its interval and the Qini coefficient are those of a test worked by hand", () => {
  // Newcombe (1998), table II: 56/70 against 48/80, method 10: 0.0524 to 0.3339.
  const rows = [
    ...Array.from({ length: 70 }, (_, i) => ({ treated: 1, responded: i < 56 ? 1 : 0 })),
    ...Array.from({ length: 80 }, (_, i) => ({ treated: 0, responded: i < 48 ? 1 : 0 })),
  ];
  const found = upliftBySegment(
    {
      labels: rows.map(() => 0),
      treated: rows.map((row) => row.treated),
      responded: rows.map((row) => row.responded),
    },
    [{ key: "s1", name: "A" }],
  );
  const { uplift, interval } = found.segments[0]!;
  near(uplift!, 0.2, 1e-12);
  assert.deepEqual([interval!.low.toFixed(4), interval!.high.toFixed(4)], ["0.0524", "0.3339"]);
  assert.equal(found.heterogeneity, null);
  // Four customers, the campaign moves the two with the higher score: the curve rises to 1/2 at half of them and stays.
  const qini = qiniCurve([2, 2, 1, 1], { treated: [1, 0, 1, 0], responded: [1, 0, 0, 0] });
  assert.deepEqual(qini.points, [
    { share: 0, gain: 0 },
    { share: 0.5, gain: 0.5 },
    { share: 1, gain: 0.5 },
  ]);
  near(qini.coefficient, 0.125, 1e-12);
  // The best alone has nobody to be compared with: no point. Of all three, one of two treated responds, the control does not.
  const alone = qiniCurve([3, 2, 2], { treated: [1, 1, 0], responded: [1, 0, 0] });
  assert.deepEqual(alone, {
    points: [
      { share: 0, gain: 0 },
      { share: 1, gain: 0.5 },
    ],
    coefficient: 0,
  });
});

test("opportunities are ranked by the weights, and leaders under few weightings show it", () => {
  const group = (key: string, size: number, growth: number, value: number) => ({
    key,
    name: key,
    size,
    growth,
    value,
    untapped: 0.5,
    dissatisfied: 0.2,
  });
  const groups = [group("small", 10, 0.9, 1), group("big", 100, 0, 2), group("rich", 60, 0.5, 9)];
  const weights = { size: 1, growth: 1, value: 1, untapped: 1, dissatisfied: 1 };
  const ranked = rankOpportunities(groups, { weights, seed: 1 });
  assert.deepEqual(
    ranked.map(({ key }) => key),
    ["rich", "big", "small"],
  );
  near(
    ranked.reduce((sum, { shareOnTop }) => sum + shareOnTop, 0),
    1,
    1e-12,
  );
  const onlySize = rankOpportunities(groups, { weights: { ...weights, growth: 0, value: 0 }, seed: 1 });
  assert.equal(onlySize[0]!.key, "big");
  assert.deepEqual(
    onlySize.map(({ key, shareOnTop }) => [key, shareOnTop]).sort(),
    ranked.map(({ key, shareOnTop }) => [key, shareOnTop]).sort(),
  );
  assert.throws(
    () => rankOpportunities(groups, { weights: { ...weights, size: -1 }, seed: 1 }),
    /weights.size must be/,
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { type CampaignRow, campaignResponse } from "#src/segments/campaign-response.js";
import { type BestCampaigns, bestCampaigns } from "#src/value/best-campaigns.js";
import { chancesBest } from "#src/value/chances-best.js";
import { outOfTimeValue, quantileGroups } from "#src/value/out-of-time-value.js";
import { policyProfit } from "#src/value/policy-profit.js";

const segments = ["Families", "Hunters", "Retired"].map((name, i) => ({ key: `s${i + 1}`, name }));
const campaigns = ["eco", "price", "spring"];

/** Campaigns sent to 900 customers, with a conversion rate for each segment and campaign. */
function answers(seed: number, rate: (segment: number, campaign: number) => number): BestCampaigns {
  const random = createRandom(seed);
  const keys = Array.from({ length: 900 }, (_, i) => `C${i}`);
  const labels = keys.map((_, i) => i % 3);
  const rows: CampaignRow[] = keys.flatMap((customer, i) =>
    campaigns.map((campaign, c) => ({
      customer,
      campaign,
      sent: 1,
      opened: 1,
      clicked: 0,
      converted: random.next() < rate(labels[i]!, c) ? 1 : 0,
    })),
  );
  return bestCampaigns(campaignResponse(rows, { keys, labels, segments }));
}

test("planted best campaigns are claimed, with their chances and what one for all would lose", () => {
  const best = [1, 1, 0];
  const found = answers(5, (s, c) => (best[s] === c ? 0.25 : 0.06));
  assert.deepEqual(
    found.segments.map(({ winner }) => winner),
    ["price", "price", "eco"],
  );
  assert.equal(found.forAll, "price");
  assert.ok(found.interaction!.pValue < 1e-6);
  const retired = found.segments[2]!;
  assert.ok(retired.regret > 8 && retired.outlook[0]!.chanceBest > 0.99);
  for (const { outlook } of found.segments)
    assert.ok(Math.abs(outlook.reduce((sum, { chanceBest }) => sum + chanceBest, 0) - 1) < 1e-9);
});

test("where all campaigns are alike, hardly any data set names a winner", () => {
  const claims = Array.from({ length: 30 }, (_, seed) => answers(seed, (s) => 0.05 + 0.05 * s)).filter(
    ({ segments: found }) => found.some(({ winner }) => winner !== null),
  );
  assert.ok(claims.length <= 2, `${claims.length} of 30`);
});

test("a campaign that works for all alike wins for all, and for no segment of its own", () => {
  const found = answers(3, (_, c) => (c === 2 ? 0.2 : 0.05));
  assert.equal(found.forAll, "spring");
  assert.deepEqual(
    found.segments.map(({ winner }) => winner),
    [null, null, null],
  );
  assert.match(
    found.notes.join(" "),
    /Segments do not answer to campaigns in ways of their own beyond chance/,
  );
  assert.match(found.notes[0]!, /Past response is not the effect of a campaign/);
});

test("the chance to be best is that of integrals worked by hand", () => {
  const beta = (a: number, b: number) => ({
    rate: a / (a + b),
    a,
    b,
    interval: { low: 0, high: 1, level: 0.95, method: "" },
  });
  // Of X as beta(2, 1) and U uniform, P(X > U) is the mean of X; of three alike a third each.
  const [two, one, none] = chancesBest([beta(2, 1), beta(1, 1), null]);
  assert.ok(Math.abs(two! - 2 / 3) < 1e-3 && Math.abs(one! - 1 / 3) < 1e-3 && none === 0);
  for (const chance of chancesBest([beta(30, 70), beta(30, 70), beta(30, 70)]))
    assert.ok(Math.abs(chance - 1 / 3) < 1e-9);
  assert.deepEqual(chancesBest([null, null]), [0, 0]);
});

test("the policy is made on some customers and judged on others", () => {
  const outcome = (seed: number) => {
    const random = createRandom(seed);
    const labels = Array.from({ length: 3000 }, (_, i) => i % 3);
    return { labels, responded: labels.map((label) => (random.next() < [0.6, 0.1, 0.05][label]! ? 1 : 0)) };
  };
  const found = policyProfit(outcome(1), outcome(2), segments, { cost: 3, revenue: 11, seed: 7 });
  assert.deepEqual(
    found.targeted.map(({ key }) => key),
    ["s1"],
  );
  const [own, all, none] = found.lines;
  assert.deepEqual([own!.contacted, all!.contacted, none!.profit], [1000, 3000, 0]);
  assert.ok(own!.profit > 3000 && all!.profit < own!.profit && found.gainInterval.low > 0);
});

test("a division that made the margin explains it, a random one explains what chance would", () => {
  const random = createRandom(4);
  const labels = Array.from({ length: 4000 }, (_, i) => i % 5);
  const margins = labels.map((label) => 10 * label + 5 * random.normal());
  const [own, chance, one] = outOfTimeValue(
    [
      { name: "own", labels },
      { name: "chance", labels: labels.map(() => random.below(10)) },
      { name: "one for all", labels: labels.map(() => 0) },
    ],
    margins,
    { seed: 1, draws: 200 },
  );
  // Variance between: 10² (5² − 1) / 12 = 200, within 25.
  assert.ok(Math.abs(own!.etaSquared - 200 / 225) < 0.01 && own!.interval.low < own!.etaSquared);
  assert.ok(Math.abs(chance!.epsilonSquared) < 0.005);
  assert.equal(one!.etaSquared, 0);
  assert.deepEqual([chance!.interval.low, one!.interval.low, one!.interval.high], [0, 0, 0]);
});

test("intervals hold what groups explain in the population, also where that is nothing", () => {
  const random = createRandom(9);
  for (const step of [0, 0.1, 0.25]) {
    // Ten groups whose means lie a step apart: a variance of step² (10² − 1) / 12 between them, 1 within.
    const between = (step ** 2 * 99) / 12;
    const truth = between / (between + 1);
    const held = Array.from({ length: 60 }, (_, seed) => {
      const labels = Array.from({ length: 300 }, () => random.below(10));
      const margins = labels.map((label) => step * label + random.normal());
      const [line] = outOfTimeValue([{ name: "ten", labels }], margins, { seed, draws: 200 });
      return line!.interval.low <= truth && truth <= line!.interval.high;
    }).filter(Boolean).length;
    assert.ok(held >= 53, `${held} of 60 at ${step}`);
  }
});

test("equal values share a quantile group", () => {
  assert.deepEqual([...quantileGroups([1, 1, 1, 1, 5, 6, 7, 8], 4)], [0, 0, 0, 0, 2, 2, 3, 3]);
});

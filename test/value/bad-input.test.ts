import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { type CampaignRow, campaignResponse } from "#src/segments/campaign-response.js";
import { assortmentGaps } from "#src/value/assortment-gaps.js";
import { basketAffinity } from "#src/value/basket-affinity.js";
import { bestCampaigns } from "#src/value/best-campaigns.js";
import { demandBySegment } from "#src/value/demand-by-segment.js";
import { fitMbgNbd } from "#src/value/fit-beta-geometric.js";
import { fitGammaGamma } from "#src/value/fit-gamma-gamma.js";
import { forecastDemand } from "#src/value/forecast-demand.js";
import { holdoutPlan } from "#src/value/holdout-plan.js";
import { outOfTimeValue, quantileGroups } from "#src/value/out-of-time-value.js";
import { policyProfit } from "#src/value/policy-profit.js";
import { poolRates } from "#src/value/pool-rates.js";
import { productAffinity } from "#src/value/product-affinity.js";
import { summarizePurchases } from "#src/value/summarize-purchases.js";
import { upliftBySegment } from "#src/value/uplift-by-segment.js";
import { saveList, valueBySegment } from "#src/value/value-by-segment.js";
import { valueConcentration } from "#src/value/value-concentration.js";
import { valueCustomers } from "#src/value/value-customers.js";

/** Throws at the first number anywhere inside that is not finite. */
function assertFinite(value: unknown, path: string = "result"): void {
  if (typeof value === "number") assert.ok(Number.isFinite(value), `${path} is ${value}`);
  else if (typeof value === "string") assert.doesNotMatch(value, /NaN|Infinity|undefined/, path);
  else if (ArrayBuffer.isView(value) || Array.isArray(value))
    Array.from(value as ArrayLike<unknown>).forEach((part, i) => {
      assertFinite(part, `${path}[${i}]`);
    });
  else if (value !== null && typeof value === "object")
    for (const [name, part] of Object.entries(value)) assertFinite(part, `${path}.${name}`);
}

const segments = ["Loyal", "Rare"].map((name, i) => ({ key: `s${i + 1}`, name }));
const terms = { margin: 0.3, horizonDays: 365, discountRate: 0.1, seed: 1, fits: 20, threads: 1 };

/** Purchases of 300 customers over a year, a fifth of them coming often. */
function purchasesOf(random = createRandom(5)) {
  const rows = Array.from({ length: 300 }, (_, c) =>
    Array.from({ length: 1 + random.below(c % 5 === 0 ? 12 : 3) }, () => ({
      customer: `C${c}`,
      day: random.below(365),
      amount: 10 + random.below(90),
    })),
  ).flat();
  return {
    customers: rows.map(({ customer }) => customer),
    days: rows.map(({ day }) => day),
    amounts: rows.map(({ amount }) => amount),
  };
}

function withRows(
  purchases: ReturnType<typeof purchasesOf>,
  rows: readonly (readonly [string, number, number])[],
) {
  return {
    customers: [...purchases.customers, ...rows.map(([customer]) => customer)],
    days: [...purchases.days, ...rows.map(([, day]) => day)],
    amounts: [...purchases.amounts, ...rows.map(([, , amount]) => amount)],
  };
}

function checkValued(purchases: ReturnType<typeof purchasesOf>) {
  const summary = summarizePurchases(purchases, { until: 364 });
  const valued = valueCustomers(summary, { ...terms, correlationLimit: 1 });
  const labels = valued.keys.map((_, i) => i % 2);
  const table = valueBySegment(valued, labels, segments);
  assertFinite([
    valued.values,
    valued.alive,
    valued.low,
    valued.high,
    table,
    saveList(valued, labels, segments, 5),
  ]);
  return { summary, valued };
}

test("negative spend and refunds above purchases are counted, and leave every value finite", () => {
  const { summary, valued } = checkValued(
    withRows(purchasesOf(), [
      ["C1", 100, -5000],
      ["only refunds", 50, -20],
      ["C2", 364, -1],
    ]),
  );
  assert.equal(summary.overRefunded, 2);
  assert.ok(!summary.keys.includes("only refunds"));
  assert.ok(valued.values.every((value) => value >= 0));
  assert.throws(
    () => fitGammaGamma({ purchases: [2, 3, 1, 4], meanValue: [10, -4, 8, 9] }),
    /meanValue must be above 0 for customers with purchases, got -4 at 1. Leave out customers whose refunds exceed/,
  );
  assert.throws(() => valueConcentration([5, -3]), /values must be 0 or more, got -3/);
});

test("customers whose first purchase is after the calibration are left out and counted", () => {
  const late = withRows(purchasesOf(), [["late", 400, 30]]);
  const summary = summarizePurchases(late, { until: 364, holdoutUntil: 500 });
  assert.equal(summary.cameLater, 1);
  assert.ok(!summary.keys.includes("late"));
  assert.throws(
    () => fitMbgNbd({ repeats: [1, 0], lastRepeat: [2, 0], observed: [5, -3] }),
    /observed must be 0 or more, got -3 at 1. Leave out customers who came later/,
  );
  assert.throws(
    () => summarizePurchases(purchasesOf(), { until: -1 }),
    /purchases must hold some until day -1, got none/,
  );
});

const keys = Array.from({ length: 200 }, (_, i) => `C${i}`);
const labels = keys.map((_, i) => i % 2);
const membership = { keys, labels, segments };
const mailed = (converts: (i: number, campaign: string) => boolean, sent = (_: number, __: string) => true) =>
  keys.flatMap((customer, i) =>
    ["spring", "summer"].flatMap((campaign): CampaignRow[] =>
      sent(i, campaign)
        ? [{ customer, campaign, sent: 1, opened: 1, clicked: 1, converted: converts(i, campaign) ? 1 : 0 }]
        : [],
    ),
  );

test("a campaign that a segment never got has no rate of its own there, and that is said", () => {
  const rows = mailed(
    (i) => i % 7 === 0,
    (i, campaign) => campaign === "spring" || i % 2 === 0,
  );
  const response = campaignResponse(rows, membership);
  const unsent = response.cells.find(({ segment, campaign }) => segment === "s2" && campaign === "summer")!;
  assert.deepEqual([unsent.reached, unsent.converted.rate, unsent.converted.interval], [0, null, null]);
  const best = bestCampaigns(response);
  assert.match(
    best.notes.join(" "),
    /Never sent: summer to Rare\. Their rates are those of the campaign elsewhere/,
  );
  assert.equal(best.segments[1]!.winner, null);
  assertFinite([response, best]);
});

test("without conversions no campaign is best, no contact pays and no uplift is seen", () => {
  const response = campaignResponse(
    mailed(() => false),
    membership,
  );
  assertFinite(response);
  const best = bestCampaigns(response);
  assertFinite(best);
  assert.deepEqual([best.forAll, best.pValue, best.interaction], [null, null, null]);
  assert.ok(best.segments.every(({ winner, regret }) => winner === null && regret === 0));
  assert.match(best.notes.join(" "), /cannot be asked: too few conversions/);
  const nobody = { labels, responded: keys.map(() => 0) };
  const policy = policyProfit(nobody, nobody, segments, { cost: 3, revenue: 11, seed: 1, draws: 100 });
  assert.deepEqual([policy.targeted, policy.lines[0]!.profit, policy.gain], [[], 0, 0]);
  const uplift = upliftBySegment({ ...nobody, treated: keys.map((_, i) => (i % 4 < 2 ? 1 : 0)) }, segments);
  assertFinite([
    policy,
    uplift,
    poolRates([
      { successes: 0, total: 50 },
      { successes: 0, total: 0 },
    ]),
  ]);
  assert.deepEqual(
    uplift.segments.map((line) => line.uplift),
    [0, 0],
  );
});

test("one customer with two fifths of the revenue changes no count of customers, and every figure stays finite", () => {
  const plain = purchasesOf();
  const revenue = plain.amounts.reduce((sum, amount) => sum + amount, 0);
  const heavy = withRows(plain, [
    ["C7", 20, revenue / 3],
    ["C7", 120, revenue / 3],
  ]);
  checkValued(heavy);
  const totals = new Map<string, number>();
  heavy.customers.forEach((customer, i) => {
    totals.set(customer, (totals.get(customer) ?? 0) + heavy.amounts[i]!);
  });
  const values = Float64Array.from(totals.values());
  const { largest, gini } = valueConcentration(values);
  assert.ok(largest > 0.4 && gini > 0.4 && gini < 1);
  const deciles = { name: "deciles", labels: quantileGroups(values, 10) };
  assertFinite(outOfTimeValue([deciles], values, { seed: 1, draws: 100 }));
  const bought = keys.map((customer, i) => ({ customer, item: i % 3 === 0 ? "tea" : "pots", amount: 1 }));
  const { cells } = productAffinity([...bought, { customer: "C0", item: "tea", amount: 1e9 }], membership);
  assert.deepEqual(cells, productAffinity(bought, membership).cells);
  assertFinite(cells);
});

test("a horizon of no days and a discount of −1 are refused", () => {
  const summary = summarizePurchases(purchasesOf(), { until: 364 });
  assert.throws(
    () => valueCustomers(summary, { ...terms, horizonDays: 0 }),
    /horizonDays must be a whole number from 1 to \d+, got 0/,
  );
  assert.throws(
    () => valueCustomers(summary, { ...terms, discountRate: -1 }),
    /discountRate must be a number from 0 to 10, got -1/,
  );
});

test("a segment smaller than its holdout must be is told apart, with what it can see", () => {
  const plan = holdoutPlan(
    [
      { ...segments[0]!, customers: 40_000, baseRate: 0.05 },
      { ...segments[1]!, customers: 60, baseRate: 0.05 },
    ],
    { uplift: 0.02 },
  );
  assert.deepEqual(
    plan.map(({ isEnough }) => isEnough),
    [true, false],
  );
  assert.deepEqual([plan[1]!.holdout, plan[1]!.power < 0.1, plan[1]!.detectable! > 0.1], [30, true, true]);
  const single = holdoutPlan([{ ...segments[0]!, customers: 1, baseRate: 0.05 }], { uplift: 0.02 });
  assert.deepEqual([single[0]!.holdout, single[0]!.power, single[0]!.detectable], [0, 0, null]);
  assertFinite([plan, single]);
});

test("purchases that cannot be counted are refused, and too few give empty answers", () => {
  assert.throws(
    () => productAffinity([{ customer: "C1", item: "tea", amount: Number.NaN }], membership),
    /productAffinity: rows must hold finite amounts, got NaN for customer "C1"/,
  );
  assert.throws(() => productAffinity([], membership, { breadthGroups: 0 }), /breadthGroups must be/);
  assert.deepEqual(productAffinity([], membership).cells, []);
  assert.deepEqual(basketAffinity([]).pairs, []);
  assert.throws(
    () => forecastDemand([1, 2, -3, 4, 5, 6, 7], { ahead: 3, season: 12 }),
    /series\[2\] must be/,
  );
  assert.throws(
    () => forecastDemand([1, 2, 3], { ahead: 3, season: 12 }),
    /series must have at least 7 periods to hold out 3, got 3/,
  );
  const one = { customer: "C1", item: "tea", amount: -2, day: 40 };
  const returned = demandBySegment([one], membership, { from: 0, until: 400 });
  assert.equal(returned.lines[0]!.forecast, null);
  assertFinite(returned);
  const alike = matrixOf({ age: keys.map(() => 30) });
  const bought = keys.map((customer) => ({ customer, item: "tea", amount: 1 }));
  assert.throws(
    () => assortmentGaps(bought, membership, alike),
    /traits must differ between customers and not repeat one another/,
  );
  const unknown = matrixOf({ age: keys.map(() => Number.NaN) });
  assert.throws(() => assortmentGaps(bought, membership, unknown), /traits must be known for some customers/);
});

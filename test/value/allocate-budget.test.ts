import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom, type Random } from "#src/core/random.js";
import { allocateBudget, type BudgetOption } from "#src/value/allocate-budget.js";
import { fitResponseCurve, type ResponseCurve, responseAt } from "#src/value/response-curve.js";

function randomCurve(random: Random): ResponseCurve {
  const kind = random.below(3);
  if (kind === 0)
    return { kind: "saturating", ceiling: 1 + 40 * random.next(), scale: 1 + 5 * random.next() };
  if (kind === 1) return { kind: "root", factor: 10 * random.next() };
  const slopes = [9 * random.next(), 5 * random.next(), 2 * random.next()].sort((a, b) => b - a);
  let height = 0;
  return {
    kind: "points",
    spend: [2, 4, 8],
    response: slopes.map((slope, i) => (height += slope * [2, 2, 4][i]!)),
  };
}

/** Spend and response of every division of whole steps within the limits. */
function everyDivision(
  options: readonly BudgetOption[],
  left: number,
  step: number,
): readonly { readonly spend: number; readonly response: number }[] {
  const [option, ...others] = options;
  if (option === undefined) return [{ spend: 0, response: 0 }];
  const { curve, least = 0, most = left } = option;
  const spends = Array.from({ length: Math.floor(left / step) + 1 }, (_, count) => count * step);
  return spends
    .filter((spend) => spend >= least && spend <= most)
    .flatMap((own) =>
      everyDivision(others, left - own, step).map(({ spend, response }) => ({
        spend: own + spend,
        response: responseAt(curve, own) + response,
      })),
    );
}

for (const { step, spendAll } of [
  { step: 1, spendAll: false },
  { step: 1, spendAll: true },
  { step: 0.5, spendAll: false },
])
  test(`the allocation earns what the best of all divisions earns, on 200 small cases in steps of ${step}${spendAll ? ", all spent" : ""}`, () => {
    const random = createRandom(11);
    for (let i = 0; i < 200; i++) {
      const budget = (4 + random.below(9)) * (step === 1 ? 1 : 0.5);
      const options = Array.from({ length: 2 + random.below(3) }, (_, o) => {
        const least = random.below(2) * step;
        return { name: `o${o}`, curve: randomCurve(random), least, most: least + random.below(budget) };
      });
      const { best } = allocateBudget(options, budget, { step, spendAll });
      const divisions = everyDivision(options, budget, step);
      const most = Math.max(...divisions.map(({ spend }) => spend));
      const allowed = divisions.filter(({ spend }) => !spendAll || spend === most);
      const profit = Math.max(...allowed.map(({ spend, response }) => response - spend));
      assert.ok(Math.abs(best.profit - profit) < 1e-9, `${best.profit} instead of ${profit} in case ${i}`);
    }
  });

test("the simpler plans spend by customers and by value, and never earn more", () => {
  const options: BudgetOption[] = [
    { name: "loyal", curve: { kind: "saturating", ceiling: 300, scale: 40 }, customers: 300, value: 9 },
    { name: "new", curve: { kind: "saturating", ceiling: 900, scale: 200 }, customers: 100, value: 2 },
  ];
  const { best, proportional, valueOnly, unspent } = allocateBudget(options, 200, { step: 1 });
  assert.deepEqual(
    proportional.lines.map(({ spend }) => spend),
    [150, 50],
  );
  assert.deepEqual(
    valueOnly.lines.map(({ spend }) => spend),
    [200, 0],
  );
  assert.ok(best.profit > proportional.profit && proportional.profit > valueOnly.profit);
  assert.equal(unspent, 200 - best.spend);
});

test("money stays unspent where a step brings less than it costs, unless all must go", () => {
  const options: BudgetOption[] = [
    { name: "mail", curve: { kind: "points", spend: [10, 100], response: [30, 60] } },
  ];
  const saved = allocateBudget(options, 100, { step: 1 });
  assert.deepEqual([saved.best.spend, saved.unspent], [10, 90]);
  assert.equal(allocateBudget(options, 100, { step: 1, spendAll: true }).best.spend, 100);
});

test("alternatives give the best plan a band and a chance to beat the proportional one", () => {
  const curve = (ceiling: number): ResponseCurve => ({ kind: "saturating", ceiling, scale: 20 });
  const options: BudgetOption[] = [
    { name: "a", curve: curve(200), alternatives: [190, 200, 210, 40].map(curve) },
    { name: "b", curve: curve(60), alternatives: [60, 50, 70, 210].map(curve) },
  ];
  const { responseBand, betterThanProportional } = allocateBudget(options, 60, { step: 1, spendAll: true });
  assert.ok(responseBand!.low < responseBand!.high);
  assert.equal(betterThanProportional, 0.75);
});

test("what cannot be allocated is refused in words", () => {
  const steeper: ResponseCurve = { kind: "points", spend: [1, 2], response: [1, 5] };
  assert.throws(
    () => allocateBudget([{ name: "tv", curve: steeper }], 10, { step: 1 }),
    /allocateBudget: response of tv must rise ever less with spend, got a steeper part up to 2/,
  );
  const root: ResponseCurve = { kind: "root", factor: 1 };
  assert.throws(
    () => allocateBudget([{ name: "tv", curve: root, least: 11 }], 10, { step: 1 }),
    /least of tv/,
  );
  for (const [change, message] of [
    [{ customers: 0 }, /customers of tv must be/],
    [{ customers: Number.NaN }, /customers of tv must be/],
    [{ value: Number.NaN }, /value of tv must be/],
  ] as const)
    assert.throws(() => allocateBudget([{ name: "tv", curve: root, ...change }], 10, { step: 1 }), message);
  assert.throws(() => allocateBudget([], 10, { step: 1 }), /options must hold at least one/);
  assert.throws(() => allocateBudget([{ name: "tv", curve: root }], 0, { step: 1 }), /budget must be/);
});

test("a fitted curve is the one that made the history", () => {
  const spend = [5, 10, 20, 40, 80, 160];
  const made: ResponseCurve = { kind: "saturating", ceiling: 120, scale: 33 };
  const { curve, residualDeviation } = fitResponseCurve(
    spend,
    spend.map((value) => responseAt(made, value)),
  );
  assert.ok(Math.abs(curve.ceiling / 120 - 1) < 1e-6 && Math.abs(curve.scale / 33 - 1) < 1e-6);
  assert.ok(residualDeviation < 1e-4);
  assert.throws(() => fitResponseCurve([1, 1, 1], [2, 3, 4]), /3 values and 2 that differ/);
  for (const response of [
    [-2, -3, -4],
    [5, 5, 5],
    [9, 5, 2],
  ])
    assert.throws(() => fitResponseCurve([1, 2, 3], response), /response must rise with spend/);
});

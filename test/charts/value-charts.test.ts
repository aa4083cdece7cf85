import assert from "node:assert/strict";
import { test } from "node:test";
import { campaignOutlook } from "#src/charts/campaign-outlook.js";
import { customerSurvivalFigure } from "#src/charts/customer-survival.js";
import type { Figure } from "#src/charts/figure.js";
import { figurePicture, isPicturable } from "#src/charts/figure-picture.js";
import { opportunityScores } from "#src/charts/opportunity-scores.js";
import { productLeadsFigure } from "#src/charts/product-leads.js";
import { purchaseTrack } from "#src/charts/purchase-track.js";
import { valueAtStake } from "#src/charts/value-at-stake.js";
import { segmentWorth, type ValueView } from "#src/charts/value-worth.js";
import { dayNumber } from "#src/core/calendar-day.js";

const loyal = { key: "s1", name: "Loyal", size: 300 };
const lapsed = { key: "s2", name: "<Lapsed> & gone", size: 600 };

const value: ValueView = {
  shown: [
    { ...loyal, total: 6000, low: 5400, high: 6900, share: 0.6, mean: 20, stopped: 30, atStake: 500 },
    { ...lapsed, total: 3000, low: 2000, high: 4500, share: 0.3, mean: 5, stopped: 420, atStake: 1500 },
  ],
  currency: "EUR",
  unit: "margin",
  config: { horizonDays: 365 },
  // A hundred more are in segments that may not be shown.
  valuation: { level: 0.9, keys: { length: 1000 } },
};

/** What must hold of every figure: no hole in what plotly gets, a still picture, a table whose rows fit. */
function checkFigure({ title, data, layout, table }: Figure): void {
  assert.doesNotMatch(title, /undefined|NaN|null|Infinity/);
  assert.deepEqual(JSON.parse(JSON.stringify({ data, layout })), { data, layout });
  for (const row of table.rows) assert.equal(row.length, table.columns.length);
}

function trace(figure: Figure, place: number): Readonly<Record<string, unknown>> {
  return figure.data[place]!;
}

test("worth: both shares are of all customers with a value, the interval is that of the sum", () => {
  const figure = segmentWorth(value);
  checkFigure(figure);
  assert.ok(isPicturable(figure) && figurePicture(figure).length > 100);
  assert.match(figure.title, /“Loyal” are 30 % of customers and 60 % of the margin .* 365 days: .*6,000/);
  assert.deepEqual(trace(figure, 0).x, [0.3, 0.6]);
  const { array, arrayminus } = trace(figure, 1).error_x as Record<string, number[]>;
  // 6,900 − 6,000 and 6,000 − 5,400, as shares of the 10,000 that all will bring.
  assert.deepEqual(
    [array![0]!, arrayminus![0]!].map((share) => share.toFixed(6)),
    ["0.090000", "0.060000"],
  );
  assert.deepEqual(figure.table.rows[0]!.slice(1, 5), [300, 30, 6000, 5400]);
});

test("at stake: the title names who holds most of it, and nothing is lost where nobody stops", () => {
  const figure = valueAtStake(value);
  checkFigure(figure);
  assert.match(
    figure.title,
    /“<Lapsed> & gone” hold 75 % of the 2,000 EUR at stake: 420 of 600 have probably/,
  );
  assert.equal(figure.table.rows[1]!.at(-1), 1500 / 420);
  const safe = value.shown.map((segment) => ({ ...segment, stopped: 0, atStake: 0 }));
  const calm = valueAtStake({ ...value, shown: safe });
  checkFigure(calm);
  assert.match(calm.title, /Hardly any margin is at stake/);
  assert.equal(calm.table.rows[0]!.at(-1), null);
});

test("figures of value say so where no segment may be shown", () => {
  for (const figure of [segmentWorth({ ...value, shown: [] }), valueAtStake({ ...value, shown: [] })]) {
    checkFigure(figure);
    assert.equal(figure.title, "No segment has enough customers with a value to be shown");
  }
});

const outlook = (rates: readonly number[]) =>
  ["Spring", "Eco"].map((campaign, c) => ({
    campaign,
    reached: 100,
    converted: 100 * rates[c]!,
    pooled: { rate: rates[c]!, interval: { low: rates[c]! - 0.02, high: rates[c]! + 0.03 } },
    chanceBest: rates[c]! > 0.1 ? 0.99 : 0.01,
  }));

test("campaigns: a claim is a filled mark, a guess a hollow one with a question mark", () => {
  const best = {
    forAll: "Spring",
    segments: [
      { ...loyal, winner: "Eco", outlook: outlook([0.05, 0.2]) },
      { ...lapsed, winner: null, outlook: outlook([0.06, 0.05]) },
    ],
    notes: ["No effect."],
  };
  const figure = campaignOutlook(best, [loyal, lapsed]);
  checkFigure(figure);
  assert.match(figure.title, /1 of 2 segments .*: “Eco” sold to 20 % of “Loyal”; grey: “Spring”/);
  const symbols = figure.data.slice(1).map(({ marker }) => (marker as { symbol: string }).symbol);
  assert.deepEqual(
    symbols.map((symbol) => symbol.endsWith("-open")),
    [false, true],
  );
  const labels = (figure.layout.annotations as { text: string }[]).map(({ text }) => text);
  assert.deepEqual(labels, ["Eco", "Spring?"]);
  assert.deepEqual(trace(figure, 0).x, [0.05, 0.06]);
  assert.equal(figure.table.rows.length, 4);
  const silent = campaignOutlook(
    { ...best, forAll: null, segments: best.segments.map((own) => ({ ...own, winner: null })) },
    [loyal],
  );
  checkFigure(silent);
  assert.equal(silent.title, "No campaign is shown to be better than another, in any segment");
});

const lead = (item: string, lift: number, qValue: number | null) => ({
  segment: "s1",
  item,
  buyers: 40,
  customers: 100,
  pooledLift: lift,
  interval: { low: lift - 0.3, high: lift + 0.3 },
  qValue,
});

test("products: only leanings that are no chance finds are drawn, the two strongest of a segment", () => {
  const cells = [
    lead("tea", 1.5, 0.01),
    lead("cake", 3, 0.2),
    lead("jam", 2, 0.001),
    lead("bread", 1.4, 0.02),
    lead("salt", 1.1, 0.001),
  ];
  const figure = productLeadsFigure({ cells, judged: 5, notes: [] }, [loyal, lapsed]);
  checkFigure(figure);
  assert.deepEqual(
    figure.table.rows.map(([, item]) => item),
    ["jam", "tea"],
  );
  assert.match(figure.title, /“Loyal” are 2 × as likely to buy jam/);
  assert.match(figure.table.note!, /None stands out in “<Lapsed> & gone”/);
  const none = productLeadsFigure({ cells: [], judged: 0, notes: [] }, [loyal], "product");
  checkFigure(none);
  assert.equal(none.title, "No segment is shown to buy any product more than others do");
});

test("opportunities: a part that weighs nothing is not shown, a shared first place is said", () => {
  const scaled = { size: 1, growth: 0, value: 0.5, untapped: 1, dissatisfied: 0.5 };
  const ranked = [
    { ...loyal, scaled, score: 0.8, rank: 1, shareOnTop: 0.42 },
    { ...lapsed, scaled, score: 0.5, rank: 2, shareOnTop: 0.58 },
  ];
  const weights = { size: 1, growth: 1, value: 2, untapped: 2, dissatisfied: 0 };
  const figure = opportunityScores({ ranked, weights, notes: [] });
  checkFigure(figure);
  assert.match(figure.title, /“Loyal” score highest .* under 42 % of all weightings/);
  assert.ok(!figure.table.columns.some(({ name }) => name.startsWith("dissatisfied")));
  const tied = ranked.map((row) => ({ ...row, score: 0.8, rank: 1 }));
  assert.match(opportunityScores({ ranked: tied, weights, notes: [] }).title, /share the first place/);
  checkFigure(opportunityScores({ ranked: null, weights, notes: [] }));
});

test("track: the title says by how much the expectation missed, the table which weeks were fitted", () => {
  const start = dayNumber("2025-01-05")!;
  const track = { days: [start, start + 7, start + 14], actual: [4, 10, 20], expected: [5, 10, 17] };
  const view = {
    track: { ...track, holdoutFrom: 2 },
    calibrationEnd: "2025-01-12",
    actual: 10,
    expected: 7,
  };
  const figure = purchaseTrack(view);
  checkFigure(figure);
  assert.match(figure.title, /After 2025-01-12 the models expected 7 purchases and 10 came: 30 % too few/);
  assert.deepEqual(
    figure.table.rows.map((row) => row.at(-1)),
    ["yes", "yes", "no"],
  );
  assert.match(purchaseTrack({ ...view, actual: 0 }).title, /0 came$/);
});

test("survival: segments are compared after a year only where both were watched so long", () => {
  const point = (time: number, survival: number) => ({
    time,
    survival,
    low: survival - 0.05,
    high: survival + 0.05,
  });
  const curves = [
    { key: "s1", name: "Loyal", customers: 90, points: [point(100, 0.9), point(400, 0.8)] },
    { key: "s2", name: "Lapsed", customers: 80, points: [point(50, 0.4), point(370, 0.2)] },
  ];
  const survival = { definition: "Left: silent.", segments: curves };
  const figure = customerSurvivalFigure(survival, [loyal, lapsed]);
  checkFigure(figure);
  assert.match(figure.title, /A year .* 90 % of “Loyal” still buy, and 40 % of “Lapsed”/);
  assert.match(figure.table.note!, /Segments drawn on purchases of the same time/);
  const short = [curves[0]!, { ...curves[1]!, points: [point(50, 0.4)] }];
  const brief = customerSurvivalFigure({ ...survival, segments: short }, [loyal, lapsed]);
  assert.equal(brief.title, "How long customers go on buying");
  assert.deepEqual(brief.table.rows[1]!.slice(2), [null, null, null, null, null, null]);
  // A segment that may not be shown is not.
  assert.equal(customerSurvivalFigure(survival, [loyal]).table.rows.length, 1);
  checkFigure(customerSurvivalFigure(survival, []));
});

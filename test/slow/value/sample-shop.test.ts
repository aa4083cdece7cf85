import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { type CampaignRow, campaignResponse } from "#src/segments/campaign-response.js";
import { assortmentGaps } from "#src/value/assortment-gaps.js";
import { bestCampaigns } from "#src/value/best-campaigns.js";
import { productAffinity } from "#src/value/product-affinity.js";
import { rankOpportunities } from "#src/value/rank-opportunities.js";
import { statedAgainstBought } from "#src/value/stated-against-bought.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { segmentCustomers } from "#src/workbook/segment-customers.js";

// A copy, so that nothing remembered from another run can answer for this one.
const folder = mkdtempSync(join(tmpdir(), "segbook-value-"));
cpSync("data/sample", folder, { recursive: true, filter: (path) => !path.includes(".segbook") });
after(() => rmSync(folder, { recursive: true, force: true }));

const book = await openWorkbook(join(folder, "segbook.yaml"));
after(() => book.close());
const found = await segmentCustomers(book);
const table = await book.table();
const { keys, labels } = found.assignment;
const membership = { keys, labels, segments: found.segments };

async function rowsOf<Row>(query: string): Promise<Row[]> {
  const rows = await book.engine.rows(query);
  return rows.map((row) => Object.fromEntries(row) as Row);
}

const mailings = await rowsOf<CampaignRow>(
  `SELECT "customer_id" AS "customer", "campaign", "sent", "opened", "clicked", "converted" FROM "campaigns" ORDER BY ALL`,
);
const pieces = (column: "category" | "product") =>
  rowsOf<{ customer: string; item: string; amount: number }>(
    `SELECT "customer_id" AS "customer", "${column}" AS "item", sum("quantity")::DOUBLE AS "amount" FROM "transactions" GROUP BY ALL ORDER BY ALL`,
  );
const ecoRange = ["Organic basics", "Repair and reuse"];

/** Values of one number column by customer. */
function numbers(name: string): Float64Array {
  const column = table.columns.find(({ feature }) => feature.name === name)!;
  return Float64Array.from(column.values as ArrayLike<number>);
}

/** Planted in data/README.md. */
const planted: Readonly<Record<string, string>> = {
  "Loyal families": "Back to school",
  "Bargain hunters": "Final clearance",
  "Young professionals": "Office refresh",
  "Lapsed one-timers": "We miss you",
  "Retired regulars": "Warm classics",
  "Eco-minded": "Wear it longer",
};

test("the planted campaign is the likeliest best of every segment, and claimed for all but the hardly reached", (t) => {
  const best = bestCampaigns(campaignResponse(mailings, membership));
  assert.ok(best.interaction!.pValue < 1e-6);
  for (const { name, outlook, winner, regret } of best.segments) {
    const likeliest = outlook.reduce((a, b) => (b.chanceBest > a.chanceBest ? b : a));
    t.diagnostic(
      `${name}: ${likeliest.campaign}, chance ${likeliest.chanceBest.toFixed(2)}, claimed ${winner !== null}, regret ${regret.toFixed(1)}`,
    );
    assert.equal(likeliest.campaign, planted[name]);
    // The lapsed bought from 10 of 252 letters: a chance of 0.85 is no claim.
    assert.equal(winner, name === "Lapsed one-timers" ? null : planted[name]);
  }
});

test("on copies in which all campaigns are equal, no segment gets a winner in at least 95 of 100", (t) => {
  const labelOf = new Map(keys.map((key, i) => [key, labels[i]!]));
  const rates = found.segments.map((_, s) => {
    const own = mailings.filter(({ customer }) => labelOf.get(customer) === s);
    return own.filter(({ converted }) => converted > 0).length / own.length;
  });
  let [silent, forAll] = [0, 0];
  for (let seed = 0; seed < 100; seed++) {
    const random = createRandom(seed);
    const equal = mailings.map((row) => ({
      ...row,
      converted: random.next() < rates[labelOf.get(row.customer)!]! ? 1 : 0,
    }));
    const best = bestCampaigns(campaignResponse(equal, membership));
    if (best.segments.every(({ winner }) => winner === null)) silent++;
    if (best.forAll === null) forAll++;
  }
  t.diagnostic(`no winner of a segment in ${silent}, none for all in ${forAll} of 100`);
  assert.ok(silent >= 95, `${silent} of 100`);
});

test("the eco range is what the eco-minded take to, among categories and among products", async (t) => {
  const categories = productAffinity(await pieces("category"), membership, { breadthGroups: 5 });
  const own = categories.cells
    .filter(({ name }) => name === "Eco-minded")
    .sort((a, b) => (b.pooledLift ?? 0) - (a.pooledLift ?? 0));
  assert.deepEqual(
    own
      .slice(0, 2)
      .map(({ item }) => item)
      .sort(),
    ecoRange,
  );
  for (const { item, pooledLift, interval, qValue } of own.slice(0, 2)) {
    t.diagnostic(
      `${item}: ${pooledLift!.toFixed(2)} (${interval!.low.toFixed(2)} to ${interval!.high.toFixed(2)})`,
    );
    assert.ok(interval!.low > 3 && qValue! < 1e-100);
  }
  const products = productAffinity(await pieces("product"), membership, { breadthGroups: 5 });
  const eco = await rowsOf<{ product: string }>(
    `SELECT DISTINCT "product" FROM "transactions" WHERE "category" IN ('${ecoRange.join("', '")}')`,
  );
  const judged = products.cells.filter(({ name, lift }) => name === "Eco-minded" && lift !== null);
  const leading = judged.filter(({ qValue, pooledLift }) => qValue! < 0.05 && pooledLift! > 2);
  const ecoProducts = eco
    .map(({ product }) => product)
    .filter((item) => judged.some((cell) => cell.item === item));
  assert.ok(ecoProducts.length >= 9);
  assert.deepEqual(leading.map(({ item }) => item).sort(), ecoProducts.sort());
});

test("the eco-minded are the opportunity: worth most, written to least, first under the most weightings", async (t) => {
  const spent = await rowsOf<{ customer: string; before: number; last: number }>(
    `SELECT "customer_id" AS "customer", sum("amount") FILTER ("date" <= DATE '2025-03-31')::DOUBLE AS "before",
      sum("amount") FILTER ("date" > DATE '2025-03-31')::DOUBLE AS "last" FROM "transactions" GROUP BY ALL ORDER BY ALL`,
  );
  const spentBy = new Map(spent.map((row) => [row.customer, row]));
  const sent = numbers("campaigns_sent");
  const campaigns = new Set(mailings.map(({ campaign }) => campaign)).size;
  const groups = found.segments.map(({ key, name, size }, s) => {
    const own = keys.flatMap((_, i) => (labels[i] === s ? [i] : []));
    const sumOf = (value: (i: number) => number) => own.reduce((sum, i) => sum + value(i), 0);
    const last = sumOf((i) => (spentBy.get(keys[i]!)?.last ?? 0) / 100);
    const before = sumOf((i) => (spentBy.get(keys[i]!)?.before ?? 0) / 100);
    const untapped = 1 - sumOf((i) => sent[i]!) / size / campaigns;
    return { key, name, size, growth: last / before - 1, value: last / size, untapped, dissatisfied: 0 };
  });
  // Value and reach weigh double; nobody was asked how satisfied they are.
  const weights = { size: 1, growth: 1, value: 2, untapped: 2, dissatisfied: 0 };
  const ranked = rankOpportunities(groups, { weights, seed: 7 });
  for (const { name, score, shareOnTop, value, untapped, growth } of ranked)
    t.diagnostic(
      `${name}: score ${score.toFixed(2)}, on top ${shareOnTop.toFixed(2)}, value ${value.toFixed(0)}, untapped ${untapped.toFixed(2)}, growth ${growth.toFixed(2)}`,
    );
  const [first] = ranked;
  assert.equal(first!.name, "Eco-minded");
  assert.equal(Math.max(...ranked.map(({ shareOnTop }) => shareOnTop)), first!.shareOnTop);
  assert.deepEqual([first!.scaled.value, first!.scaled.untapped], [1, 1]);
});

test("who says that the environment decides buys the eco range, and those who do not yet are counted", async (t) => {
  const eco = (await pieces("category")).filter(({ item, amount }) => ecoRange.includes(item) && amount > 0);
  const buyers = new Set(eco.map(({ customer }) => customer));
  const stated = numbers("values_environment");
  const bought = keys.map((key) => (buyers.has(key) ? 1 : 0));
  const lines = statedAgainstBought({ labels, stated, bought }, found.segments, { agreesFrom: 4 });
  for (const { name, agree, others, untapped } of lines)
    t.diagnostic(
      `${name}: ${agree.buyers} of ${agree.customers} who agree, ${others.buyers} of ${others.customers} others, ${untapped} untapped`,
    );
  const all = lines.at(-1)!;
  assert.ok(all.agree.interval!.low > all.others.interval!.high);
  const traits = matrixOf({ values: stated, orders: numbers("order_count").map(Math.log1p) });
  const { gaps } = assortmentGaps(
    eco.map((row) => ({ ...row, item: "eco range" })),
    membership,
    traits,
  );
  for (const { name, share, expected, missing, qValue } of gaps)
    t.diagnostic(
      `${name}: ${share.toFixed(2)} buy the eco range, ${expected.toFixed(2)} expected of their values and orders, ${missing.toFixed(0)} missing, q ${qValue.toPrecision(2)}`,
    );
  const hunters = gaps.find(({ name }) => name === "Bargain hunters")!;
  assert.ok(hunters.gap < 0 && hunters.qValue < 0.05 && hunters.interval.high < 0);
});

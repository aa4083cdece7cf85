import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { chiSquareTest } from "#src/inference/chi-square-test.js";
import {
  type CampaignRow,
  campaignResponse,
  type SegmentMembership,
} from "#src/segments/campaign-response.js";
import { assignHoldout } from "#src/value/assign-holdout.js";
import { bestCampaigns } from "#src/value/best-campaigns.js";
import { testHeterogeneity } from "#src/value/effect-heterogeneity.js";
import { policyProfit } from "#src/value/policy-profit.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { segmentCustomers } from "#src/workbook/segment-customers.js";
import { datasetFile, withoutDataset } from "../../datasets.js";

const path = datasetFile("marketing_campaign/marketing_campaign_iso_dates.csv");
const skip = path === undefined ? withoutDataset : false;
const folder = mkdtempSync(join(tmpdir(), "segbook-campaigns-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Segments of the bases that the workbook declares; nothing of any offer is among them. */
async function segmented(clusterCount: number): Promise<SegmentMembership> {
  cpSync("data/marketing-campaign/segbook.yaml", join(folder, "segbook.yaml"));
  const book = await openWorkbook(join(folder, "segbook.yaml"), { dataFolder: dirname(path!) });
  try {
    const { segments, assignment } = await segmentCustomers(book, { clusterCount });
    return { keys: assignment.keys, labels: assignment.labels, segments };
  } finally {
    book.close();
  }
}

/** Who accepted each of the six offers; everybody got them all. */
function answers(): CampaignRow[] {
  const [head, ...lines] = readFileSync(path!, "utf8").trim().split(/\r?\n/);
  const names = head!.split(",");
  return lines.flatMap((line) => {
    const cells = line.split(",");
    const of = (name: string) => Number(cells[names.indexOf(name)]);
    return [1, 2, 3, 4, 5, 6].map((number) => {
      const accepted = of(number === 6 ? "Response" : `AcceptedCmp${number}`);
      const customer = cells[names.indexOf("ID")]!;
      return {
        customer,
        campaign: `offer ${number}`,
        sent: 1,
        opened: accepted,
        clicked: accepted,
        converted: accepted,
      };
    });
  });
}

/** Customers by how many of the five earlier offers they accepted: three or more are one group. */
function byEarlierAnswers(rows: readonly CampaignRow[]): SegmentMembership {
  const accepted = new Map<string, number>();
  for (const { customer, campaign, converted } of rows)
    if (campaign !== "offer 6") accepted.set(customer, (accepted.get(customer) ?? 0) + converted);
  const segments = ["none", "one", "two", "three or more"].map((name, i) => ({ key: `s${i + 1}`, name }));
  return {
    keys: [...accepted.keys()],
    labels: [...accepted.values()].map((count) => Math.min(3, count)),
    segments,
  };
}

/** Says what was found, and checks that segments differ before anything is said of one. */
function checkResponse(t: TestContext, rows: readonly CampaignRow[], membership: SegmentMembership): void {
  const response = campaignResponse(rows, membership);
  const sixth = response.cells.filter(({ campaign }) => campaign === "offer 6");
  for (const { name, reached, converted } of sixth) {
    const [rate, low, high] = [converted.rate!, converted.interval!.low, converted.interval!.high].map(
      (share) => (100 * share).toFixed(1),
    );
    t.diagnostic(`${name}: ${converted.count} of ${reached}, ${rate} % (${low} to ${high})`);
  }
  assert.equal(
    sixth.reduce((sum, { converted }) => sum + converted.count, 0),
    334,
  );
  const differ = chiSquareTest(
    sixth.map(({ reached, converted }) => [converted.count, reached - converted.count]),
  );
  const heterogeneity = testHeterogeneity(
    sixth.map(({ reached, converted }) => ({
      estimate: converted.rate!,
      standardError: Math.sqrt((converted.rate! * (1 - converted.rate!) + 0.25 / reached) / reached),
    })),
  );
  const interaction = bestCampaigns(response).interaction!;
  t.diagnostic(
    `sixth offer: chi-squared p ${differ.pValue.toPrecision(2)}, Cochran Q ${heterogeneity.statistic.toFixed(1)} (p ${heterogeneity.pValue.toPrecision(2)}, I² ${heterogeneity.shareBeyondChance.toFixed(2)}); offers by segments p ${interaction.pValue.toPrecision(2)}`,
  );
  assert.ok(differ.pValue < 1e-6 && heterogeneity.pValue < 1e-6);
}

/** Profit of the sixth offer on half of the customers, when the other half says to whom it goes. */
function judgedPolicy(
  t: TestContext,
  rows: readonly CampaignRow[],
  { keys, labels, segments }: SegmentMembership,
) {
  const answered = rows.filter(({ campaign }) => campaign === "offer 6");
  const responded = new Map(answered.map(({ customer, converted }) => [customer, converted]));
  const held = assignHoldout(keys, 0.5, "sixth offer");
  const part = (flag: number) => {
    const own = keys.flatMap((_, i) => (held[i] === flag ? [i] : []));
    return { labels: own.map((i) => labels[i]!), responded: own.map((i) => responded.get(keys[i]!)!) };
  };
  const found = policyProfit(part(0), part(1), segments, { cost: 3, revenue: 11, seed: 7 });
  t.diagnostic(`written to: ${found.targeted.map(({ name }) => name).join(", ") || "nobody"}`);
  for (const { policy, contacted, profit, interval } of found.lines)
    t.diagnostic(
      `${policy}: ${contacted} contacts, profit ${profit} (${interval.low.toFixed(0)} to ${interval.high.toFixed(0)})`,
    );
  t.diagnostic(
    `gain over the better of all and none: ${found.gain} (${found.gainInterval.low.toFixed(0)} to ${found.gainInterval.high.toFixed(0)})`,
  );
  return found;
}

test("the sixth offer loses money on all; the recommended segments hold none that pays, finer ones one", {
  skip,
}, async (t) => {
  const rows = answers();
  for (const clusterCount of [0, 8]) {
    const membership = await segmented(clusterCount);
    t.diagnostic(`${membership.segments.length} segments`);
    checkResponse(t, rows, membership);
    const { lines, targeted } = judgedPolicy(t, rows, membership);
    assert.ok(lines[1]!.profit < -1000 && lines[0]!.profit >= 0);
    assert.equal(targeted.length, clusterCount === 0 ? 0 : 1);
  }
});

test("segments by what customers accepted before pay: writing to them beats all and none on a holdout", {
  skip,
}, (t) => {
  const rows = answers();
  const membership = byEarlierAnswers(rows);
  checkResponse(t, rows, membership);
  const { gain, gainInterval } = judgedPolicy(t, rows, membership);
  assert.ok(gain > 0 && gainInterval.low > 0);
});

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { columnOf } from "#src/core/matrix.js";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { testDescriptors } from "#src/inference/test-descriptors.js";
import { crossCheckKMeans } from "#src/kmeans/second-opinion.js";
import { definitionText } from "#src/segments/write-definition.js";
import { adjustedRandIndex } from "#src/validity/adjusted-rand.js";
import { boughtCategories, respondedCampaigns } from "#src/workbook/behaviour.js";
import { compareMethods } from "#src/workbook/compare-methods.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { segmentCustomers } from "#src/workbook/segment-customers.js";

// A copy, so that nothing remembered from another run can answer for this one.
const folder = mkdtempSync(join(tmpdir(), "segbook-sample-"));
cpSync("data/sample", folder, { recursive: true, filter: (path) => !path.includes(".segbook") });
after(() => rmSync(folder, { recursive: true, force: true }));

const book = await openWorkbook(join(folder, "segbook.yaml"));
const found = await segmentCustomers(book);
after(() => book.close());

/** Planted group of each customer; only tests read it. */
function plantedGroups(): Map<string, string> {
  const [, ...lines] = readFileSync("test/sample/truth/2026-03-31.csv", "utf8").trim().split("\n");
  return new Map(lines.map((line) => line.split(",") as [string, string]));
}

test("the verdict recommends the six planted groups, and the labels agree with them", () => {
  const truth = plantedGroups();
  const groups = [...new Set(truth.values())].filter((group) => group !== "none");
  assert.equal(groups.length, 6);
  assert.equal(found.recommendedCount, 6);
  const { keys, labels } = found.assignment;
  const members = keys.flatMap((key, i) => (groups.includes(truth.get(key)!) ? [i] : []));
  assert.ok(members.length > 3500 && members.length < keys.length);
  const planted = Int32Array.from(members, (i) => groups.indexOf(truth.get(keys[i]!)!));
  const agreement = adjustedRandIndex(
    Int32Array.from(members, (i) => labels[i]!),
    planted,
  );
  assert.ok(agreement >= 0.85, `adjusted Rand index ${agreement}`);
});

test("every planted segment is a group of its own, in the search, the definition and the report alike", () => {
  assert.deepEqual(found.verdicts, new Array(6).fill("natural"));
  assert.equal(found.verdict, "natural");
  assert.deepEqual(
    found.definition.segments.map(({ verdict }) => verdict),
    found.overview.cards.map(({ verdict }) => verdict),
  );
  assert.equal(found.definition.verdict!.word, "natural");
  assert.equal(found.definition.verdict!.recommendedCount, 6);
  assert.equal(found.columnWeights, null);
  assert.equal(found.overview.nothingReliable, undefined);
  found.overview.cards.forEach((card, i) => {
    assert.equal(card.reason, found.definition.segments[i]!.reason);
    assert.ok(card.stability > card.stabilityWithoutGroups![1]);
    assert.ok(card.separation!.valley < card.separation!.withoutGroups![0]);
    assert.equal(card.separation!.percentile, 0);
  });
});

test("what is shown is what was judged", () => {
  assert.deepEqual(found.solution!.labels, found.fit.labels);
  assert.deepEqual(
    found.solution!.segments.map(({ size }) => size),
    [...found.fit.sizes],
  );
});

test("other methods on the same basis find the same groups, the survey by itself similar ones, RFM quantiles others", async () => {
  const { customers, methods } = await compareMethods(book, found);
  assert.equal(customers, 2000);
  const agreement = new Map(methods.map((method) => [method.name, method.agreement]));
  assert.equal(agreement.get("Segments (k-means)"), null);
  for (const name of ["k-medoids", "Ward’s tree", "Gaussian mixture", "k-prototypes"])
    assert.ok(agreement.get(name)! > 0.9, `${name} ${agreement.get(name)}`);
  assert.ok(agreement.get("latent classes")! > 0.5);
  assert.ok(agreement.get("RFM quantiles")! < 0.5);
});

test("the definition gives each customer the label of the fit", () => {
  assert.deepEqual(found.assignment.labels, found.fit.labels);
});

test("ml-kmeans from the same centres ends in the same place", () => {
  assert.equal(crossCheckKMeans(found.matrix, found.fit).disagreements, 0);
});

test("the exported SQL puts every customer where we do", async () => {
  const basis = await book.basis();
  const columns = new Map(basis.columns.map((name, j) => [name, columnOf(basis, j)]));
  const customers = { keys: found.assignment.keys, columns };
  const [check] = await verifyTargets(found.definition, { customers, targets: ["duckdb"] });
  assert.equal(check!.status, "agrees");
  assert.equal(check!.disagreements, 0);
  assert.ok(check!.rows >= 4000);
});

test("a second search, remembered or anew, gives the same bytes", async () => {
  const remembered = await segmentCustomers(book);
  assert.equal(definitionText(remembered.definition), definitionText(found.definition));
  rmSync(join(folder, ".segbook"), { recursive: true, force: true });
  const anew = await openWorkbook(join(folder, "segbook.yaml"));
  assert.equal(definitionText((await segmentCustomers(anew)).definition), definitionText(found.definition));
  anew.close();
});

test("no basis feature has a p-value, every descriptor has an effect", async () => {
  const segmentNames = found.segments.map(({ name }) => name);
  const tests = testDescriptors(await book.table(), found.fit.labels, { segmentNames, resamples: 0 });
  const basis = tests.filter(({ role }) => role === "basis");
  assert.equal(basis.length, book.config.basis.length);
  assert.ok(
    basis.every(({ pValue, statistic, whyNoPValue }) => pValue === null && statistic === null && whyNoPValue),
  );
  assert.ok(tests.filter(({ pValue }) => pValue !== null).every(({ effect }) => effect !== null));
});

test("the overview counts every customer once and its sentences agree with its numbers", () => {
  const { cards, customers, headline } = found.overview;
  assert.equal(
    cards.reduce((sum, { size }) => sum + size, 0),
    customers,
  );
  assert.match(
    headline,
    /^4,000 customers in 6 segments: all natural\. \d+ customers sit on a fence between two\.$/,
  );
  assert.ok(Math.abs(cards.reduce((sum, { revenueShare }) => sum + revenueShare!, 0) - 1) < 1e-9);
});

test("campaigns and categories are those of the customers in segments", async () => {
  const response = await respondedCampaigns(book, found);
  assert.equal(response!.cells.length, response!.campaigns.length * 6);
  const eco = found.segments.find(({ name }) => name === "Eco-minded")!;
  const bought = await boughtCategories(book, found);
  const organic = bought!.cells.filter(({ category }) => category === "Organic basics");
  const most = organic.reduce((best, cell) => (cell.index! > best.index! ? cell : best));
  assert.equal(most.segment, eco.key);
});

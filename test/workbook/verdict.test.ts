import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { exportDefinition } from "#src/exports/export-definition.js";
import { renderReport } from "#src/report/render-report.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { segmentCustomers } from "#src/workbook/segment-customers.js";
import { segmentFile } from "#src/workbook/segment-file.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-verdict-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A file with one made customer per row. */
function fileOf(name: string, rows: readonly (readonly number[])[]): string {
  const header = ["customer", ...rows[0]!.map((_, j) => `x${j + 1}`)];
  const lines = rows.map((row, i) => [`c${String(i).padStart(4, "0")}`, ...row].join(","));
  const path = join(folder, name);
  writeFileSync(path, `${[header.join(","), ...lines].join("\n")}\n`);
  return path;
}

const basisOf = (count: number): string[] => Array.from({ length: count }, (_, j) => `x${j + 1}`);

test("customers without groups: the count is 1, a cut is shown for orientation, and every output says so", async () => {
  const random = createRandom(4);
  const rows = Array.from({ length: 240 }, () => [random.normal(), random.normal(), random.normal()]);
  const { found, definition } = await segmentFile(fileOf("cloud.csv", rows), {
    key: "customer",
    basis: basisOf(3),
  });
  assert.equal(found.recommendedCount, 1);
  assert.ok(found.clusterCount > 1);
  assert.ok(["constructive", "no-reliable-segments"].includes(found.verdict));
  assert.ok(found.verdicts.every((verdict) => verdict !== "natural"));
  assert.match(found.countReason, /^No reliable segments: .* Shown is the steadiest cut, into \d/);
  assert.equal(definition.verdict!.recommendedCount, 1);
  assert.equal(definition.verdict!.word, found.verdict);
  assert.deepEqual(
    definition.segments.map(({ verdict }) => verdict),
    found.verdicts,
  );
  assert.match(
    exportDefinition(definition, { to: "sql", dialect: "duckdb" }),
    /^-- Verdict on all together: .* The data support no division/m,
  );
});

/** A workbook of customers of whom three numbers are known. */
function workbookOf(rows: readonly (readonly number[])[]): string {
  fileOf("customers.csv", rows);
  const attributes = ["x1", "x2", "x3"].map(
    (name) =>
      `      ${name}: { column: ${name}, type: number, unit: points, role: basis, meaning: A made number }`,
  );
  const lines = [
    "name: A cloud",
    "asOf: 2026-03-31",
    "key: customer",
    "money: { currency: EUR, decimals: 2 }",
    "sources:",
    "  customers:",
    "    kind: customers",
    "    path: customers.csv",
    "    columns: { customer: customer }",
    "    attributes:",
    ...attributes,
    "basis: [x1, x2, x3]",
    "segmentation: { counts: [1, 6], starts: 10, seed: 3 }",
  ];
  const path = join(folder, "segbook.yaml");
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

test("no reliable segments is said alike in the headline, on every card, on a page of its own and in the definition", async () => {
  const random = createRandom(9);
  const rows = Array.from({ length: 240 }, () => {
    const shared = random.normal();
    return [0, 1, 2].map(() => 50 + 8 * shared + 6 * random.normal());
  });
  const book = await openWorkbook(workbookOf(rows));
  const { overview, definition, recommendedCount, verdicts, segments } = await segmentCustomers(book);
  book.close();
  assert.equal(recommendedCount, 1);
  assert.ok(segments.length > 1);
  assert.match(
    overview.headline,
    /^No reliable segments: the customers form one continuum on these columns\. 240 customers, cut into \d for orientation: /,
  );
  assert.ok(overview.cards.every(({ verdictWords }) => verdictWords.startsWith("The data show no groups")));
  const page = renderReport({
    title: "A cloud",
    overview,
    notebooks: [],
    run: { parameters: [], inputs: [], versions: [] },
    files: [],
  });
  assert.match(page, /<section id="no-reliable-segments"/);
  overview.cards.forEach(({ verdict, reason }, i) => {
    assert.equal(verdict, verdicts[i]);
    assert.equal(definition.segments[i]!.verdict, verdict);
    assert.equal(definition.segments[i]!.reason, reason);
    assert.ok(page.includes(`>${verdict.replace("-", " ")}</span>`));
  });
  assert.ok(definition.verdict!.reason.startsWith("No reliable segments: "));
  assert.ok(overview.nothingReliable!.reason.startsWith("No reliable segments: "));
});

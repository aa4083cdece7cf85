import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { dayText } from "#src/core/calendar-day.js";
import { createRandom } from "#src/core/random.js";
import { nextStepsTable } from "#src/tables/value-tables.js";
import { openWorkbook, type Workbook } from "#src/workbook/open-workbook.js";
import type { Segmentation } from "#src/workbook/segmentation.js";
import { segmentActions } from "#src/workbook/value-actions.js";
import { writeValues } from "#src/workbook/value-files.js";
import { valueSegments } from "#src/workbook/value-segments.js";
import { riskSentence, worthSentence } from "#src/workbook/value-sentences.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  readonly customer: string;
  readonly day: number;
  readonly paid: number;
}

/** 2025-01-01. */
const start = 20089;

/** Buyers of two kinds: the first hundred often and little, the others seldom and `spend` times as much. */
function buyers(spend: number): Line[] {
  const random = createRandom(5);
  return Array.from({ length: 220 }, (_, i) => {
    const mean = i < 100 ? 15 : 50;
    const times = random.next() < 0.3 ? 1 : 40;
    const days = [start + random.below(60)];
    while (days.length < times && days.at(-1)! < start + 364)
      days.push(days.at(-1)! + 1 + Math.floor(-mean * Math.log(1 - random.next())));
    return days
      .filter((day) => day < start + 365)
      .map((day) => ({
        customer: `C${i}`,
        day,
        paid: Math.round(500 + 1500 * random.next()) * (i < 100 ? 1 : spend),
      }));
  }).flat();
}

async function open(lines: readonly Line[], value: string): Promise<Workbook> {
  const file = join(folder, "segbook.yaml");
  const rows = lines.map(
    ({ customer, day, paid }) => `${customer},${dayText(day)},${(paid / 100).toFixed(2)}`,
  );
  writeFileSync(join(folder, "orders.csv"), ["id,day,paid", ...rows, ""].join("\n"));
  writeFileSync(
    file,
    `name: Shop
asOf: 2025-12-31
money: { currency: EUR }
sources:
  orders:
    kind: transactions
    path: orders.csv
    columns: { customer: id, date: day, amount: paid }
    returns: { policy: net }
basis: [spend]
${value}
`,
  );
  return openWorkbook(file, { keepTables: false });
}

const segments = [
  { key: "s1", name: "Often", size: 100, action: null },
  { key: "s2", name: "Seldom", size: 120, action: "Write to them" },
] as unknown as Segmentation["segments"];

/** As if the segments had been found: the first hundred in one, the others in the next, and one who never bought. */
const found = {
  segments,
  assignment: {
    keys: [...Array.from({ length: 220 }, (_, i) => `C${i}`), "C999"],
    labels: Int32Array.from({ length: 221 }, (_, i) => (i < 100 ? 0 : 1)),
  },
} as unknown as Segmentation;

const fits = "fits: 20, margin: 0.5";

test("segments are worth what their customers are, and without a margin values are revenue and say so", async () => {
  const book = await open(buyers(1), `value: { ${fits}, savingCost: 5 }`);
  const { value, reason } = await valueSegments(book, found);
  assert.ok(value, reason);
  const total = value.valuation.values.reduce((sum, worth) => sum + worth, 0);
  const bySegment = value.shown.reduce((sum, segment) => sum + segment.total, 0);
  assert.ok(Math.abs(total - bySegment) < 1e-6 * total);
  for (const { total: worth, low, high } of value.shown) assert.ok(low < worth && worth < high);
  assert.match(value.notes.join(" "), /1 customers? never bought/);
  assert.notEqual(typeof value.check, "string");
  const plain = (await valueSegments(await open(buyers(1), "value: { fits: 20 }"), found)).value!;
  assert.equal(plain.unit, "revenue");
  assert.ok(Math.abs(plain.shown[0]!.total / value.shown[0]!.total - 2) < 1e-9);
  assert.match(
    worthSentence(plain),
    /of revenue \(no margin is declared\) in the next 365 days, discounted at 10 % a year/,
  );
  assert.match(riskSentence(value), /have probably stopped; with them .* EUR are at stake/);
  const [values, list] = writeValues(value, folder);
  assert.deepEqual([values!.name, list!.name], ["values.csv", "save-list.csv"]);
  const lines = readFileSync(join(folder, "values.csv"), "utf8").trimEnd().split("\n");
  assert.equal(lines[0], "customer_id,segment,expected_purchases,alive,value,value_low,value_high");
  assert.equal(lines.length, 221);
  assert.ok(lines.slice(1).every((line) => /^C\d+,s[12](?:,\d+\.\d{4}){5}$/.test(line)));
  const saved = readFileSync(join(folder, "save-list.csv"), "utf8").trimEnd().split("\n").slice(1);
  const pay = saved.map((line) => Number(line.split(",")[4]));
  assert.ok(pay.every((amount, i) => amount >= 5 && amount <= (pay[i - 1] ?? Infinity)));
});

test("spend that goes with frequency is refused for one model of all, and valued by segment", async () => {
  const refused = await valueSegments(await open(buyers(10), `value: { ${fits}, models: together }`), found);
  assert.equal(refused.value, null);
  assert.match(
    refused.reason,
    /^Value: not computed\. Who buys often .* Write models: by-segment under value/,
  );
  const { value } = await valueSegments(
    await open(buyers(10), `value: { ${fits}, models: by-segment }`),
    found,
  );
  assert.ok(value!.shown[1]!.mean! > 2 * value!.shown[0]!.mean!);
  const left = await valueSegments(await open(buyers(10), `value: { ${fits} }`), found);
  assert.equal(left.value!.config.models, "by-segment");
  assert.match(left.value!.notes[0]!, /^Who buys often .* so each segment has its own\.$/);
  assert.deepEqual(left.value!.shown, value!.shown);
});

test("orders that fix no model, none at all, and refunds above purchases have clear answers", async () => {
  const once = buyers(1).filter(
    ({ customer }, i, all) => all.findIndex((line) => line.customer === customer) === i,
  );
  const single = await valueSegments(await open(once, `value: { ${fits} }`), found);
  assert.match(
    single.reason,
    /^Value: not computed\. Histories must hold customers who bought again, got \d+ who bought once/,
  );
  const refunds = [{ customer: "C0", day: start + 300, paid: -99_999_99 }];
  const { value } = await valueSegments(await open([...buyers(1), ...refunds], `value: { ${fits} }`), found);
  assert.match(
    value!.notes.join(" "),
    /were refunded in full.* 1 customers got back more than they had paid/,
  );
  assert.ok(value!.valuation.values.every(Number.isFinite));
});

test("one customer who holds much of the value is said, and a holdout that nobody can be in", async () => {
  const whale = Array.from({ length: 9 }, (_, i) => ({
    customer: "C7",
    day: start + 20 + 40 * i,
    paid: 80_000,
  }));
  const late = `value: { ${fits}, calibrationEnd: 2024-06-01 }`;
  const { value } = await valueSegments(await open([...buyers(1), ...whale], late), found);
  assert.match(
    worthSentence(value!),
    /One customer alone holds \d+(?:\.\d)? %: figures by segment hang on that one\.$/,
  );
  assert.match(String(value!.check), /^the orders up to 2024-06-01 fix no model/);
});

test("actions name what is not known and leave its columns out", () => {
  const nothing = { reason: "none" };
  const rows = segmentActions(segments, {
    value: null,
    campaigns: { response: null, best: null, ...nothing },
    products: { affinity: null, items: "category", ...nothing },
    opportunities: {
      ranked: null,
      weights: { size: 1, growth: 1, value: 1, untapped: 1, dissatisfied: 1 },
      notes: [],
      ...nothing,
    },
  });
  const table = nextStepsTable(rows);
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ["Segment, customers", "What to do"],
  );
  assert.deepEqual(table.rows, [
    ["Often, 100", "Not decided yet."],
    ["Seldom, 120", "Write to them."],
  ]);
  assert.match(
    table.note!,
    /for want of a source: worth ahead, risk, next campaign, buys more of, opportunity\.$/,
  );
});

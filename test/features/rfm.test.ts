import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { type Purchase, type RfmRow, rfmTable } from "#src/features/rfm-table.js";
import { scoreRfm } from "#src/features/score-rfm.js";
import { datasetFile, withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Measure {
  readonly sum: number;
  readonly maximum: number;
  readonly cuts: readonly number[];
}

interface RfmNumbers {
  readonly customers: number;
  readonly recency: Measure;
  readonly orders: Measure;
  readonly spend: Measure;
  readonly scores: Record<"recency" | "frequency" | "monetary", Record<string, number>>;
  readonly first: readonly [string, number, number, number][];
}

const expected = referenceNumbers<RfmNumbers>("rfm");

const cdnow = datasetFile("cdnow/CDNOW_sample.txt");

function cdnowPurchases(): Purchase[] {
  const lines = readFileSync(cdnow!, "utf8").trimEnd().split(/\r?\n/);
  return lines.map((line) => {
    const [, customer, day, , dollars] = line.trim().split(/\s+/);
    const date = day!.replace(/^(....)(..)(..)$/, "$1-$2-$3");
    return { customer: customer!, date, invoice: day!, amountMinor: Math.round(Number(dollars) * 100) };
  });
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

test("CDNOW: recency, orders and spend are those of pandas", { skip: cdnow ? false : withoutDataset }, () => {
  const table = rfmTable(cdnowPurchases(), { asOf: "1998-07-01" });
  assert.equal(table.length, expected.customers);
  const columns = [
    [table.map((row) => row.recencyDays), expected.recency],
    [table.map((row) => row.orderCount), expected.orders],
    [table.map((row) => row.spendMinor), expected.spend],
  ] as const;
  for (const [values, { sum, maximum }] of columns)
    assert.deepEqual([sumOf(values), Math.max(...values)], [sum, maximum]);
  assert.deepEqual(
    table.slice(0, 3).map((row) => [row.customer, row.recencyDays, row.orderCount, row.spendMinor]),
    expected.first,
  );
});

test("CDNOW: cuts and counts per score are those of pandas, ties together", {
  skip: cdnow ? false : withoutDataset,
}, () => {
  const { scores, cuts } = scoreRfm(rfmTable(cdnowPurchases(), { asOf: "1998-07-01" }));
  const pairs = [
    [cuts.recencyDays, expected.recency.cuts],
    [cuts.orderCount, expected.orders.cuts],
    [cuts.spendMinor, expected.spend.cuts],
  ] as const;
  for (const [actual, wanted] of pairs)
    wanted.forEach((cut, i) => {
      assert.ok(Math.abs(actual[i]! - cut) <= 1e-12 * cut);
    });
  for (const name of ["recency", "frequency", "monetary"] as const)
    for (const [score, count] of Object.entries(expected.scores[name]))
      assert.equal(scores.filter((row) => row[name] === Number(score)).length, count);
});

test("returns reduce spend and are no orders; who only returned has no recency", () => {
  const table = rfmTable(
    [
      { customer: "b", date: "2026-03-30", invoice: "2", amountMinor: -500 },
      { customer: "__proto__", date: "2026-03-01", invoice: "1", amountMinor: 1250 },
      { customer: "__proto__", date: "2026-03-01", invoice: "1", amountMinor: 250 },
      { customer: "__proto__", date: "2026-03-20", invoice: "3", amountMinor: -250 },
    ],
    { asOf: "2026-03-31" },
  );
  assert.deepEqual(table, [
    { customer: "__proto__", recencyDays: 30, orderCount: 1, spendMinor: 1250 },
    { customer: "b", recencyDays: Number.NaN, orderCount: 0, spendMinor: -500 },
  ]);
});

const rows: RfmRow[] = [1, 2, 3, 4].map((n) => ({
  customer: `c${n}`,
  recencyDays: 10 * n,
  orderCount: n > 2 ? 3 : 1,
  spendMinor: 100 * n,
}));

test("recent, frequent and big score high; equal values share a score", () => {
  const { scores, cuts } = scoreRfm(rows, { bins: 2 });
  // Medians of 10, 20, 30, 40 and 1, 1, 3, 3 and 100, 200, 300, 400.
  assert.deepEqual(cuts, { recencyDays: [25], orderCount: [2], spendMinor: [250] });
  assert.deepEqual(
    scores.map(({ code }) => code),
    ["2-1-1", "2-1-1", "1-2-2", "1-2-2"],
  );
});

test("frozen cuts score new customers on the old scale, who never bought at the bottom", () => {
  const { cuts } = scoreRfm(rows, { bins: 2 });
  const later = [{ customer: "new", recencyDays: Number.NaN, orderCount: 0, spendMinor: 900 }];
  assert.equal(scoreRfm(later, { cuts }).scores[0]!.code, "1-1-2");
});

test("what cannot be counted or scored is one clear error", () => {
  const line = { customer: "a", date: "2026-03-01", invoice: "1", amountMinor: 1 };
  const table = (part: Partial<Purchase>, asOf = "2026-03-31") => rfmTable([{ ...line, ...part }], { asOf });
  const never = [{ customer: "a", recencyDays: Number.NaN, orderCount: 0, spendMinor: 0 }];
  const refused: [() => unknown, RegExp][] = [
    [
      () => table({ date: "2026-02-30" }),
      /purchases\[0\]\.date must be a calendar day YYYY-MM-DD, got "2026-02-30"/,
    ],
    [() => table({ date: "01/02/2026" }), /calendar day/],
    [() => table({}, "2026-3-31"), /asOf must be a calendar day/],
    [() => table({ date: "2026-04-01" }), /must not be later than asOf \(2026-03-31\), got 2026-04-01/],
    [() => table({ amountMinor: 12.5 }), /amountMinor must be a whole number of minor units .*got 12\.5/],
    [() => scoreRfm(never), /scoreRfm: table must hold at least one customer who bought, got none/],
    [() => scoreRfm(rows, { bins: 1 }), /bins must be a whole number from 2 to 100, got 1/],
    [
      () => scoreRfm(rows, { cuts: { recencyDays: [1], orderCount: [2, 1], spendMinor: [1] } }),
      /cuts must be three ascending lists of equal length/,
    ],
  ];
  for (const [call, message] of refused)
    assert.throws(call, (error) => error instanceof InputError && message.test(error.message));
});

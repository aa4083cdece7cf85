import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import type { ValueConfig } from "#src/config/value-config.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
const file = join(folder, "segbook.yaml");
after(() => rmSync(folder, { recursive: true, force: true }));

function readValue(value: string): ValueConfig | undefined {
  const lines = [
    "name: Shop",
    "asOf: 2026-03-31",
    "money: { currency: EUR }",
    "window: { from: 2024-04-01 }",
    "sources:",
    "  orders:",
    "    kind: transactions",
    "    path: orders.csv",
    "    columns: { customer: id, date: day, amount: paid }",
    "basis: [spend]",
    value,
  ];
  writeFileSync(file, lines.join("\n"));
  return readWorkbook(file).value;
}

test("terms of value have defaults, and none are made up for a workbook that says nothing of value", () => {
  assert.equal(readValue(""), undefined);
  assert.deepEqual(readValue("value: { margin: 0.4, contactCost: 0.8 }"), {
    margin: 0.4,
    contactCost: 0.8,
    discountRate: 0.1,
    horizonDays: 365,
    model: "mbg-nbd",
    fits: 40,
  });
});

test("terms of value that cannot be are refused with line and column", () => {
  for (const [value, message] of [
    ["horizonDays: 0", /value\.horizonDays must be at least 1, got 0 at .* line 11, column 23$/],
    ["discountRate: -1", /value\.discountRate must be at least 0, got -1 at .* line 11, column 24$/],
    ["margin: 0", /value\.margin must be above 0, got 0 at .* line 11, column 18$/],
    ["margin: 40", /value\.margin must be at most 1, got 40 at/],
    ["fits: 3", /value\.fits must be at least 20, got 3 at .* line 11, column 16$/],
    [
      "model: bgnbd",
      /value\.model must be one of bg-nbd, mbg-nbd, pareto-nbd, got "bgnbd" .*Did you mean "bg-nbd"/,
    ],
    ["horizon: 12", /value\.horizon must be one of the keys of value \(margin, .*got "horizon" at/],
    ["calibrationEnd: 2025-02-30", /value\.calibrationEnd must be a day of the calendar, got "2025-02-30"/],
    [
      "calibrationEnd: 2026-03-31",
      /calibrationEnd must be before asOf \(2026-03-31\), so that days are left/,
    ],
    [
      "calibrationEnd: 2023-01-01",
      /calibrationEnd must not be before window\.from \(2024-04-01\), got 2023-01-01/,
    ],
  ] as const)
    assert.throws(() => readValue(`value: { ${value} }`), message);
});

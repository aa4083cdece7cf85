import assert from "node:assert/strict";
import { test } from "node:test";
import {
  correlationText,
  countText,
  decimalText,
  numberText,
  percentText,
  quantityText,
} from "#src/core/number-text.js";

test("numbers in prose have at most three significant digits and a real minus", () => {
  const values = [0, 2.4, 12.345, 1234.5, 999_700, 8_911_407.9, 2.5e9, -0.01234, 4e-7, Number.NaN];
  assert.deepEqual(values.map(numberText), [
    "0",
    "2.4",
    "12.3",
    "1,230",
    "1 million",
    "8.91 million",
    "2.5 billion",
    "−0.0123",
    "0.0000004",
    "unknown",
  ]);
});

test("a share is never rounded to nothing or to all", () => {
  assert.deepEqual([0, 0.0001, 0.081, 0.5, 0.9999, 1].map(percentText), [
    "0 %",
    "under 0.05 %",
    "8.1 %",
    "50 %",
    "over 99.9 %",
    "100 %",
  ]);
});

test("decimals are as many as asked for, a correlation has two and a real minus", () => {
  assert.deepEqual(
    [decimalText(2054.266, 2), decimalText(3, 1), decimalText(2.5, 0)],
    ["2,054.27", "3.0", "3"],
  );
  assert.deepEqual([correlationText(-0.618), correlationText(1)], ["−0.62", "1.00"]);
});

test("counts are written in full", () => {
  assert.equal(countText(541_909), "541,909");
});

test("a quantity that reads 1 has its unit in the singular", () => {
  const written = [
    [1, "orders"],
    [1.0001, "orders"],
    [-1, "days"],
    [2, "orders"],
    [1, "carts per session"],
    [1, "categories"],
    [1, "business"],
    [1, "EUR"],
  ] as const;
  assert.deepEqual(
    written.map(([value, unit]) => quantityText(value, unit)),
    ["1 order", "1 order", "−1 days", "2 orders", "1 cart per session", "1 category", "1 business", "1 EUR"],
  );
});

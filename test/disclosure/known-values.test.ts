import assert from "node:assert/strict";
import { test } from "node:test";
import { findKnownValues, knownValues } from "#src/disclosure/known-values.js";

/** Every twentieth number of four digits, and the years in which the shop was open. */
const keys = [...Array.from({ length: 450 }, (_, i) => String(1000 + 20 * i)), "1997", "1998"];
const known = knownValues(keys, "customer-key", "customer_id");
const found = (text: string) => findKnownValues(text, known).map(({ text: key }) => key);

const months = Array.from(
  { length: 24 },
  (_, i) => `${1997 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`,
);

test("years of dates in rows are no keys, though customers are numbered like years", () => {
  const days = months.map((month) => `${month}-08`);
  for (const dates of [months, days])
    for (const text of [dates.join(", "), `<td>${dates.join("</td><td>")}</td>`, JSON.stringify(dates)])
      assert.deepEqual(found(text), [], text.slice(0, 60));
});

test("keys that stand together are found, though dates or ranges stand between them", () => {
  const some = keys.slice(10, 30);
  assert.deepEqual(found(some.join(", ")), some);
  assert.deepEqual(found(some.map((key, i) => `${months[i]}-08 ${key}`).join("; ")), some);
});

test("what only looks like a date hides no key", () => {
  const years = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? "1997" : "1998"));
  for (const tail of ["-13", "-00", "-1", "-012", "/01", " 01"])
    assert.deepEqual(found(years.map((year) => year + tail).join(", ")), years, tail);
});

test("a year beside the key's name is a key", () => {
  assert.deepEqual(found("customer_id: 1997-01-08"), ["1997"]);
});

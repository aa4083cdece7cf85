import assert from "node:assert/strict";
import { test } from "node:test";
import { dayNumber } from "#src/core/calendar-day.js";

test("days count from 1970-01-01, leap days included", () => {
  // 2000-03-01: 30 years of 365 days, 7 leap days (1972 … 1996), 31 + 29 days.
  assert.deepEqual(["1970-01-01", "1970-01-02", "2000-03-01"].map(dayNumber), [0, 1, 30 * 365 + 7 + 60]);
});

test("what is no day of the calendar has no number", () => {
  for (const text of [
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "20260101",
    "",
    "2026-03-31T00:00",
  ])
    assert.equal(dayNumber(text), undefined, text);
});

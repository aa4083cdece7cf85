import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutcomeMeasure } from "#src/segments/outcome-estimate.js";
import { surveyOutcomes } from "#src/segments/survey-outcomes.js";
import { numberColumn, tableOf } from "../customer-tables.js";
import { assertNear } from "../inference/reference.js";
import { referenceNumbers } from "../reference-numbers.js";

const expected = referenceNumbers<{
  answers: Readonly<Record<string, readonly number[]>>;
  measures: Readonly<Record<string, Readonly<Record<OutcomeMeasure, readonly [number, number, number]>>>>;
}>("survey-outcomes");
const segments = Object.keys(expected.answers).map((key) => ({ key, name: key }));
const labels = Object.values(expected.answers).flatMap((answers, label) => answers.map(() => label));
const recommend = numberColumn("recommend", Object.values(expected.answers).flat(), {
  label: "Would recommend",
  unit: "score 0–10",
});

test("means, top two boxes and net promoter scores agree with SciPy and statsmodels, intervals included", () => {
  for (const measure of ["mean", "top-2-box", "net-promoter"] as const) {
    const [result] = surveyOutcomes(tableOf(recommend), labels, {
      segments,
      outcomes: [{ feature: "recommend", measure }],
    });
    for (const cell of result!.segments) {
      const [value, low, high] = expected.measures[cell.key]![measure];
      assertNear(cell.value!, value, 1e-8);
      assertNear(cell.interval!.low, low, 1e-8, `${cell.key} ${measure} low`);
      assertNear(cell.interval!.high, high, 1e-8, `${cell.key} ${measure} high`);
    }
  }
});

test("few answers are not shown; those who gave none are counted as customers only", () => {
  const values = Array.from({ length: 40 }, (_, row) =>
    row < 15 ? 1 + (row % 5) : row < 20 ? 3 : Number.NaN,
  );
  const table = tableOf(numberColumn("satisfaction", values, { unit: "score 1–5" }));
  const own = values.map((_, row) => (row < 15 ? 0 : row < 30 ? 1 : 2));
  const [result] = surveyOutcomes(table, own, {
    segments,
    outcomes: [{ feature: "satisfaction", measure: "mean" }],
  });
  assert.deepEqual(
    result!.segments.map(({ size, answers, value }) => [size, answers, value]),
    [
      [15, 15, 3],
      [15, null, null],
      [10, null, null],
    ],
  );
  assert.deepEqual(result!.notes, ["Not shown, fewer than 10 answers: s2, s3."]);
  assert.equal(result!.total.answers, 20);
});

test("a single answer has no interval, and everybody alike has one of no width", () => {
  const table = tableOf(numberColumn("satisfaction", [4, 5, 5], { unit: "score 1–5" }));
  const [result] = surveyOutcomes(table, [0, 1, 1], {
    segments: segments.slice(0, 2),
    outcomes: [{ feature: "satisfaction", measure: "mean" }],
    smallestGroup: 1,
  });
  assert.equal(result!.segments[0]!.interval, null);
  assert.deepEqual([result!.segments[1]!.interval!.low, result!.segments[1]!.interval!.high], [5, 5]);
});

test("a scale that is not known, answers off it and a net score of five points are input errors", () => {
  const plain = tableOf(numberColumn("satisfaction", [1, 2, 7]));
  const ask = (measure: OutcomeMeasure, range?: readonly [number, number]) => () =>
    surveyOutcomes(plain, [0, 0, 0], {
      segments,
      outcomes: [{ feature: "satisfaction", measure, ...(range && { range }) }],
    });
  assert.throws(
    ask("mean"),
    /outcomes must name the ends of their scale, got unit "" of "satisfaction"\. Give its range/,
  );
  assert.throws(ask("mean", [1, 5]), /answers of "satisfaction" must lie on their scale of 1 to 5, got 7/);
  assert.throws(ask("net-promoter", [1, 5]), /must have a scale of 0 to 10, got 1 to 5/);
});

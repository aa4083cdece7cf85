import assert from "node:assert/strict";
import { test } from "node:test";
import { attractivenessGrid } from "#src/charts/attractiveness-grid.js";
import { figurePicture, isPicturable } from "#src/charts/figure-picture.js";
import { profileHeatMap } from "#src/charts/profile-heat-map.js";
import { ruleAgreement } from "#src/charts/rule-agreement.js";
import { snakePlot } from "#src/charts/snake-plot.js";
import { surveyOutcome } from "#src/charts/survey-outcome.js";
import type { CustomerTable } from "#src/core/feature.js";
import { tables } from "#src/index.js";
import { evaluateSegments } from "#src/segments/evaluate-segments.js";
import { explainSegments } from "#src/segments/explain-segments.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import { suggestNames } from "#src/segments/suggest-names.js";
import { surveyOutcomes } from "#src/segments/survey-outcomes.js";
import { profileView, snakeView } from "#src/workbook/chart-views.js";
import { categoryColumn, numberColumn, tableOf } from "../customer-tables.js";

const segments = [0, 1, 2].map((j) => ({ key: `s${j + 1}`, name: `Segment ${j + 1}` }));
const rows = Array.from({ length: 600 }, (_, row) => row);

/** Negative money, nothing known, one value, one category, no category, 500 categories and an infinite value. */
const hostile = tableOf(
  numberColumn(
    "spend",
    rows.map((row) => -50 - (row % 7)),
    { unit: "EUR", role: "basis" },
  ),
  numberColumn(
    "missing",
    rows.map(() => Number.NaN),
    { role: "basis" },
  ),
  numberColumn(
    "constant",
    rows.map(() => 3),
    { role: "basis" },
  ),
  numberColumn(
    "endless",
    rows.map((row) => (row === 5 ? Number.POSITIVE_INFINITY : row)),
  ),
  categoryColumn(
    "one",
    rows.map(() => "same"),
  ),
  categoryColumn(
    "none",
    rows.map(() => null),
  ),
  categoryColumn(
    "many",
    rows.map((row) => `v${row % 500}`),
  ),
);

function everythingOf(table: CustomerTable, labels: readonly number[]) {
  const profile = profileSegments(table, labels, { segments, moneyFeature: "spend" });
  const evaluation = evaluateSegments(profile, {
    seed: 1,
    knockOuts: [{ name: "Revenue", measure: "revenue-share", least: 0.1 }],
    criteria: [
      { name: "Size", side: "attractiveness", weight: 1, measure: "share" },
      { name: "Match", side: "fit", weight: 1, measure: "asked", ratings: { s1: 5, s2: 5, s3: 5 } },
    ],
  });
  const [outcome] = surveyOutcomes(table, labels, {
    segments,
    outcomes: [{ feature: "constant", measure: "top-2-box", range: [1, 5] }],
  });
  const explained = explainSegments(table, labels, { segments });
  return {
    names: suggestNames(profile).map(({ name }) => name),
    tables: [
      tables.profile(profile),
      tables.vTests(profile),
      tables.worth(profile, "EUR"),
      tables.rules(explained),
    ],
    figures: [
      profileHeatMap(profileView(profile)),
      snakePlot(snakeView(profile)),
      ruleAgreement(explained),
      attractivenessGrid(evaluation),
      surveyOutcome(outcome!),
    ],
  };
}

for (const [title, labels] of [
  ["three alike segments", rows.map((row) => row % 3)],
  ["a segment of one and one of nobody", rows.map((row) => (row === 0 ? 1 : 0))],
  ["everybody in one segment", rows.map(() => 0)],
  ["nobody in any segment", rows.map(() => -1)],
] as const)
  test(`hostile columns, ${title}: every name, table and figure can be shown`, () => {
    const { names, figures, tables: shown } = everythingOf(hostile, labels);
    assert.equal(new Set(names).size, 3);
    for (const figure of figures) {
      assert.ok(isPicturable(figure), figure.title);
      assert.doesNotMatch(figure.title + figurePicture(figure), /NaN|Infinity|undefined|null/, figure.title);
    }
    assert.doesNotMatch(JSON.stringify(shown), /NaN|Infinity|undefined/);
  });

test("nothing is shown of a segment of one: its mean would be a person", () => {
  const labels = rows.map((row) => (row === 599 ? 1 : 0));
  const profile = profileSegments(hostile, labels, { segments, moneyFeature: "spend" });
  const place = profile.segments.findIndex(({ key }) => key === "s2");
  assert.ok(profileView(profile).index.every((row) => row[place] === null));
  assert.ok(snakeView(profile).distances.every((row) => row[place] === null));
  assert.ok(tables.profile(profile).rows.every((row) => row[2 + place] === null));
  assert.deepEqual(tables.worth(profile, "EUR").rows[place]!.slice(3), [null, null, null]);
  assert.deepEqual(profile.segments[place]!.typical, []);
});

test("a snake plot says the farthest mean, and draws a line per segment with its name", () => {
  const figure = snakePlot({
    segments: segments.slice(0, 2).map((segment) => ({ ...segment, size: 20 })),
    features: ["Age", "Balance"],
    distances: [
      [0.5, -0.5],
      [-1.26, 1.2],
    ],
  });
  assert.equal(
    figure.title,
    "Farthest from all customers: “Segment 1”, 1.3 standard deviations below in Balance",
  );
  assert.match(figurePicture(figure), /Segment 2/);
  assert.equal(figure.data.length, 2);
});

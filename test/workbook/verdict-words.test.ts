import assert from "node:assert/strict";
import { test } from "node:test";
import { cautionsOf } from "#src/workbook/cautions.js";
import { nothingReliableOf } from "#src/workbook/nothing-reliable.js";
import { renumberSolution } from "#src/workbook/renumber-solution.js";
import { judgedHow } from "#src/workbook/verdict-method.js";
import { verdictOf } from "#src/workbook/verdict-of.js";
import { madeJudgement, madeSearch, madeSolution } from "./made-search.js";

const names = ["Families", "Students", "Hermits"];
const parts = {
  segments: names.map((name) => ({ name })),
  features: [
    { name: "visits", label: "visits a month" },
    { name: "basket", label: "basket" },
  ],
};

test("over-segmentation is called by name, with what is lost", () => {
  const cautions = cautionsOf(madeSearch(), parts);
  assert.deepEqual(cautions, [
    "The data support 2 segments; the 3 shown are the analyst’s choice.",
    "“Families” and “Students” have no gap between them (the density there is 97 % of the lower peak): read them as one group cut in two. As one they would lose 4 % of what the segments explain.",
    "There are 100 customers; the strictest rule that is not met, “100 rows per column”, asks for 200 (Dolnicar, Grün & Leisch (2016)).",
  ]);
});

test("nothing is said that is not so", () => {
  const solution = madeSolution({ mergeFirst: null });
  const judgement = madeJudgement({ sampleSize: [] });
  assert.deepEqual(cautionsOf(madeSearch({ solution, judgement, clusterCount: 2 }), parts), []);
});

test("a count that only weights bring out is explained by the features that weigh more", () => {
  const judgement = madeJudgement({
    route: "weighted",
    bestCounts: { plain: 1, weighted: 2 },
    sampleSize: [],
  });
  const solution = madeSolution({ mergeFirst: null });
  const weighted = { judgement, solution, clusterCount: 2 };
  assert.deepEqual(cautionsOf(madeSearch({ ...weighted, columnWeights: [1, 0.2] }), parts), [
    "The groups show when visits a month weighs more; with every feature weighing the same no groups could be told apart. The weights are part of the recipe.",
  ]);
});

test("a segment on the line between two verdicts and a sample are named", () => {
  const [first, ...others] = madeSolution().segments;
  const solution = madeSolution({ mergeFirst: null, segments: [{ ...first!, borderline: true }, ...others] });
  const judgement = madeJudgement({ sampleSize: [], rows: 50_000, judgedRows: 20_000 });
  const search = madeSearch({ solution, judgement, clusterCount: 2 });
  assert.deepEqual(cautionsOf(search, parts), [
    "“Families” lies on the line between two verdicts: another seed may say otherwise.",
    "The verdict was made on a seeded sample of 20,000 of 50,000 customers.",
  ]);
  assert.match(judgedHow(search), /on a seeded sample of 20,000 of 50,000 customers/);
});

test("where nothing separates the customers there are reasons, figures and advice, else none", () => {
  assert.equal(nothingReliableOf(madeSearch()), undefined);
  const judgement = madeJudgement({ recommendedCount: 1, reason: "No reliable segments: one continuum." });
  const nothing = nothingReliableOf(madeSearch({ judgement, recommendedCount: 1, clusterCount: 3 }))!;
  assert.match(nothing.reason, /^No reliable segments: one continuum\. That is a finding, not a failure/);
  assert.match(nothing.shown, /stands a cut into 3 \(partly natural\)/);
  assert.deepEqual(
    nothing.figures.map(({ label, valley }) => [label, valley]),
    [
      ["2 segments", 0.4],
      ["3 segments", 0.97],
    ],
  );
  assert.ok(nothing.advice.length >= 3);
});

test("reasons in the definition call segments by name, whatever their numbers were when they were judged", () => {
  const swapped = renumberSolution(madeSolution(), [
    [9, 0],
    [1, 0],
    [0, 0],
  ]);
  assert.deepEqual(
    swapped.segments.map(({ size }) => size),
    [20, 30, 50],
  );
  assert.deepEqual(
    swapped.pairs.map(({ a, b, valley }) => [a, b, valley]),
    [
      [0, 1, 0.4],
      [0, 2, 0.2],
      [1, 2, 0.97],
    ],
  );
  assert.deepEqual([swapped.mergeFirst!.a, swapped.mergeFirst!.b], [1, 2]);
  assert.equal(swapped.labels[0], 2);
  const kept = verdictOf(madeSearch({ solution: swapped }), ["Hermits", "Students", "Families"]);
  assert.deepEqual(kept.reasons, ["A gap all around.", "No gap to “Families”.", "No gap to “Students”."]);
  assert.equal(kept.verdict!.recommendedCount, 2);
  assert.equal(
    kept.verdict!.reason,
    "2 segments. The analyst asked for 3. 1 of 3 segments is a group of its own.",
  );
});

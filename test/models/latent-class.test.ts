import assert from "node:assert/strict";
import { test } from "node:test";
import { mixedTableOf } from "#src/cluster/mixed-table.js";
import { matrixOf, matrixOfColumns } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { fitLatentClass } from "#src/models/latent-class.js";
import { referenceNumbers } from "../reference-numbers.js";

type Answers = readonly (readonly (number | null)[])[];

interface Reference {
  readonly complete: Answers;
  readonly missing: Answers;
  readonly cases: readonly {
    readonly data: "complete" | "missing";
    readonly clusterCount: number;
    readonly logLikelihood: number;
    readonly bic: number;
    readonly relativeEntropy: number;
  }[];
}

const reference = referenceNumbers<Reference>("latent-class");

function matrixOfAnswers(answers: Answers): ReturnType<typeof matrixOfColumns> {
  const names = answers[0]!.map((_, j) => `q${j}`);
  return matrixOfColumns(
    names,
    names.map((_, j) => answers.map((row) => row[j] ?? Number.NaN)),
  );
}

test("log-likelihoods are not worse than StepMix's best, with missing answers too; BIC and relative entropy agree", () => {
  for (const one of reference.cases) {
    const { data, clusterCount } = one;
    const matrix = matrixOfAnswers(reference[data]);
    const fit = fitLatentClass(matrix, { clusterCount, seed: 1, starts: 100 });
    const name = `${data}, ${clusterCount}: ${fit.logLikelihood} against ${one.logLikelihood}`;
    assert.ok(fit.logLikelihood >= one.logLikelihood - 0.01, name);
    const penalty = one.bic + 2 * one.logLikelihood;
    assert.ok(Math.abs(fit.bic + 2 * fit.logLikelihood - penalty) < 1e-6, name);
    if (Math.abs(fit.logLikelihood - one.logLikelihood) < 0.01)
      assert.ok(Math.abs(fit.relativeEntropy - one.relativeEntropy) < 0.01, name);
  }
});

test("one class by hand: the shares of answers, missing ones left out", () => {
  // p: yes, yes, no of three rows; q: yes, no of two. 2 ln(2/3) + ln(1/3) + 2 ln(1/2).
  const table = mixedTableOf({ p: ["yes", "yes", "no"], q: ["yes", null, "no"] });
  const fit = fitLatentClass(table, { clusterCount: 1, seed: 1 });
  assert.deepEqual(
    fit.items.map(({ levels }) => levels),
    [
      ["no", "yes"],
      ["no", "yes"],
    ],
  );
  assert.ok(Math.abs(fit.items[0]!.probabilities[0]![1]! - 2 / 3) < 1e-15);
  assert.ok(Math.abs(fit.items[1]!.probabilities[0]![1]! - 1 / 2) < 1e-15);
  const expected = 2 * Math.log(2 / 3) + Math.log(1 / 3) + 2 * Math.log(1 / 2);
  assert.ok(Math.abs(fit.logLikelihood - expected) < 1e-12);
  assert.deepEqual([fit.parameterCount, fit.missingCount, fit.relativeEntropy], [2, 1, 1]);
  assert.ok(Math.abs(fit.bic - (2 * Math.log(3) - 2 * expected)) < 1e-12);
});

test("two planted classes come back with their answers, and BIC picks two of one to three", () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 600 }, (_, i) =>
    Array.from({ length: 6 }, () => Number(random.next() < (i < 400 ? 0.9 : 0.15))),
  );
  const matrix = matrixOfAnswers(rows);
  const fits = [1, 2, 3].map((clusterCount) => fitLatentClass(matrix, { clusterCount, seed: 1 }));
  const two = fits[1]!;
  assert.deepEqual(fits.map(({ bic }) => bic).indexOf(Math.min(...fits.map(({ bic }) => bic))), 1);
  assert.ok(Math.abs(two.weights[0]! - 2 / 3) < 0.03);
  for (const { probabilities } of two.items) {
    assert.ok(Math.abs(probabilities[0]![1]! - 0.9) < 0.06);
    assert.ok(Math.abs(probabilities[1]![1]! - 0.15) < 0.09);
  }
  assert.ok(two.relativeEntropy > 0.8);
});

test("the same answers as words or as numbers, rows in any order, give the same likelihood", () => {
  const matrix = matrixOfAnswers(reference.missing);
  const words = mixedTableOf(
    Object.fromEntries(
      matrix.columns.map((name, j) => [
        name,
        reference.missing.map((row) => (row[j] === null ? null : String(row[j]))),
      ]),
    ),
  );
  const options = { clusterCount: 3, seed: 2, starts: 10 };
  assert.deepEqual(fitLatentClass(words, options), fitLatentClass(matrix, options));
});

test("an answer seen only at assignment counts as missing, and no answer at all gives the weights", () => {
  const table = mixedTableOf({ p: ["a", "a", "b", "b", "b"], q: ["a", "a", "b", "b", "b"] });
  const fit = fitLatentClass(table, { clusterCount: 2, seed: 1 });
  const later = assignRows(mixedTableOf({ p: ["z", "a", null], q: ["b", "z", null] }), fit);
  assert.deepEqual([...later.labels.subarray(0, 2)], [fit.labels[4], fit.labels[0]]);
  assert.ok(Math.abs(later.probabilities[4]! - fit.weights[0]!) < 1e-12);
});

test("more parameters than patterns and classes without rows are said", () => {
  const few = fitLatentClass(mixedTableOf({ p: ["a", "b", "a"], q: ["a", "b", "b"] }), {
    clusterCount: 3,
    seed: 1,
  });
  assert.match(few.notes.join(" "), /8 parameters for 4 possible patterns of answers/);
  const short = fitLatentClass(matrixOfAnswers(reference.complete), {
    clusterCount: 4,
    seed: 1,
    starts: 1,
    maxIterations: 3,
  });
  assert.equal(short.converged, false);
  assert.match(short.notes.join(" "), /stopped after 2 iterations/);
});

test("fractions, empty items, rows without an answer and other items are refused", () => {
  const fit = fitLatentClass(matrixOf({ p: [1, 2, 2] }), { clusterCount: 1, seed: 1 });
  const cases: [() => unknown, string][] = [
    [
      () => fitLatentClass(matrixOf({ p: [1, 2.5] }), { clusterCount: 1, seed: 1 }),
      'fitLatentClass: matrix must hold whole numbers or NaN, got 2.5 at row 1, column "p"',
    ],
    [
      () =>
        fitLatentClass(matrixOf({ p: [1, 2], q: [Number.NaN, Number.NaN] }), { clusterCount: 1, seed: 1 }),
      'fitLatentClass: table must have an answer to every item, got none to "q". Did you mean to leave the item out?',
    ],
    [
      () => fitLatentClass(matrixOf({ p: [1, Number.NaN] }), { clusterCount: 1, seed: 1 }),
      "fitLatentClass: table must have an answer in every row, got none at row 1. Did you mean to leave the row out?",
    ],
    [
      () => assignRows(matrixOf({ other: [1] }), fit),
      'assignRows: table must have the 0 numeric and 1 category columns of the fit in its order, got 0 and 1 with "other" for "p"',
    ],
  ];
  for (const [run, message] of cases) assert.throws(run, { name: "InputError", message });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { mixedTableOf, rowsOfTable, toMixedTable } from "#src/cluster/mixed-table.js";
import { matrixOf, matrixOfColumns } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { latentClassTest } from "#src/models/latent-class-test.js";
import { shuffleTable } from "../cluster/mixed-tables.js";

const options = { seed: 5, resamples: 19, starts: 10, dataStarts: 20 };

/** Answers of two planted classes to five questions, every eighth missing. */
function planted(rowCount: number): ReturnType<typeof matrixOfColumns> {
  const random = createRandom(3);
  const rows = Array.from({ length: rowCount }, (_, i) =>
    Array.from({ length: 5 }, () => {
      const answer = Number(random.next() < (i % 3 === 0 ? 0.2 : 0.85));
      return random.below(8) === 0 ? Number.NaN : answer;
    }),
  );
  const names = ["a", "b", "c", "d", "e"];
  return matrixOfColumns(
    names,
    names.map((_, j) => rows.map((row) => row[j]!)),
  );
}

test("two planted classes: one is too few, two are enough, with missing answers", () => {
  const answers = planted(120);
  const one = latentClassTest(answers, { clusterCount: 1, ...options });
  assert.equal(one.exceedances, 0);
  assert.equal(one.pValue, 1 / 20);
  assert.match(one.notes.join(" "), /No sample came as high/);
  const two = latentClassTest(answers, { clusterCount: 2, ...options });
  assert.ok(two.pValue > 0.1, `p ${two.pValue}`);
  assert.equal(two.pValue, (1 + two.exceedances) / 20);
  assert.ok(Math.abs(two.pValueError - Math.sqrt((two.pValue * (1 - two.pValue)) / 20)) < 1e-15);
  assert.ok(two.logLikelihood >= one.logLikelihoodOfOneMore - 0.01);
  assert.deepEqual(
    two.statisticsUnderNull,
    [...two.statisticsUnderNull].sort((a, b) => a - b),
  );
});

test("the same seed gives the same test whatever the order of rows, and another seed another", () => {
  const table = toMixedTable(planted(60));
  const small = { clusterCount: 1, ...options, resamples: 9 };
  const result = latentClassTest(table, small);
  assert.deepEqual(latentClassTest(shuffleTable(table, 4).table, small), result);
  const other = latentClassTest(table, { ...small, seed: 6 });
  assert.notDeepEqual(other.statisticsUnderNull, result.statisticsUnderNull);
});

test("progress counts the data and the samples, and an error thrown in it stops the test", () => {
  const answers = planted(40);
  const seen: number[] = [];
  const small = { clusterCount: 1, ...options, resamples: 4 };
  latentClassTest(answers, {
    ...small,
    onProgress: ({ done, total }) => {
      assert.equal(total, 5);
      seen.push(done);
    },
  });
  assert.deepEqual(seen, [0, 1, 2, 3, 4, 5]);
  const stop = ({ done }: { readonly done: number }): void => {
    if (done === 2) throw new Error("enough");
  };
  assert.throws(() => latentClassTest(answers, { ...small, onProgress: stop }), /^Error: enough$/);
});

test("a p-value beside 0.05 asks for more samples, a start that found the best alone for more starts", () => {
  // 19 samples: no exceedance gives 0.05.
  const notes = [1, 2, 3, 4, 5, 6].flatMap(
    (seed) => latentClassTest(planted(12), { clusterCount: 1, ...options, seed }).notes,
  );
  assert.ok(notes.some((note) => /may lie on either side of 0.05; take more resamples\.$/.test(note)));
});

test("counts out of range, rows that are all equal and rows without an answer are refused", () => {
  const words = mixedTableOf({ p: ["a", "b", "b", "c"], q: ["x", "x", "y", null] });
  const cases: [() => unknown, string][] = [
    [
      () => latentClassTest(words, { clusterCount: 4, seed: 1 }),
      "latentClassTest: clusterCount must be a whole number from 1 to 3 (one less than the number of different rows), got 4",
    ],
    [
      () => latentClassTest(words, { clusterCount: 1.5, seed: 1 }),
      "latentClassTest: clusterCount must be a whole number from 1 to 4 (the row count), got 1.5",
    ],
    [
      () => latentClassTest(rowsOfTable(toMixedTable(words), [0, 0]), { clusterCount: 1, seed: 1 }),
      "latentClassTest: table must have at least 2 different rows, got 1",
    ],
    [
      () => latentClassTest(words, { clusterCount: 1, seed: 1, resamples: 0 }),
      "latentClassTest: resamples must be a whole number from 1 to 1000000, got 0",
    ],
    [
      () => latentClassTest(words, { clusterCount: 1, seed: 1, dataStarts: 0 }),
      "latentClassTest: dataStarts must be a whole number from 1 to 1000000, got 0",
    ],
    [
      () => latentClassTest(matrixOf({ p: [1, Number.NaN] }), { clusterCount: 1, seed: 1 }),
      "latentClassTest: table must have an answer in every row, got none at row 1. Did you mean to leave the row out?",
    ],
  ];
  for (const [run, message] of cases) assert.throws(run, { name: "InputError", message });
});

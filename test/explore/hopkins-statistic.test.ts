import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { type Matrix, matrixOf, matrixOfColumns, rowsOf } from "#src/core/matrix.js";
import { createRandom, type Random } from "#src/core/random.js";
import { hopkinsRatio } from "#src/explore/hopkins-ratio.js";
import { hopkinsStatistic } from "#src/explore/hopkins-statistic.js";
import { referenceNumbers } from "../reference-numbers.js";

type Rows = readonly (readonly number[])[];

interface Draws {
  readonly mean: number;
  readonly standardDeviation: number;
}

interface Reference {
  readonly cases: readonly { rows: Rows; points: number[]; picked: number[]; value: number }[];
  readonly means: Readonly<
    Record<"iris" | "ruspini", { sampleSize: number } & Record<"columns" | "principal-axes", Draws>>
  >;
}

const reference = referenceNumbers<Reference>("hopkins");
const data = referenceNumbers<Readonly<Record<"iris" | "ruspini", Rows>>>("cluster-data");

function toMatrix(rows: Rows): Matrix {
  const names = rows[0]!.map((_, j) => `x${j}`);
  return matrixOfColumns(
    names,
    names.map((_, j) => rows.map((row) => row[j]!)),
  );
}

function madeMatrix(rowCount: number, value: (row: number, column: number) => number): Matrix {
  return toMatrix(Array.from({ length: rowCount }, (_, i) => [value(i, 0), value(i, 1)]));
}

/** The fewest references and draws that the tests need, to be quick. */
const quick = { draws: 3, references: 39 };
const normal = (random: Random) => madeMatrix(120, () => random.normal());

test("on given points and rows the statistic equals SciPy's nearest neighbours put into the formula", () => {
  for (const { rows, points, picked, value } of reference.cases) {
    const ours = hopkinsRatio(toMatrix(rows), Float64Array.from(points), picked);
    assert.ok(Math.abs(ours - value) <= 1e-12, `${ours} against ${value}`);
  }
});

test("by hand: rows 0, 1, 5; point 3 is 2 from a row, row 1 is 1 from a row", () => {
  assert.equal(hopkinsRatio(matrixOf({ x: [0, 1, 5] }), Float64Array.of(3), [1]), 2 / (2 + 1));
  const plane = matrixOf({ x: [0, 1, 5], y: [0, 0, 0] });
  assert.equal(hopkinsRatio(plane, Float64Array.of(3, 0), [1]), 4 / (4 + 1));
});

test("the mean over draws is that of SciPy's draws on iris and ruspini, in either box", () => {
  for (const name of ["iris", "ruspini"] as const) {
    for (const box of ["columns", "principal-axes"] as const) {
      const { sampleSize, [box]: expected } = reference.means[name];
      const { value } = hopkinsStatistic(toMatrix(data[name]), {
        seed: 5,
        draws: 200,
        sampleSize,
        references: 19,
        box,
      });
      const tolerance = (4 * expected.standardDeviation) / Math.sqrt(200);
      assert.ok(Math.abs(value - expected.mean) <= tolerance, `${name}, ${box}: ${value}`);
    }
  }
});

test("groups that lie apart are more clumped than one cloud; even rows and one cloud are not", () => {
  const random = createRandom(3);
  const groups = hopkinsStatistic(
    madeMatrix(300, (i) => random.normal() + 12 * (i % 3)),
    { seed: 1, ...quick },
  );
  assert.match(groups.reading, /More clumped than either/);
  assert.equal(groups.normal.shareAsLarge, 1 / 40);
  const even = hopkinsStatistic(
    madeMatrix(300, () => random.next()),
    { seed: 1, box: "columns", ...quick },
  );
  assert.match(even.reading, /No more clumped than rows spread evenly or one normal cloud/);
  assert.ok(even.even.low > 0.3 && even.even.high < 0.7 && even.normal.median > even.even.high);
});

test("one normal cloud is called more clumped than normal clouds in no more than some 5 % of 40 sets", () => {
  const random = createRandom(12);
  const called = Array.from({ length: 40 }, (_, seed) =>
    hopkinsStatistic(normal(random), { seed, ...quick }),
  ).filter((hopkins) => hopkins.normal.shareAsLarge <= 0.05);
  assert.ok(called.length <= 6, `${called.length}`);
});

test("the order of rows changes no bit, nor does a column that does not vary", () => {
  const matrix = normal(createRandom(4));
  const order = Array.from({ length: 120 }, (_, i) => (i * 37) % 120);
  const options = { seed: 9, ...quick };
  const hopkins = hopkinsStatistic(matrix, options);
  assert.deepEqual(hopkinsStatistic(rowsOf(matrix, order), options), hopkins);
  const values = Array.from({ length: 120 }, (_, i) => [matrix.values[2 * i]!, 4, matrix.values[2 * i + 1]!]);
  const flat = hopkinsStatistic(toMatrix(values), options);
  assert.deepEqual([flat.value, flat.exponent], [hopkins.value, 2]);
  assert.deepEqual(flat.notes, ["Left out because they do not vary: x1"]);
});

test("more than 1,000 rows are sampled, twins are counted, progress is told, and the notes say so", () => {
  const random = createRandom(6);
  const told: number[] = [];
  const { rowsUsed, notes } = hopkinsStatistic(
    madeMatrix(1500, (_, j) => Math.round((j + 1) * 3 * random.next())),
    { seed: 2, draws: 1, references: 19, onProgress: ({ done, total }) => told.push(done / total) },
  );
  assert.equal(rowsUsed, 1000);
  assert.equal(notes[0], "A seeded sample of 1,000 of 1,500 rows");
  assert.match(notes[1]!, /^1,000 of 1,000 rows have a twin/);
  assert.deepEqual([told.length, told.at(-1)], [38, 1]);
});

test("bad input is told in one sentence", () => {
  const ten = matrixOf({ x: Array.from({ length: 10 }, (_, i) => i) });
  const refusals: readonly (readonly [() => unknown, RegExp])[] = [
    [
      () => hopkinsStatistic(matrixOf({ x: [1] }), { seed: 1 }),
      /^hopkinsStatistic: matrix must have at least 10 rows, got 1$/,
    ],
    [
      () => hopkinsStatistic(matrixOf({ x: Array(12).fill(3) }), { seed: 1 }),
      /^hopkinsStatistic: matrix must have 1 to 64 columns that vary, got 0 of 1$/,
    ],
    [
      () => hopkinsStatistic(matrixOf({ x: [1, Number.NaN] }), { seed: 1 }),
      /matrix must be finite, got NaN at row 1/,
    ],
    [() => hopkinsStatistic(ten, { seed: 1.5 }), /seed must be a whole number/],
    [
      () => hopkinsStatistic(ten, { seed: 1, draws: 0 }),
      /draws must be a whole number of at least 1, got 0$/,
    ],
    [
      () => hopkinsStatistic(ten, { seed: 1, references: 5 }),
      /references must be a whole number of at least 19, got 5$/,
    ],
    [
      () => hopkinsStatistic(ten, { seed: 1, sampleSize: 11 }),
      /sampleSize must be a whole number from 1 to 10/,
    ],
  ];
  for (const [call, message] of refusals)
    assert.throws(
      call,
      (error: unknown) => error instanceof InputError && message.test(error.message),
      `${message}`,
    );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrixOf } from "#src/core/matrix.js";
import { fitKMeans, type KMeansOptions } from "#src/kmeans/kmeans.js";

const matrix = matrixOf({ x: [1, 1, 2, 7], y: [1, 1, 2, 3] });

function refuses(given: Matrix, options: Partial<KMeansOptions>, message: string): void {
  assert.throws(() => fitKMeans(given, { clusterCount: 2, seed: 1, ...options }), {
    name: "InputError",
    message: `fitKMeans: ${message}`,
  });
}

test("a count that rows cannot fill is refused", () => {
  const count = "clusterCount must be a whole number from 1 to";
  refuses(matrix, { clusterCount: 1.5 }, `${count} 4 (the row count), got 1.5`);
  refuses(matrix, { clusterCount: 0 }, `${count} 4 (the row count), got 0`);
  refuses(matrix, { clusterCount: Number.NaN }, `${count} 4 (the row count), got NaN`);
  refuses(matrix, { clusterCount: "2" as never }, `${count} 4 (the row count), got "2"`);
  refuses(matrix, { clusterCount: 5 }, `${count} 4 (the row count), got 5`);
  refuses(matrix, { clusterCount: 4 }, `${count} 3 (the number of different rows), got 4`);
  refuses(matrixOf({ x: [5] }), {}, `${count} 1 (the row count), got 2`);
  refuses(matrixOf({ x: [5, 5, 5] }), {}, `${count} 1 (the number of different rows), got 2`);
  refuses(matrix, { caseWeights: [1, 4, 0, 0] }, `${count} 1 (the number of different rows), got 2`);
});

test("rows that are no numbers are refused", () => {
  refuses(
    matrixOf({ x: [1, Number.NaN, 3], y: [1, 2, Number.NaN] }),
    {},
    'matrix must be finite, got NaN at row 1, column "x" (2 such cells)',
  );
  refuses(
    matrixOf({ x: [1, 2, Number.POSITIVE_INFINITY] }),
    {},
    'matrix must be finite, got Infinity at row 2, column "x" (1 such cells)',
  );
  refuses(
    matrixOf({ x: [1, 2, 1e200] }),
    {},
    'matrix must hold values from -1e140 to 1e140, got 1e+200 at row 2, column "x"',
  );
  refuses(matrixOf({ x: [] }), {}, "matrix must have at least one row, got none");
});

test("weights that are no weights are refused", () => {
  const cases = "caseWeights must";
  refuses(matrix, { caseWeights: [1, 2] }, `${cases} have 4 values (one per row), got 2`);
  refuses(
    matrix,
    { caseWeights: [1, -2, 1, 1] },
    `${cases} be finite numbers of at least 0, got -2 at row 1`,
  );
  refuses(
    matrix,
    { caseWeights: [1, 1, Number.NaN, 1] },
    `${cases} be finite numbers of at least 0, got NaN at row 2`,
  );
  refuses(
    matrix,
    { caseWeights: [1, 1, 1, Number.POSITIVE_INFINITY] },
    `${cases} be finite numbers of at least 0, got Infinity at row 3`,
  );
  refuses(matrix, { caseWeights: [0, 0, 0, 0] }, `${cases} have at least one above 0, got only zeros`);
  refuses(
    matrix,
    { caseWeights: [1, 1, 1, 1], sizeLimits: [1, 3] },
    `${cases} not be given with sizeLimits, got both`,
  );
  const columns = "columnWeights must";
  refuses(matrix, { columnWeights: [1] }, `${columns} have 2 values (one per column), got 1`);
  refuses(matrix, { columnWeights: [0, 0] }, `${columns} have at least one above 0, got only zeros`);
  refuses(
    matrix,
    { columnWeights: [1, -1] },
    `${columns} be finite numbers of at least 0, got -1 at column 1`,
  );
});

test("options outside their range are refused", () => {
  refuses(matrix, { seed: 0.5 }, "seed must be a whole number of at least 0, got 0.5");
  refuses(matrix, { starts: 0 }, "starts must be a whole number from 1 to 1000000, got 0");
  refuses(matrix, { maxIterations: 0 }, "maxIterations must be a whole number from 1 to 2147483647, got 0");
  refuses(matrix, { threads: 1.5 }, "threads must be a whole number from 1 to 256, got 1.5");
  refuses(
    matrix,
    { initialCentres: [[1, 2], [3]] },
    "initialCentres must be 2 centres of 2 finite values, got 1 values at centre 1",
  );
});

test("one row, equal rows and a constant column are fitted", () => {
  const one = fitKMeans(matrixOf({ x: [5], y: [7] }), { clusterCount: 1, seed: 1 });
  assert.deepEqual(one.centres, [[5, 7]]);
  assert.deepEqual([one.inertia, one.converged, one.hitRate], [0, true, 1]);
  const equal = fitKMeans(matrixOf({ x: [5, 5, 5] }), { clusterCount: 1, seed: 1 });
  assert.deepEqual([equal.centres, equal.sizes, equal.inertia], [[[5]], [3], 0]);
  const constant = fitKMeans(matrixOf({ x: [0, 1, 10, 11, 12], y: [3, 3, 3, 3, 3] }), {
    clusterCount: 2,
    seed: 1,
  });
  assert.deepEqual(constant.centres, [
    [11, 3],
    [0.5, 3],
  ]);
  assert.equal(constant.inertia, 2.5);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Matrix, matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { selectiveFrom } from "#src/inference/selective-p-value.js";
import { testBasisFeature } from "#src/inference/test-basis-feature.js";
import { normals } from "./reference.js";
import { distanceFromUniform } from "./shop-of-bases.js";

interface SelectiveCase {
  readonly data: readonly (readonly number[])[];
  readonly firstRows: readonly number[];
  readonly sigma: number;
  readonly column: number | null;
  readonly statistic: number;
  readonly pValue: number;
}

const { cases }: { readonly cases: readonly SelectiveCase[] } = JSON.parse(
  readFileSync("test/reference/selective.json", "utf8"),
);

test("selective p-values agree with Lloyd's algorithm run again at 6,001 points of a grid", () => {
  for (const { data, firstRows, sigma, column, statistic, pValue } of cases) {
    const names = data[0]!.map((_, j) => `c${j}`);
    const matrix = matrixOf(Object.fromEntries(names.map((name, j) => [name, data.map((row) => row[j]!)])));
    const feature = column === null ? {} : { feature: names[column]! };
    const found = selectiveFrom(matrix, Uint32Array.from(firstRows), { sigma, ...feature });
    assert.ok(typeof found !== "string");
    assert.ok(Math.abs(found.statistic - statistic) < 1e-9);
    // As far as a grid tells where the truncation set ends.
    assert.ok(Math.abs(found.pValue - pValue) < 1.5e-3, `${found.pValue} and ${pValue}`);
  }
});

/** Two columns of noise around as many far groups as asked for. */
function groupsOf(seed: number, size: number, gap: number): Matrix {
  const random = createRandom(seed);
  return matrixOf({
    x: normals(random, size).map((value, i) => value + gap * (i % 2)),
    y: normals(random, size),
  });
}

test("without groups p is uniform for all columns together, for one, and by thinning; the plain test would claim every time", () => {
  const runs = 150;
  const ways: readonly { readonly method: "selective" | "thinning"; readonly feature?: string }[] = [
    { method: "selective" },
    { method: "selective", feature: "x" },
    { method: "thinning", feature: "x" },
  ];
  for (const way of ways) {
    const pValues: number[] = [];
    for (let seed = 0; seed < runs; seed++) {
      const { pValue } = testBasisFeature(groupsOf(seed, 100, 0), {
        ...way,
        clusterCount: 2,
        seed,
        sigma: 1,
      });
      if (pValue !== null) pValues.push(pValue);
    }
    assert.ok(pValues.length > 0.95 * runs, `${way.method}: ${pValues.length}`);
    // The 0.1 % point of the distance of 150 uniform values is 0.159.
    const distance = distanceFromUniform(pValues);
    assert.ok(distance < 0.159, `${JSON.stringify(way)}: ${distance}`);
  }
});

test("far groups are claimed by both methods, a column without them is not", () => {
  for (const method of ["selective", "thinning"] as const) {
    const claims = (feature: string) =>
      Array.from({ length: 40 }, (_, seed) =>
        testBasisFeature(groupsOf(seed, 100, 7), { method, feature, clusterCount: 2, seed, sigma: 1 }),
      ).filter(({ pValue }) => pValue !== null && pValue < 0.05).length;
    assert.ok(claims("x") >= 36, `${method} claims x ${claims("x")} of 40`);
    assert.ok(claims("y") <= 6, `${method} claims y ${claims("y")} of 40`);
  }
});

test("each condition that fails is named, with what was found", () => {
  const random = createRandom(3);
  const x = normals(random, 200);
  const ask = (matrix: Matrix, more: object = {}) =>
    testBasisFeature(matrix, { method: "selective", clusterCount: 2, seed: 1, sigma: 1, ...more });
  const correlated = matrixOf({
    x,
    y: x.map((value) => value + 0.3 * random.normal()),
    z: normals(random, 200),
  });
  const skewed = matrixOf({ x: x.map(Math.exp), y: normals(random, 200) });
  const wide = matrixOf({
    x: x.map((value) => 20 * value),
    y: normals(random, 200),
    z: normals(random, 200),
  });
  assert.match(ask(correlated).whyNoPValue!, /columns are uncorrelated \(largest correlation/);
  assert.match(ask(skewed).whyNoPValue!, /columns are normal around their centres \(largest skewness/);
  assert.match(ask(wide).whyNoPValue!, /columns spread equally within clusters \(largest standard deviation/);
  const plain = matrixOf({ x, y: normals(random, 200) });
  const weighted = ask(plain, { caseWeights: x.map((_, i) => 1 + (i % 2)) });
  assert.match(weighted.whyNoPValue!, /every row counts the same \(rows are weighted\)/);
  const unknown = ask(plain, { method: "thinning", sigma: undefined });
  assert.deepEqual(
    [unknown.pValue, unknown.whyNoPValue],
    [null, "No p-value: it needs that sigma is known (not given)."],
  );
  const few = matrixOf({ x: x.slice(0, 12), y: x.slice(12, 24) });
  assert.match(ask(few).whyNoPValue!, /at least 20 rows, 10 per cluster \(12 rows\)/);
  assert.ok(ask(plain, { sigma: undefined }).pValue! > 0);
});

test("a wrong request is an error that says what must be", () => {
  const matrix = groupsOf(1, 50, 0);
  const ask = (options: object) => () =>
    testBasisFeature(matrix, { method: "selective", clusterCount: 2, seed: 1, ...options });
  assert.throws(ask({ method: "naive" }), /method must be one of selective, thinning, got "naive"/);
  assert.throws(ask({ feature: "xx" }), /feature must be a column of the matrix, got "xx"/);
  assert.throws(ask({ pair: [1, 1] }), /pair must be two different clusters, got 1 and 1/);
  assert.throws(ask({ sigma: 0 }), /sigma must be a number from/);
  assert.throws(
    () =>
      testBasisFeature(matrixOf({ x: [1, Number.NaN] }), { method: "selective", clusterCount: 2, seed: 1 }),
    /matrix must be finite, got NaN at row 1, column "x"/,
  );
});

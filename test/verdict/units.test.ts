import assert from "node:assert/strict";
import { test } from "node:test";
import { normalQuantile } from "#src/core/special-functions.js";
import { fitCopiesTo } from "#src/verdict/group-free-copies.js";
import { findPairValleys } from "#src/verdict/pair-valleys.js";
import { tabulateQuantiles } from "#src/verdict/quantile-table.js";
import { valleyLimit } from "#src/verdict/valley-limits.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Unit {
  readonly name: string;
  readonly columnCount: number;
  readonly rows: number[];
  readonly labels: number[];
  readonly pairs: { a: number; b: number; valley: number; limit: number }[];
  readonly quantiles: number[][];
  readonly mixing: number[];
}

const reference = referenceNumbers<{
  units: Unit[];
  limits: { sizeA: number; sizeB: number; columnCount: number; limit: number }[];
}>("verdict-units");

function assertNear(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9, `${what}: ${actual} instead of ${expected}`);
}

for (const { name, columnCount, rows, labels, pairs, quantiles, mixing } of reference.units) {
  const points = Float64Array.from(rows);

  test(`${name}: the valley of every pair is NumPy's to 1e-9`, () => {
    const clusterCount = Math.max(...labels) + 1;
    const found = findPairValleys({ points, columnCount, labels: Int32Array.from(labels), clusterCount });
    assert.equal(found.length, pairs.length);
    pairs.forEach((pair, i) => {
      assertNear(found[i]!.valley, pair.valley, `valley of ${pair.a} and ${pair.b}`);
      assertNear(found[i]!.limit, pair.limit, `limit of ${pair.a} and ${pair.b}`);
    });
  });

  test(`${name}: the quantiles with one mode are those of SciPy's isotonic regression to 1e-9`, () => {
    quantiles.forEach((expected, j) => {
      const column = Float64Array.from({ length: labels.length }, (_, i) => points[i * columnCount + j]!);
      const table = tabulateQuantiles(column, 8192);
      expected.forEach((value, i) => {
        assertNear(table[Math.floor((i * 8191) / 100)]!, value, `column ${j}, hundredth ${i}`);
      });
    });
  });

  test(`${name}: five steps come to SciPy's latent correlations on the same normals, to 1e-9`, () => {
    const normals = evenNormals(2000, columnCount);
    const model = fitCopiesTo(points, columnCount, normals);
    mixing.forEach((value, at) => {
      assertNear(model.mixing[at]!, value, `mixing at ${at}`);
    });
  });
}

test("limits between and beyond the table's rows and columns are NumPy's interpolation", () => {
  for (const { sizeA, sizeB, columnCount, limit } of reference.limits)
    assertNear(valleyLimit(sizeA, sizeB, columnCount), limit, `${sizeA}, ${sizeB}, ${columnCount}`);
});

/** Multiples of square roots of primes, modulo 1, turned into normal quantiles: the same numbers in any language. */
function evenNormals(count: number, columnCount: number): Float64Array {
  const roots = [2, 3, 5, 7, 11].map(Math.sqrt);
  return Float64Array.from({ length: count * columnCount }, (_, at) =>
    normalQuantile(((Math.floor(at / columnCount) + 1) * roots[at % columnCount]!) % 1),
  );
}

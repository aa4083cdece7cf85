import assert from "node:assert/strict";
import { test } from "node:test";
import { mean, quantileSorted, sampleSkewness, sampleStandardDeviation } from "simple-statistics";
import { createRandom } from "#src/core/random.js";
import {
  countRows,
  countValues,
  meanOf,
  medianOf,
  skewnessOf,
  standardDeviationOf,
  withCopies,
} from "#src/features/counted-values.js";

const random = createRandom(5);
const shapes: readonly (readonly [string, () => number])[] = [
  ["money", () => Math.floor(Math.exp(8 + 2 * (random.next() + random.next() - 1))) / 100],
  ["days", () => Math.floor(random.next() * 400)],
  ["shares", () => Math.floor(random.next() * 7) / 3],
  ["both signs", () => (random.next() - 0.5) ** 3 * 1e6],
];

for (const [name, draw] of shapes)
  test(`counts of ${name} give the very bits of simple-statistics over the sorted column`, () => {
    const column = Float64Array.from({ length: 10_001 }, draw);
    const sorted = [...column.slice().sort()];
    const counted = countValues(column);
    assert.equal(countRows(counted), column.length);
    assert.equal(meanOf(counted), mean(sorted));
    assert.equal(standardDeviationOf(counted), sampleStandardDeviation(sorted));
    assert.equal(skewnessOf(counted), sampleSkewness(sorted));
    assert.equal(medianOf(counted), quantileSorted(sorted, 0.5));
    const even = countValues(column.subarray(1));
    assert.equal(medianOf(even), quantileSorted([...column.slice(1).sort()], 0.5));
  });

test("missing values do not count, −0 is 0, and copies take their place in the order", () => {
  const counted = countValues(Float64Array.of(2, Number.NaN, -0, 0, Number.POSITIVE_INFINITY));
  assert.deepEqual([...counted.values], [0, 2]);
  assert.deepEqual([...counted.counts], [2, 1]);
  const longer = withCopies(counted, 1, 4);
  assert.deepEqual([...longer.values], [0, 1, 2]);
  assert.deepEqual([...longer.counts], [2, 4, 1]);
  assert.deepEqual([...withCopies(counted, 2, 3).counts], [2, 4]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOfColumns } from "#src/core/matrix.js";
import { createRandom, type Random } from "#src/core/random.js";
import { gapStatistic } from "#src/validity/gap-statistic.js";

/** A row of data without groups. */
type Draw = (random: Random, columnCount: number) => number[];

const plain: Record<string, Draw> = {
  "uniform noise in a cube": (random, columnCount) => fillRow(columnCount, () => random.next()),
  "one Gaussian": (random, columnCount) => fillRow(columnCount, () => random.normal()),
};

const harder: Record<string, Draw> = {
  "one Gaussian with correlations of 0.64": (random, columnCount) => {
    const shared = random.normal();
    return fillRow(columnCount, () => 0.8 * shared + 0.6 * random.normal());
  },
  "one cloud with heavy tails (t with 3 degrees of freedom)": (random, columnCount) => {
    const scale = Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3);
    return fillRow(columnCount, () => random.normal() / scale);
  },
};

const fillRow = (count: number, next: () => number) => Array.from({ length: count }, next);

/** Seeded sets of 200 to 500 rows and 2 to 8 columns, each against 200 references: how often the count is 1. */
function countOnes(drawRow: Draw, sets: number): number {
  let ones = 0;
  for (let seed = 0; seed < sets; seed++) {
    const random = createRandom(1000 + seed);
    const columnCount = 2 + random.below(7);
    const rows = Array.from({ length: 200 + random.below(301) }, () => drawRow(random, columnCount));
    const names = rows[0]!.map((_, j) => `x${j}`);
    const matrix = matrixOfColumns(
      names,
      names.map((_, j) => rows.map((row) => row[j]!)),
    );
    const { method, recommendedCount } = gapStatistic(matrix, { counts: [1, 3], seed, starts: 10 });
    assert.equal(method.references, 200);
    if (recommendedCount === 1) ones++;
  }
  return ones;
}

for (const [name, drawRow] of Object.entries(plain))
  test(`${name}: the count chosen is 1 in at least 95 of 100 sets`, () => {
    const ones = countOnes(drawRow, 100);
    assert.ok(ones >= 95, `1 in ${ones} of 100 sets`);
  });

for (const [name, drawRow] of Object.entries(harder))
  test(`${name}: the count chosen is 1 in at least 28 of 30 sets`, () => {
    const ones = countOnes(drawRow, 30);
    assert.ok(ones >= 28, `1 in ${ones} of 30 sets`);
  });

// The paper's box is wider than a disc that has no principal axes of its own, so its references look less divided.
test("uniform in a disc or ball: the rule errs more often, in up to one of five sets", () => {
  const ones = countOnes((random, columnCount) => {
    const direction = fillRow(columnCount, () => random.normal());
    const scale = random.next() ** (1 / columnCount) / Math.hypot(...direction);
    return direction.map((value) => value * scale);
  }, 30);
  assert.ok(ones >= 24, `1 in ${ones} of 30 sets`);
});

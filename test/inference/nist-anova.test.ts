import assert from "node:assert/strict";
import { test } from "node:test";
import { oneWayAnova } from "#src/inference/one-way-anova.js";
import { referenceNumbers } from "../reference-numbers.js";
import { assertNear } from "./reference.js";

interface NistSet {
  readonly name: string;
  readonly certified: number;
  readonly ofDoubles: number;
  readonly groups?: readonly (readonly number[])[];
  readonly offset?: string;
  readonly replicates?: number;
}

const { sets } = referenceNumbers<{ readonly sets: readonly NistSet[] }>("nist-anova");

/** Simon and Lesage's data: nine treatments at tenths above an offset, replicates by turns a tenth below and above. */
function simonLesage(offset: string, replicates: number): number[][] {
  return Array.from({ length: 9 }, (_, treatment) => {
    const centre = treatment === 0 ? 4 : treatment % 2 === 1 ? 3 : 5;
    return Array.from({ length: replicates }, (_, i) =>
      Number(`${offset}.${i === 0 ? centre : i % 2 === 1 ? centre - 1 : centre + 1}`),
    );
  });
}

for (const { name, certified, ofDoubles, groups, offset, replicates } of sets)
  test(`NIST ${name}: F is the certified one, to the last digits that the numbers hold`, () => {
    const data = groups ?? simonLesage(offset!, replicates!);
    const { statistic } = oneWayAnova(data, { resamples: 0 });
    assertNear(statistic, ofDoubles, 1e-12, "exact arithmetic on the same doubles");
    // At the offset 1e12 a double is rounded to 1/8192, which alone moves F by up to 7 in 100,000.
    assertNear(statistic, certified, offset === "1000000000000" ? 7e-5 : 1e-8, "certified");
    assert.ok(statistic > 0);
  });

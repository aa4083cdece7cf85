import assert from "node:assert/strict";
import { test } from "node:test";
import { adjustPValues, type PAdjustment } from "#src/inference/adjust-p-values.js";
import { adjustedResiduals } from "#src/inference/adjusted-residuals.js";
import { brownForsythe } from "#src/inference/brown-forsythe.js";
import { chiSquareTest } from "#src/inference/chi-square-test.js";
import { cramersV } from "#src/inference/cramers-v.js";
import { equivalenceTest } from "#src/inference/equivalence-test.js";
import { fisherExact } from "#src/inference/fisher-exact.js";
import { gamesHowell } from "#src/inference/games-howell.js";
import { kruskalWallis } from "#src/inference/kruskal-wallis.js";
import { mannWhitneyU } from "#src/inference/mann-whitney-u.js";
import { oneWayAnova } from "#src/inference/one-way-anova.js";
import { studentizedRange } from "#src/inference/studentized-range.js";
import type { TestResult } from "#src/inference/test-result.js";
import { tukeyKramer } from "#src/inference/tukey-kramer.js";
import { welchAnova } from "#src/inference/welch-anova.js";
import { welchT } from "#src/inference/welch-t.js";
import { withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";
import { assertNear, groupsBy, readDataset } from "./reference.js";

interface RTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number | readonly number[];
  readonly pValue: number;
}

interface RPair {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly adjustedPValue: number;
}

interface RNumbers {
  readonly oneWay: Readonly<
    Record<
      string,
      Readonly<Record<"anova" | "welch" | "kruskal" | "brownForsythe", RTest>> & {
        readonly groups: readonly (readonly number[])[];
        readonly tukey: readonly RPair[];
        readonly gamesHowell: readonly (RTest & RPair)[];
      }
    >
  >;
  readonly pairs: Readonly<
    Record<
      string,
      {
        readonly first: readonly number[];
        readonly second: readonly number[];
        readonly exact: boolean;
        readonly welch: RTest & RPair;
        readonly wilcoxon: Pick<RTest, "statistic" | "pValue">;
        readonly equivalence: Readonly<Record<"low" | "high" | "pLow" | "pHigh", number>>;
      }
    >
  >;
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly table: readonly (readonly number[])[];
        readonly chiSquare: RTest;
        readonly residuals: readonly (readonly number[])[];
        readonly fisher: number | null;
      }
    >
  >;
  readonly wholesale: Readonly<Record<string, Pick<RTest, "statistic" | "pValue">>>;
  readonly adjusted: Readonly<Record<PAdjustment | "pValues", readonly number[]>>;
  readonly range: readonly Readonly<Record<"q" | "groupCount" | "degreesOfFreedom" | "below", number>>[];
}

const expected = referenceNumbers<RNumbers>("tests-r");

function assertSame(actual: TestResult, { statistic, degreesOfFreedom, pValue }: RTest, what: string): void {
  assertNear(actual.statistic, statistic, 1e-8, `${what} statistic`);
  [degreesOfFreedom].flat().forEach((degrees, i) => {
    assertNear(actual.degreesOfFreedom[i]!, degrees, 1e-8, `${what} degrees`);
  });
  assertNear(actual.pValue, pValue, 1e-8, `${what} p`);
}

for (const [name, { groups, ...tests }] of Object.entries(expected.oneWay))
  test(`${name}: analyses of variance, ranks, spreads and all pairs agree with R`, () => {
    assertSame(oneWayAnova(groups, { resamples: 0 }), tests.anova, "anova");
    assertSame(welchAnova(groups, { resamples: 0 }), tests.welch, "oneway.test");
    assertSame(kruskalWallis(groups, { resamples: 0 }), tests.kruskal, "kruskal.test");
    assertSame(brownForsythe(groups, { resamples: 0 }), tests.brownForsythe, "anova from the medians");
    tukeyKramer(groups).pairs.forEach((pair, i) => {
      const own = tests.tukey[i]!;
      assertNear(pair.difference, own.difference, 1e-8, "TukeyHSD difference");
      // TukeyHSD gives intervals to about seven digits, and p as 1 minus a probability.
      assert.ok(Math.abs(pair.interval!.low - own.low) < 1e-6 * Math.abs(own.high - own.low));
      assert.ok(Math.abs(pair.interval!.high - own.high) < 1e-6 * Math.abs(own.high - own.low));
      assert.ok(Math.abs(pair.adjustedPValue - own.adjustedPValue) <= 1e-6 * own.adjustedPValue + 1e-11);
    });
    gamesHowell(groups).pairs.forEach((pair, i) => {
      const own = tests.gamesHowell[i]!;
      assertNear(pair.statistic, own.statistic, 1e-8, "t.test statistic");
      assertNear(pair.degreesOfFreedom!, own.degreesOfFreedom as number, 1e-8, "t.test degrees");
      // R's ptukey is good to nine decimals here; against-python.test.ts holds the relative digits of two of these pairs.
      assert.ok(Math.abs(pair.adjustedPValue - own.adjustedPValue) <= 1e-6 * own.adjustedPValue + 1e-9);
    });
  });

for (const [name, { first, second, exact, welch, wilcoxon, equivalence }] of Object.entries(expected.pairs))
  test(`${name}: Welch's t, Mann–Whitney's U and equivalence agree with R`, () => {
    const t = welchT(first, second);
    assertSame(t, welch, "t.test");
    assertNear(t.difference, welch.difference, 1e-8);
    assertNear(t.differenceInterval.low, welch.low, 1e-8);
    assertNear(t.differenceInterval.high, welch.high, 1e-8);
    const u = mannWhitneyU(first, second, { distribution: exact ? "exact" : "normal" });
    assertNear(u.statistic, wilcoxon.statistic);
    assertNear(u.pValue, wilcoxon.pValue, 1e-8, "wilcox.test p");
    const { pLow, pHigh, pValue } = equivalenceTest(first, second, equivalence);
    assertNear(pLow, equivalence.pLow, 1e-8, "lower one-sided p");
    assertNear(pHigh, equivalence.pHigh, 1e-8, "upper one-sided p");
    assert.equal(pValue, Math.max(pLow, pHigh));
  });

for (const [name, { table, chiSquare, residuals, fisher }] of Object.entries(expected.tables))
  test(`${name}: χ², its residuals${fisher === null ? "" : " and Fisher's exact p"} agree with R`, () => {
    assertSame(chiSquareTest(table, { resamples: 0 }), chiSquare, "chisq.test");
    adjustedResiduals(table).forEach((row, i) => {
      row.forEach((residual, j) => {
        assertNear(residual, residuals[i]![j]!, 1e-8, "stdres");
      });
    });
    if (fisher !== null) {
      const result = fisherExact(table, { resamples: 0 });
      assert.equal(result.method, "Fisher's exact test");
      assertNear(result.pValue, fisher, 1e-8, "fisher.test");
    }
  });

test("wholesale: U by channel is 25823, 5122.5, 2635, 27332, 1667 and 16848.5, p as in R", {
  skip: readDataset("wholesale/wholesale_customers_bom.csv") ? false : withoutDataset,
}, () => {
  const data = readDataset("wholesale/wholesale_customers_bom.csv")!;
  const published = [25823, 5122.5, 2635, 27332, 1667, 16848.5];
  Object.entries(expected.wholesale).forEach(([column, own], i) => {
    const [first, second] = groupsBy(data, column, "Channel") as [number[], number[]];
    const result = mannWhitneyU(first, second);
    assert.equal(result.statistic, published[i]);
    assert.equal(result.statistic, own.statistic);
    assertNear(result.pValue, own.pValue, 1e-8, column);
  });
});

test("published: wholesale channel × region and campaign response × education", () => {
  const check = (name: string, figures: readonly number[]) => {
    const { table } = expected.tables[name]!;
    const result = chiSquareTest(table, { resamples: 0 });
    const total = table.flat().reduce((sum, count) => sum + count, 0);
    const smaller = Math.min(table.length, table[0]!.length);
    const plainV = Math.sqrt(result.statistic / total / (smaller - 1));
    const own = [result.statistic, result.degreesOfFreedom[0]!, result.pValue, plainV, cramersV(table).value];
    own.forEach((value, i) => {
      assertNear(value, figures[i]!, 2e-5, `${name} figure ${i}`);
    });
  };
  check("wholesale channel, region", [4.349142, 2, 0.113657, 0.09942, 0.07308]);
  check("campaign response, education", [23.076098, 4, 1.222698e-4, 0.101498, 0.092299]);
});

test("adjusted p-values agree with p.adjust", () => {
  for (const method of [
    "holm",
    "hochberg",
    "benjamini-hochberg",
    "benjamini-yekutieli",
    "bonferroni",
  ] as const)
    adjustPValues(expected.adjusted.pValues, method).forEach((value, i) => {
      assertNear(value, expected.adjusted[method][i]!, 1e-12, method);
    });
});

test("the studentized range agrees with ptukey", () => {
  for (const { q, groupCount, degreesOfFreedom, below } of expected.range)
    assertNear(studentizedRange(groupCount, degreesOfFreedom).below(q), below, 1e-6);
});

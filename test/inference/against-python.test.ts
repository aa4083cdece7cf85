import assert from "node:assert/strict";
import { test } from "node:test";
import { brownForsythe } from "#src/inference/brown-forsythe.js";
import { dunnTest } from "#src/inference/dunn-test.js";
import { gTest } from "#src/inference/g-test.js";
import { gamesHowell } from "#src/inference/games-howell.js";
import { mannWhitneyU } from "#src/inference/mann-whitney-u.js";
import { normalUpperTail } from "#src/inference/normal-distribution.js";
import { everyPair } from "#src/inference/pairwise-result.js";
import { studentizedRange } from "#src/inference/studentized-range.js";
import { welchT } from "#src/inference/welch-t.js";
import { withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";
import { assertNear, groupsBy, readDataset } from "./reference.js";

type Numbers = readonly number[];

interface PythonNumbers {
  readonly normalTail: readonly (readonly [number, number])[];
  readonly range: readonly (readonly [number, number, number, number, number])[];
  readonly farTail: readonly (readonly [number, number, number])[];
  readonly quantile: readonly (readonly [number, number, number, number])[];
  readonly exactRanks: readonly {
    readonly first: Numbers;
    readonly second: Numbers;
    readonly pValue: number;
  }[];
  readonly splits: readonly {
    readonly data: "wholesale" | "campaign";
    readonly column: string;
    readonly by: string;
    readonly brownForsythe: Readonly<Record<"statistic" | "pValue", number>>;
    readonly dunn: readonly Readonly<Record<"pValue" | "adjustedPValue", number>>[];
    readonly gamesHowell: readonly Readonly<
      Record<"statistic" | "degreesOfFreedom" | "adjustedPValue", number>
    >[];
    readonly mannWhitney: readonly Readonly<Record<"statistic" | "pValue", number>>[];
    readonly welch: readonly Readonly<
      Record<"statistic" | "degreesOfFreedom" | "pValue" | "low" | "high", number>
    >[];
  }[];
  readonly gTest: readonly {
    readonly table: readonly Numbers[];
    readonly statistic: number;
    readonly pValue: number;
  }[];
}

const expected = referenceNumbers<PythonNumbers>("tests-python");
const data = {
  wholesale: readDataset("wholesale/wholesale_customers_bom.csv"),
  campaign: readDataset("marketing_campaign/marketing_campaign_iso_dates.csv"),
};
const skip = data.wholesale && data.campaign ? false : withoutDataset;

test("the upper tail of the normal distribution agrees with mpmath down to 1e-197", () => {
  for (const [z, tail] of expected.normalTail) assertNear(normalUpperTail(z), tail, 1e-12, `z ${z}`);
});

test("the studentized range agrees with SciPy on both sides, and in the far tail with 60 digits of mpmath", () => {
  for (const [q, groupCount, degrees, below, above] of expected.range) {
    const range = studentizedRange(groupCount, degrees);
    assertNear(range.below(q), below, 1e-9, `below ${q}`);
    // SciPy's upper tail is 1 less the lower one: 13 decimals.
    assert.ok(Math.abs(range.above(q) - above) <= 1e-8 * above + 1e-13, `above ${q}`);
  }
  for (const [q, groupCount, above] of expected.farTail)
    assertNear(studentizedRange(groupCount, Number.POSITIVE_INFINITY).above(q), above, 1e-9, `far ${q}`);
});

test("quantiles of the studentized range agree with SciPy", () => {
  for (const [probability, groupCount, degrees, q] of expected.quantile)
    assertNear(studentizedRange(groupCount, degrees).quantile(probability), q, 1e-8, `${probability}`);
});

test("exact p of U with ties is the share of all arrangements, listed one by one in Python", () => {
  for (const { first, second, pValue } of expected.exactRanks)
    assertNear(mannWhitneyU(first, second).pValue, pValue, 1e-12);
});

test("G agrees with SciPy's likelihood ratio, empty cells included", () => {
  for (const { table, statistic, pValue } of expected.gTest) {
    const result = gTest(table, { resamples: 0 });
    assertNear(result.statistic, statistic, 1e-8);
    assertNear(result.pValue, pValue, 1e-8);
  }
});

for (const own of expected.splits)
  test(`${own.data} ${own.column} by ${own.by}: spreads and all pairs agree with SciPy, pingouin and scikit-posthocs`, {
    skip,
  }, () => {
    const groups = groupsBy(data[own.data]!, own.column, own.by).map((group) =>
      group.filter((value) => value !== 0 || own.column !== "Income"),
    );
    const spreads = brownForsythe(groups, { resamples: 0 });
    assertNear(spreads.statistic, own.brownForsythe.statistic, 1e-8, "Brown–Forsythe");
    assertNear(spreads.pValue, own.brownForsythe.pValue, 1e-8, "Brown–Forsythe p");
    dunnTest(groups).pairs.forEach((pair, i) => {
      assertNear(pair.pValue!, own.dunn[i]!.pValue, 1e-8, "Dunn p");
      assertNear(pair.adjustedPValue, own.dunn[i]!.adjustedPValue, 1e-8, "Dunn with Holm");
    });
    gamesHowell(groups).pairs.forEach((pair, i) => {
      const { statistic, degreesOfFreedom, adjustedPValue } = own.gamesHowell[i]!;
      assertNear(pair.statistic, statistic, 1e-8, "Games–Howell t");
      assertNear(pair.degreesOfFreedom!, degreesOfFreedom, 1e-8, "Games–Howell degrees");
      // pingouin's p is 1 minus a probability.
      assert.ok(Math.abs(pair.adjustedPValue - adjustedPValue) <= 1e-6 * adjustedPValue + 1e-12);
    });
    everyPair(groups.length, (i, j) => [groups[i]!, groups[j]!] as const).forEach(([first, second], i) => {
      const u = mannWhitneyU(first, second, { distribution: "normal" });
      assertNear(u.statistic, own.mannWhitney[i]!.statistic);
      assertNear(u.pValue, own.mannWhitney[i]!.pValue, 1e-8, "U p");
      const t = welchT(first, second);
      assertNear(t.statistic, own.welch[i]!.statistic, 1e-8, "t");
      assertNear(t.pValue, own.welch[i]!.pValue, 1e-8, "t p");
      assertNear(t.differenceInterval.low, own.welch[i]!.low, 1e-8, "low");
      assertNear(t.differenceInterval.high, own.welch[i]!.high, 1e-8, "high");
    });
  });

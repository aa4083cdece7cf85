import type { FeatureColumn, NumberColumn } from "../core/feature.js";
import { crossTabulate, type NumericTest, splitBySegment, suitableTest } from "./describe-column.js";
import { kruskalWallis } from "./kruskal-wallis.js";
import { testIndependence } from "./test-independence.js";
import type { IntervalOptions, TestResult } from "./test-result.js";
import { welchAnova } from "./welch-anova.js";

/** A test of whether a descriptor differs between segments, whatever it inherits. */
export interface NaiveTest {
  readonly test: () => TestResult;
  readonly whyThisMethod: string;
  /** Segments with a known value. */
  readonly segments: number;
}

/** What the choice of a test hangs on. */
export interface NaiveTestOptions extends IntervalOptions {
  readonly segmentCount: number;
  /** Test to use in place of the declared rule. */
  readonly chosen: NumericTest | undefined;
}

/** The test that suits a column, or the reason why there is none. */
export function prepareNaiveTest(
  column: FeatureColumn,
  labels: ArrayLike<number>,
  options: NaiveTestOptions,
): NaiveTest | string {
  return column.kind === "category"
    ? prepareCategoryTest(crossTabulate(column, labels, options.segmentCount), options)
    : prepareNumberTest(column, labels, options);
}

function prepareCategoryTest(
  counts: readonly (readonly number[])[],
  options: IntervalOptions,
): NaiveTest | string {
  const categories = counts[0]?.length ?? 0;
  if (counts.length < 2 || categories < 2) return "Fewer than two categories or segments have known values.";
  if ((counts.length - 1) * (categories - 1) > 1000)
    return `${categories} categories are too many for one table.`;
  return {
    test: () => testIndependence(counts, options),
    whyThisMethod: "shares of the categories compared",
    segments: counts.length,
  };
}

function prepareNumberTest(
  column: NumberColumn,
  labels: ArrayLike<number>,
  options: NaiveTestOptions,
): NaiveTest | string {
  const { segmentCount, chosen } = options;
  const groups = splitBySegment(column, labels, segmentCount).filter(({ length }) => length > 0);
  if (groups.length < 2) return "Fewer than two segments have known values.";
  if (groups.every((group) => group.every((value) => value === groups[0]![0])))
    return "Every known value is the same.";
  const suitable = suitableTest(groups);
  const test = (chosen ?? suitable.test) === "welch-anova" ? welchAnova : kruskalWallis;
  return {
    test: () => test(groups, options),
    whyThisMethod: chosen === undefined ? suitable.why : "chosen in the call",
    segments: groups.length,
  };
}

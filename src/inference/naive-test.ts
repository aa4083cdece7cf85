import type { FeatureColumn, NumberColumn } from "../core/feature.js";
import { rowCountOf } from "./check-groups.js";
import { canCompareMeans, weighTests } from "./compare-tests.js";
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
  return {
    test: () => testNumbers(groups, chosen ?? suitable.test, options),
    whyThisMethod: chosen === undefined ? suitable.why : "chosen in the call",
    segments: groups.length,
  };
}

/** Of more rows either test finds any difference at all, and the effect decides. */
const mostCompared = 100_000;

/** The test, and beside it what the other one would have said, where that is not the same. */
function testNumbers(
  groups: readonly Float64Array[],
  test: NumericTest,
  options: IntervalOptions,
): TestResult {
  const isOfMeans = test === "welch-anova";
  const result = isOfMeans ? welchAnova(groups, options) : kruskalWallis(groups, options);
  if (rowCountOf(groups) > mostCompared || !canCompareMeans(groups)) return result;
  const plain = { ...options, resamples: 0 };
  const other = isOfMeans ? kruskalWallis(groups, plain) : welchAnova(groups, plain);
  const [means, ranks] = isOfMeans ? [result, other] : [other, result];
  const { agree, why } = weighTests(groups, { means, ranks });
  return agree ? result : { ...result, notes: [...result.notes, why] };
}

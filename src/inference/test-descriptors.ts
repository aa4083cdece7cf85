import { checkLabels } from "../core/check-labels.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, FeatureColumn, NumberColumn } from "../core/feature.js";
import { adjustPValues } from "./adjust-p-values.js";
import { chiSquareTest } from "./chi-square-test.js";
import { crossTabulate, type NumericTest, splitBySegment, suitableTest } from "./describe-column.js";
import {
  circularReason,
  copyReason,
  type DescriptorTest,
  inheritedNote,
  lineStart,
  lineWithoutTest,
} from "./descriptor-line.js";
import { type Inheritance, inheritanceFinder } from "./inherited-from.js";
import { kruskalWallis } from "./kruskal-wallis.js";
import type { IntervalOptions, TestResult } from "./test-result.js";
import { welchAnova } from "./welch-anova.js";

/** Options of {@link testDescriptors}. */
export interface TestDescriptorsOptions extends IntervalOptions {
  /** One name per label, in order. */
  readonly segmentNames: readonly string[];
  /** Feature name → the test to use in place of the declared rule. */
  readonly choose?: ReadonlyMap<string, NumericTest>;
}

/** At this correlation with a basis feature a column is that feature in another dress. */
const copyMark = 0.95;
const inheritedMark = 0.5;

/**
 * Tests each descriptor and outcome for a difference between the segments; basis features get an effect size only.
 *
 * Numbers: Kruskal–Wallis if skewed (|skewness| above 1), ordinal (fewer than 10 distinct values), or a segment is small or
 * constant; else Welch ANOVA. Categories: χ². p-values are Holm-adjusted over all that are given. A basis feature formed the
 * segments: testing it again would be circular, so it has neither statistic nor p-value; so does a near copy of one
 * (|Spearman| 0.95 or more). Unknown values and customers in no segment are left out. O(features · rows log rows).
 *
 * @param table - One row per customer.
 * @param labels - Shape (nRows,), 0…segments − 1, −1 for in no segment.
 * @returns One line per descriptor, outcome and basis feature, in column order.
 * @throws InputError if lengths differ, a label has no name, or there are fewer than two segments.
 * @see Gao, Bien & Witten (2024), doi:10.1080/01621459.2022.2116331, on testing what formed the groups; Holm (1979).
 */
export function testDescriptors(
  table: CustomerTable,
  labels: ArrayLike<number>,
  options: TestDescriptorsOptions,
): readonly DescriptorTest[] {
  const segmentCount = options.segmentNames.length;
  if (segmentCount < 2)
    throw new InputError(`testDescriptors: segmentNames must be at least two, got ${segmentCount}`);
  checkLabels("testDescriptors", labels, table.keys.length, segmentCount);
  const findBasis = inheritanceFinder(table, inheritedMark);
  const lines = table.columns
    .filter(({ feature }) => ["basis", "descriptor", "outcome"].includes(feature.role))
    .map((column) =>
      column.feature.role === "basis"
        ? lineWithoutTest(column, labels, segmentCount, circularReason(column.feature))
        : testColumn(column, labels, options, findBasis(column)),
    );
  const family = lines.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]));
  const adjusted = adjustPValues(family, "holm")[Symbol.iterator]();
  return lines.map((line) =>
    line.pValue === null ? line : { ...line, adjustedPValue: adjusted.next().value ?? null },
  );
}

function testColumn(
  column: FeatureColumn,
  labels: ArrayLike<number>,
  options: TestDescriptorsOptions,
  inherited: Inheritance | undefined,
): DescriptorTest {
  const count = options.segmentNames.length;
  if (inherited !== undefined && Math.abs(inherited.strength) >= copyMark)
    return { ...lineWithoutTest(column, labels, count, copyReason(inherited)), inheritedFrom: inherited };
  const prepared = prepareTest(column, labels, options);
  if (typeof prepared === "string") return lineWithoutTest(column, labels, count, prepared);
  const result = prepared.test();
  return {
    ...lineStart(column, labels),
    method: result.method,
    whyThisMethod: prepared.whyThisMethod,
    statistic: result.statistic,
    degreesOfFreedom: result.degreesOfFreedom,
    effect: result.effect,
    pValue: result.pValue,
    adjustedPValue: null,
    whyNoPValue: null,
    inheritedFrom: inherited ?? null,
    notes: [
      ...(prepared.segments < count
        ? [`${count - prepared.segments} of ${count} segments have no known value.`]
        : []),
      ...result.notes,
      ...(inherited === undefined ? [] : [inheritedNote(inherited)]),
    ],
  };
}

interface PreparedTest {
  readonly test: () => TestResult;
  readonly whyThisMethod: string;
  /** Segments with a known value. */
  readonly segments: number;
}

/** The test that suits a column, or the reason why there is none. */
function prepareTest(
  column: FeatureColumn,
  labels: ArrayLike<number>,
  options: TestDescriptorsOptions,
): PreparedTest | string {
  return column.kind === "category"
    ? prepareCategoryTest(crossTabulate(column, labels, options.segmentNames.length), options)
    : prepareNumberTest(column, labels, options);
}

function prepareCategoryTest(
  counts: readonly (readonly number[])[],
  options: TestDescriptorsOptions,
): PreparedTest | string {
  const categories = counts[0]?.length ?? 0;
  if (counts.length < 2 || categories < 2) return "Fewer than two categories or segments have known values.";
  if ((counts.length - 1) * (categories - 1) > 1000)
    return `${categories} categories are too many for one table.`;
  return {
    test: () => chiSquareTest(counts, options),
    whyThisMethod: "shares of the categories compared",
    segments: counts.length,
  };
}

function prepareNumberTest(
  column: NumberColumn,
  labels: ArrayLike<number>,
  options: TestDescriptorsOptions,
): PreparedTest | string {
  const groups = splitBySegment(column, labels, options.segmentNames.length).filter(
    ({ length }) => length > 0,
  );
  if (groups.length < 2) return "Fewer than two segments have known values.";
  if (groups.every((group) => group.every((value) => value === groups[0]![0])))
    return "Every known value is the same.";
  const suitable = suitableTest(groups);
  const chosen = options.choose?.get(column.feature.name);
  const test = (chosen ?? suitable.test) === "welch-anova" ? welchAnova : kruskalWallis;
  return {
    test: () => test(groups, options),
    whyThisMethod: chosen === undefined ? suitable.why : "chosen in the call",
    segments: groups.length,
  };
}

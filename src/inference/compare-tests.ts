import { numberText } from "../core/number-text.js";
import { knownGroups } from "./check-groups.js";
import { momentsToCompare } from "./group-moments.js";
import { kruskalWallis } from "./kruskal-wallis.js";
import { skewnessWithin, varianceRatio } from "./result-notes.js";
import type { TestOptions, TestResult } from "./test-result.js";
import { welchAnova } from "./welch-anova.js";

/** Means and ranks side by side, and which of the two to trust. */
export interface TestComparison {
  /** null where a group has one value or does not vary. */
  readonly means: TestResult | null;
  readonly ranks: TestResult;
  /** Whether both find a difference at `alpha`, or neither does. */
  readonly agree: boolean;
  readonly trust: "means" | "ranks";
  /** One sentence: what was found in the values that decides. */
  readonly why: string;
  /** Rows of the smallest group, largest variance over smallest, and skewness within groups. */
  readonly assumptions: {
    readonly smallestGroup: number;
    readonly varianceRatio: number;
    readonly skewness: number;
  };
}

/** Options of {@link compareTests}. */
export interface CompareTestsOptions extends TestOptions {
  /** Below this p a test is said to find a difference; default 0.05. */
  readonly alpha?: number;
}

/**
 * Runs {@link welchAnova} and {@link kruskalWallis} on the same groups and says which of them to trust, and why.
 *
 * Ranks are trusted where a group has fewer than 15 values or does not vary, or where values within groups are skewed beyond ±1;
 * means else. They answer different questions, whether the averages differ and whether some group tends to larger values, so
 * they may rightly disagree. O(n log n) plus the bootstrap.
 *
 * @param given - One array of finite numbers per group; at least two groups of at least one value.
 * @throws InputError if there are fewer groups or values, or a value is not finite.
 */
export function compareTests(
  given: readonly ArrayLike<number>[],
  options: CompareTestsOptions = {},
): TestComparison {
  const { groups } = knownGroups("compareTests", given, { ...options, smallest: 1 });
  const means = canCompareMeans(groups) ? welchAnova(given, options) : null;
  return weighTests(groups, { means, ranks: kruskalWallis(given, options) }, options);
}

/** Whether every group has a mean with a known error. */
export function canCompareMeans(groups: readonly ArrayLike<number>[]): boolean {
  return momentsToCompare(groups).every(({ size, variance }) => size > 1 && variance > 0);
}

/** {@link compareTests} of tests that were made already, on groups without missing values. */
export function weighTests(
  groups: readonly ArrayLike<number>[],
  { means, ranks }: Pick<TestComparison, "means" | "ranks">,
  { alpha = 0.05 }: CompareTestsOptions = {},
): TestComparison {
  const moments = momentsToCompare(groups);
  const assumptions = {
    smallestGroup: Math.min(...moments.map(({ size }) => size)),
    varianceRatio: varianceRatio(moments),
    skewness: skewnessWithin(groups, moments),
  };
  const agree = means !== null && means.pValue < alpha === ranks.pValue < alpha;
  const reason = reasonForRanks(assumptions, means !== null);
  const finding = means === null || agree ? "" : disagreement(means, ranks);
  return {
    means,
    ranks,
    agree,
    trust: reason === undefined ? "means" : "ranks",
    why: `${finding}${reason ?? "Trust the means: the groups are large enough and their values are not skewed."}`,
    assumptions,
  };
}

function reasonForRanks(
  { smallestGroup, skewness }: TestComparison["assumptions"],
  isTestable: boolean,
): string | undefined {
  if (!isTestable)
    return "Trust the ranks: a group has one value or does not vary, so its mean has no known error.";
  if (smallestGroup < 15) return `Trust the ranks: the smallest group has only ${smallestGroup} values.`;
  if (Math.abs(skewness) > 1)
    return `Trust the ranks: skewness within groups is ${numberText(skewness)}, so few large values move the means.`;
  return undefined;
}

function disagreement(means: TestResult, ranks: TestResult): string {
  const finds = means.pValue < ranks.pValue ? "Only the means" : "Only the ranks";
  return `${finds} differ (p ${means.pValue.toPrecision(2)} for means, ${ranks.pValue.toPrecision(2)} for ranks). `;
}

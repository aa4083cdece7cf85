import { checkChoice, checkCount, checkNumber, checkSameLength, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, columnOf, type Matrix } from "../core/matrix.js";
import { sum } from "../core/sum.js";
import { type ConditionCheck, checkNoise, checkRows } from "./basis-conditions.js";
import { groupMoments } from "./group-moments.js";
import { selectivePValue } from "./selective-p-value.js";
import { thinnedPValue } from "./thinned-p-value.js";

/** What a p-value of a basis feature is asked for with. */
export interface TestBasisFeatureOptions {
  /** selective: p given that these clusters were found; thinning: clusters from one half of the information, test on the other. */
  readonly method: "selective" | "thinning";
  /** The column to test; all together if not given. */
  readonly feature?: string;
  readonly clusterCount: number;
  /** Whole number from 0: where Lloyd's algorithm begins, or the noise that thins. */
  readonly seed: number;
  /** selective: the two clusters whose means are compared, by number; the two largest, [0, 1], if not given. */
  readonly pair?: readonly [number, number];
  /**
   * Standard deviation of every column around its cluster's centre, known from elsewhere. selective takes the spread of
   * all rows where it is not given, which is too large rather than too small; thinning refuses.
   */
  readonly sigma?: number;
  /** Weights that the rows had where the segments were formed; unequal ones are refused. */
  readonly caseWeights?: ArrayLike<number>;
}

/** A p-value that allows for the clustering, or why there is none. */
export interface BasisFeatureTest {
  /** "selective inference for k-means, …", "data thinning, …". */
  readonly method: string;
  /** null where a condition fails. */
  readonly pValue: number | null;
  readonly whyNoPValue: string | null;
  readonly conditions: readonly ConditionCheck[];
  /** Labels of the clusters that were compared, numbered by size, the largest first; they need not be those of a best-of-many fit. */
  readonly labels: Int32Array;
  /** selective: distance between the two centres, of one column with its sign; thinning: Welch's F. null without a p-value. */
  readonly statistic: number | null;
  readonly sigma: number | null;
  readonly notes: readonly string[];
}

/**
 * A p-value for a feature that formed the clusters, by one of two methods that allow for that, where their conditions hold.
 *
 * *selective*: compares the means of two clusters of one run of Lloyd's algorithm from seeded rows, given that the run took the
 * path it took: of one column (Chen & Gao) or of all (Chen & Witten). *thinning*: splits each value by seeded noise into two
 * independent halves, clusters one and tests the other by Welch ANOVA; over several columns the smallest p times their number.
 * Both need columns that are normal around their centres, uncorrelated and equally spread, rows that count the same, and sigma:
 * what is not so is refused in words and `pValue` is null. One run's clusters differ from a best-of-many fit's where
 * that is found from few starts only: compare `labels`. Under no groups p is uniform; with a sigma that is too large, larger.
 * selective takes O(steps · rows · clusters · columns), on up to 20,000 rows.
 *
 * @param matrix - Shape (nRows, nColumns), the columns as they are clustered, no missing values.
 * @throws InputError if a value is not finite, there are more than 20,000 rows, the feature is not a column, or an option is out of its range.
 * @see Chen & Witten (2023), JMLR 24(152); Chen & Gao (2025), doi:10.48550/arXiv.2311.16375; Neufeld, Dharamshi, Gao & Witten (2024),
 * JMLR 25(57). Checked against brute force in test/reference/selective.json.
 */
export function testBasisFeature(matrix: Matrix, options: TestBasisFeatureOptions): BasisFeatureTest {
  checkBasisRequest(matrix, options);
  const { method, clusterCount, sigma, caseWeights } = options;
  const before = checkRows(matrix, clusterCount, { sigma, caseWeights });
  const known = {
    condition: "sigma is known",
    isMet: sigma !== undefined,
    found: sigma === undefined ? "not given" : `${sigma}, as given`,
  };
  const estimated = {
    ...known,
    condition: "sigma is known or not too small",
    isMet: true,
    found: sigma === undefined ? "the spread of all rows" : known.found,
  };
  const first = [...before, method === "thinning" ? known : estimated];
  const used = sigma ?? spreadOf(matrix);
  if (first.some(({ isMet }) => !isMet)) return refused(method, first, used);
  const run = method === "selective" ? selectivePValue : thinnedPValue;
  const found = run(matrix, { ...options, sigma: used });
  if (typeof found === "string")
    return refused(
      method,
      [...first, { condition: "the clusters can be compared", isMet: false, found }],
      used,
    );
  const conditions = [...first, ...checkNoise(matrix, found.labels)];
  if (conditions.some(({ isMet }) => !isMet))
    return { ...refused(method, conditions, used), labels: found.labels };
  return { ...found, whyNoPValue: null, conditions, sigma: used };
}

function refused(method: string, conditions: readonly ConditionCheck[], sigma: number): BasisFeatureTest {
  const failed = conditions.filter(({ isMet }) => !isMet);
  return {
    method,
    pValue: null,
    whyNoPValue: `No p-value: it needs that ${failed.map(({ condition, found }) => `${condition} (${found})`).join(", and that ")}.`,
    conditions,
    labels: new Int32Array(0),
    statistic: null,
    sigma,
    notes: [],
  };
}

/** Square root of the columns' mean variance over all rows: with groups it is too large, and p with it. */
function spreadOf(matrix: Matrix): number {
  const variances = matrix.columns.map((_, j) => groupMoments(columnOf(matrix, j)).variance);
  return Math.sqrt(sum(variances) / variances.length);
}

function checkBasisRequest(matrix: Matrix, options: TestBasisFeatureOptions): void {
  const { method, feature, clusterCount, pair, sigma, caseWeights } = options;
  checkChoice("testBasisFeature", "method", method, ["selective", "thinning"]);
  checkFiniteMatrix("testBasisFeature", matrix);
  if (matrix.rowCount > 20_000)
    throw new InputError(
      `testBasisFeature: matrix must have at most 20,000 rows, got ${matrix.rowCount}. Draw rows by seed first`,
    );
  checkCount(
    "testBasisFeature",
    "clusterCount",
    clusterCount,
    2,
    Math.max(2, matrix.rowCount),
    "the row count",
  );
  if (feature !== undefined && !matrix.columns.includes(feature))
    throw new InputError(
      `testBasisFeature: feature must be a column of the matrix, got "${feature}"${didYouMean(feature, matrix.columns)}`,
    );
  for (const cluster of pair ?? []) checkCount("testBasisFeature", "pair", cluster, 0, clusterCount - 1);
  if (pair !== undefined && pair[0] === pair[1])
    throw new InputError(`testBasisFeature: pair must be two different clusters, got ${pair.join(" and ")}`);
  if (sigma !== undefined) checkNumber("testBasisFeature", "sigma", sigma, Number.MIN_VALUE);
  if (caseWeights !== undefined)
    checkSameLength("testBasisFeature", "caseWeights", caseWeights, matrix.rowCount, "one per row");
}

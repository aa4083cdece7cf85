import { checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import { type ClassMemberships, correctedWeights } from "./bch-weights.js";
import { influenceOf, sumOfSquares, testDifferences } from "./class-differences.js";

export type { ClassMemberships } from "./bch-weights.js";

/** A value of the outside variable in one class. */
export interface ClassEstimate {
  /** Number of the class. */
  readonly cluster: number;
  /** Mean, or share of the category, in the variable's unit. */
  readonly value: number;
  readonly standardError: number;
}

/** How classes differ in a variable that did not form them. */
export interface OutsideComparison {
  /** "BCH correction, modal assignment". */
  readonly method: string;
  /** One list per category, in code-unit order; one for a number, its category null. */
  readonly estimates: readonly {
    readonly category: string | null;
    readonly classes: readonly ClassEstimate[];
  }[];
  /** Wald's χ² of no difference. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** 1e-300…1. */
  readonly pValue: number;
  /** Rows with a known value, and without. */
  readonly known: number;
  readonly missing: number;
  readonly notes: readonly string[];
}

/**
 * Compares classes of a mixture in a variable that did not form them, corrected for customers in the wrong class (BCH).
 *
 * Each row goes to its likeliest class; the errors of that, known from the memberships, are undone by weights that may be negative.
 * Without the correction differences come out too small. Standard errors are robust (sandwich) and take the model's
 * memberships as given. Wald's test has (classes − 1) degrees of freedom, times (categories − 1). A share can fall outside 0…1
 * where classes overlap much, which is noted. Missing values are left out and counted. O(rows · classes²).
 *
 * @param model - A fit of fitLatentClass or fitGaussianMixture.
 * @param values - Shape (nRows,): numbers, NaN where missing, or words, null where missing.
 * @throws InputError if lengths differ, there are fewer than two classes, a class is no row's likeliest, or fewer than two rows per class are known.
 * @see Bolck, Croon & Hagenaars (2004), doi:10.1093/pan/mph001; Vermunt (2010), doi:10.1093/pan/mpq025; Bakk & Vermunt (2016),
 * doi:10.1080/10705511.2014.955104. Checked against StepMix in test/reference/distal.json.
 */
export function compareOutsideVariable(
  model: ClassMemberships,
  values: ArrayLike<number | string | null>,
): OutsideComparison {
  const { clusterCount, probabilities } = model;
  if (clusterCount < 2)
    throw new InputError(`compareOutsideVariable: model must have at least two classes, got ${clusterCount}`);
  checkSameLength(
    "compareOutsideVariable",
    "values",
    values,
    probabilities.length / clusterCount,
    "one per row",
  );
  const rows = Array.from({ length: values.length }, (_, row) => row).filter((row) => isKnown(values[row]!));
  const weights = correctedWeights(model, rows);
  if (rows.length < 2 * clusterCount)
    throw new InputError(
      `compareOutsideVariable: values must be known for at least ${2 * clusterCount} rows, got ${rows.length}`,
    );
  const categories = categoriesOf(rows.map((row) => values[row]!));
  const columns = categories.map((category) =>
    rows.map((row) => (category === null ? (values[row] as number) : values[row] === category ? 1 : 0)),
  );
  const means = columns.map((column) => weightedMeans(column, weights));
  return {
    method: "BCH correction, modal assignment",
    estimates: categories.map((category, c) => ({
      category,
      classes: means[c]!.map((value, cluster) => ({
        cluster,
        value,
        standardError: Math.sqrt(sumOfSquares(influenceOf(columns[c]!, value, weights[cluster]!))),
      })),
    })),
    ...testDifferences(columns, means, weights),
    known: rows.length,
    missing: values.length - rows.length,
    notes: describeShares(categories, means),
  };
}

function isKnown(value: number | string | null): boolean {
  return typeof value === "number" ? Number.isFinite(value) : value !== null;
}

/** The words in code-unit order, or null alone for numbers. */
function categoriesOf(values: readonly (number | string | null)[]): readonly (string | null)[] {
  const words = new Set(values.filter((value) => typeof value === "string"));
  if (words.size === 0) return [null];
  if (values.some((value) => typeof value === "number"))
    throw new InputError("compareOutsideVariable: values must be numbers or words, got both");
  return [...words].sort();
}

function weightedMeans(column: readonly number[], weights: readonly Float64Array[]): number[] {
  return weights.map((own) => {
    const total = sum(own);
    return own.reduce((sum, weight, i) => sum + weight * column[i]!, 0) / total;
  });
}

function describeShares(
  categories: readonly (string | null)[],
  means: readonly (readonly number[])[],
): string[] {
  const isOutside =
    categories[0] !== null && means.some((own) => own.some((share) => share < 0 || share > 1));
  return isOutside ? ["A share lies outside 0 to 1: the classes overlap too much for it to be known."] : [];
}

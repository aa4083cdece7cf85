import { checkSameLength } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type ClassMemberships, correctedWeights } from "./bch-weights.js";
import { invert } from "./invert.js";
import { chiSquareUpperTail } from "./tail-probability.js";

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
  // One category follows from the others.
  const free = columns.length === 1 ? columns : columns.slice(1);
  const influence = free.flatMap((column, c) =>
    weights
      .slice(1)
      .map((own, t) => contrast(column, means[c + columns.length - free.length]!, [weights[0]!, own], t + 1)),
  );
  const differences = free.flatMap((_, c) => {
    const own = means[c + columns.length - free.length]!;
    return own.slice(1).map((mean) => mean - own[0]!);
  });
  const isSame = columns.every((column) => column.every((value) => value === column[0]));
  const statistic = isSame ? 0 : waldOf(differences, influence);
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
    statistic,
    degreesOfFreedom: differences.length,
    pValue: differences.length === 0 ? 1 : chiSquareUpperTail(statistic, differences.length),
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
    const total = own.reduce((sum, weight) => sum + weight, 0);
    return own.reduce((sum, weight, i) => sum + weight * column[i]!, 0) / total;
  });
}

/** What each row moves a class's mean by. */
function influenceOf(column: readonly number[], mean: number, weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, i) => (weight * (column[i]! - mean)) / total);
}

/** What each row moves the difference of a class from the first by. */
function contrast(
  column: readonly number[],
  means: readonly number[],
  [first, own]: readonly [Float64Array, Float64Array],
  cluster: number,
): Float64Array {
  const base = influenceOf(column, means[0]!, first);
  return influenceOf(column, means[cluster]!, own).map((value, i) => value - base[i]!);
}

function waldOf(differences: readonly number[], influence: readonly Float64Array[]): number {
  const covariance = influence.map((a) =>
    Float64Array.from(influence, (b) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)),
  );
  const inverse = invert(covariance);
  if (inverse === undefined) return 0;
  return differences.reduce(
    (sum, a, i) => sum + differences.reduce((own, b, j) => own + a * inverse[i]![j]! * b, 0),
    0,
  );
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function describeShares(
  categories: readonly (string | null)[],
  means: readonly (readonly number[])[],
): string[] {
  const isOutside =
    categories[0] !== null && means.some((own) => own.some((share) => share < 0 || share > 1));
  return isOutside ? ["A share lies outside 0 to 1: the classes overlap too much for it to be known."] : [];
}

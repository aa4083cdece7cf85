import { normalQuantile } from "../core/special-functions.js";
import { sum } from "../core/sum.js";
import { orthonormalise } from "./orthonormal.js";
import { rankValues } from "./ranks.js";

/** A basis feature as numbers: values, or the codes 0, 1, … of categories; NaN where unknown. */
export interface BasisValues {
  readonly isCategory: boolean;
  readonly values: Float64Array;
}

/** What the bases can say about a customer, as a linear model. */
export interface BasisModel {
  /** Orthonormal, shape (columns, rows), the first constant. */
  readonly columns: readonly Float64Array[];
  readonly form: ModelForm;
}

/** How far the model may bend: as far as the rows allow. */
export type ModelForm = "splines" | "squares" | "lines";
export const modelForms: readonly ModelForm[] = ["splines", "squares", "lines"];

/** Rows that each form needs per column; lines are the least that "depends on the bases" can mean. */
const rowsPerColumn: Readonly<Record<ModelForm, number>> = { splines: 8, squares: 6, lines: 3 };

/** Knots of a spline, as shares of the customers below them (Harrell 2015, table 2.3). */
const knotShares = [0.05, 0.275, 0.5, 0.725, 0.95] as const;

/** Fewer distinct values than this are levels, each with a column of its own. */
const fewestValues = 10;

/**
 * The most flexible model of the bases that the rows can bear, undefined where they bear none.
 *
 * Each numeric basis enters by its normal scores, so that a skewed one does not hang on a few customers: as a natural cubic
 * spline with five knots, and once more as it is; all pairs enter as products. With fewer rows squares take the place of
 * splines, then straight lines alone. Few distinct values and categories are levels. Unknown values are a level of their own.
 */
export function modelBases(bases: readonly BasisValues[], rowCount: number): BasisModel | undefined {
  for (const form of modelForms) {
    const columns = orthonormalise([new Float64Array(rowCount).fill(1), ...modelColumns(bases, form)]);
    if (columns.length * rowsPerColumn[form] <= rowCount) return { columns, form };
  }
  return undefined;
}

/** The form in words: "natural cubic splines of each basis feature and their products". */
export function formWords(form: ModelForm): string {
  return {
    splines: "natural cubic splines of each basis feature and their products",
    squares: "straight lines, squares and products of the basis features",
    lines: "straight lines in the basis features",
  }[form];
}

function modelColumns(bases: readonly BasisValues[], form: ModelForm): Float64Array[] {
  const scores = bases.filter(({ isCategory }) => !isCategory).map(({ values }) => normalScores(values));
  const own = bases.flatMap((basis) => columnsOf(basis, form));
  const products = scores.flatMap((a, i) =>
    scores.slice(i + 1).map((b) => a.map((value, row) => value * b[row]!)),
  );
  return form === "lines" ? own : [...own, ...products];
}

function columnsOf({ values, isCategory }: BasisValues, form: ModelForm): Float64Array[] {
  const unknown = values.map((value) => (Number.isNaN(value) ? 1 : 0));
  const distinct = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (isCategory || (form === "splines" && distinct.length < fewestValues))
    return [unknown, ...distinct.map((level) => values.map((value) => (value === level ? 1 : 0)))];
  const scores = normalScores(values);
  if (form === "lines") return [unknown, scores];
  const plain = standardise(values);
  if (form === "squares") return [unknown, scores, scores.map((score) => score * score), plain];
  return [unknown, scores, ...splineColumns(scores), plain];
}

/** Bends of one column: its spline and its square. */
export function bendColumns(values: Float64Array): Float64Array[] {
  const scores = normalScores(values);
  return [scores, ...splineColumns(scores), values.map((value) => value * value)];
}

/** Ranks as a normal distribution would have them, ties sharing one; 0, the middle, where unknown. */
export function normalScores(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const { ranks } = rankValues(known);
  const quantiles = new Map<number, number>();
  let at = 0;
  return values.map((value) => {
    if (Number.isNaN(value)) return 0;
    const rank = ranks[at++]!;
    let score = quantiles.get(rank);
    if (score === undefined) {
      score = normalQuantile((rank - 0.5) / known.length);
      quantiles.set(rank, score);
    }
    return score;
  });
}

/** Values less their mean, over their spread, so that sizes of units do not matter; 0 where unknown. */
function standardise(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = sum(known) / known.length;
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length) || 1;
  return values.map((value) => (Number.isNaN(value) ? 0 : (value - mean) / spread));
}

/** The bent part of a natural cubic spline: straight beyond the outer knots, so that it does not run away at the ends. */
function splineColumns(scores: Float64Array): Float64Array[] {
  const sorted = scores.slice().sort();
  const knots = [...new Set(knotShares.map((share) => sorted[Math.floor(share * (sorted.length - 1))]!))];
  if (knots.length < 3) return [];
  const last = knots.at(-1)!;
  const cube = (value: number) => (value > 0 ? value * value * value : 0);
  const bend = (score: number, knot: number) => (cube(score - knot) - cube(score - last)) / (last - knot);
  const before = knots.at(-2)!;
  return knots.slice(0, -2).map((knot) => scores.map((score) => bend(score, knot) - bend(score, before)));
}

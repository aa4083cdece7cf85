import { checkChoice, checkCount, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, columnOf, type Matrix, matrixOfColumns, rowsOf } from "../core/matrix.js";
import { countText } from "../core/number-text.js";
import { findPrincipalAxes, projectRows } from "../core/principal-axes.js";
import { createRandom, type Random } from "../core/random.js";
import { sampleRows } from "../core/sample-rows.js";
import { type DrawRows, evenRows, normalRows } from "./group-free-rows.js";
import { hopkinsRatio } from "./hopkins-ratio.js";
import { orderRows } from "./order-rows.js";
import { type HopkinsReference, readHopkins, readReferences } from "./read-hopkins.js";

export interface HopkinsOptions {
  readonly seed: number;
  /** Independent draws that are averaged; 5 if not given. */
  readonly draws?: number;
  /** Rows, and points, of a draw; a tenth of the rows used, at most 50, if not given. */
  readonly sampleSize?: number;
  /** Data sets without groups, of each of the two kinds, that the value is read against; 100 if not given. */
  readonly references?: number;
  /**
   * Box in which points are drawn: along the principal axes (as the gap statistic's references), or the columns' ranges (as R's
   * hopkins). In the latter a long slanting cloud fills so little of the box that groups in it do not show. Default: the axes.
   */
  readonly box?: HopkinsBox;
  /** Called after each data set. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export type HopkinsBox = "principal-axes" | "columns";

export interface HopkinsStatistic {
  /** Mean over the draws, 0–1; near 0.5 spread evenly, towards 1 clumped. */
  readonly value: number;
  readonly drawValues: readonly number[];
  readonly box: HopkinsBox;
  /** Power of the distances: the number of columns that vary. */
  readonly exponent: number;
  readonly sampleSize: number;
  /** Rows used: all up to 1,000, else a seeded sample of 1,000. */
  readonly rowsUsed: number;
  /** Spread evenly over the ranges of the columns. */
  readonly even: HopkinsReference;
  /** One normal cloud of the same covariance. */
  readonly normal: HopkinsReference;
  readonly references: number;
  /** What it says, and what it does not. */
  readonly reading: string;
  readonly notes: readonly string[];
}

interface Draws {
  readonly box: HopkinsBox;
  readonly draws: number;
  readonly sampleSize: number;
}

const mostRows = 1000;
const usualSampleSize = 50;
const mostColumns = 64;

/**
 * Cluster tendency (Hopkins statistic), beside what data without groups give: are rows clumped more than one cloud would be?
 *
 * Range 0–1, unit-free; about 0.5 for rows spread evenly, towards 1 for clumps, but one normal cloud gives far more than 0.5 too:
 * read it against `normal`. In many columns every cloud comes near to 1, and little is told. Σ uᵈ / (Σ uᵈ + Σ wᵈ), u from
 * points drawn evenly over the box of the data to the nearest row, w
 * from drawn rows to the nearest other, d the number of columns that vary; other software takes d = 1 or 1 − the statistic.
 * Every reference has as many rows and its own box. The order of rows changes nothing.
 * Time O(references · draws · sampleSize · rowsUsed · nColumns).
 *
 * @param matrix - Shape (nRows, nColumns), at least 10 rows; scale columns first. No missing values.
 * @throws InputError if there are fewer than 10 rows, no column varies, more than 64 do, a value is not finite, or a number
 * of draws, rows or references is not a whole number in its range.
 * @see Cross & Jain (1982), doi:10.1016/S1474-6670(17)63365-2. Formula checked against SciPy in test/reference/hopkins.json.
 */
export function hopkinsStatistic(matrix: Matrix, options: HopkinsOptions): HopkinsStatistic {
  const { seed, references = 100, draws = 5, box = "principal-axes", onProgress } = options;
  checkChoice("hopkinsStatistic", "box", box, ["principal-axes", "columns"]);
  checkCount("hopkinsStatistic", "draws", draws, 1);
  checkCount("hopkinsStatistic", "references", references, 19);
  const { varying, notes } = takeRows(matrix, seed);
  const { rowCount, columnCount } = varying;
  const sampleSize = options.sampleSize ?? Math.min(usualSampleSize, Math.floor(rowCount / 10));
  checkCount("hopkinsStatistic", "sampleSize", sampleSize, 1, rowCount, "the rows used");
  const random = createRandom(seed);
  const how = { box, draws, sampleSize };
  const drawValues = hopkinsDraws(varying, how, random.fork(0));
  const value = mean(drawValues);
  let done = 0;
  const refer = (drawRows: DrawRows, kind: number): HopkinsReference => {
    const values = Array.from({ length: references }, (_, i) => {
      const stream = random.fork(kind).fork(i);
      const rows = { ...varying, values: drawRows(rowCount, stream) };
      const reference = mean(hopkinsDraws(rows, how, stream));
      onProgress?.({ done: ++done, total: 2 * references });
      return reference;
    });
    return readReferences(values, value);
  };
  const even = refer(evenRows(varying), 1);
  const normal = refer(normalRows(varying), 2);
  const reading = readHopkins(value, even, normal);
  const settings = { box, exponent: columnCount, sampleSize, rowsUsed: rowCount, references };
  return { value, drawValues, ...settings, even, normal, reading, notes };
}

/** A seeded sample of the rows in an order of their own, without the columns that do not vary. */
function takeRows(
  matrix: Matrix,
  seed: number,
): { readonly varying: Matrix; readonly notes: readonly string[] } {
  checkFiniteMatrix("hopkinsStatistic", matrix);
  if (matrix.rowCount < 10)
    throw new InputError(`hopkinsStatistic: matrix must have at least 10 rows, got ${matrix.rowCount}`);
  const ordered = orderRows(matrix);
  const rows = rowsOf(ordered, sampleRows(matrix.rowCount, mostRows, seed));
  const columns = matrix.columns.map((name, j) => ({ name, values: columnOf(rows, j) }));
  const kept = columns.filter(({ values }) => values.some((value) => value !== values[0]));
  if (kept.length === 0 || kept.length > mostColumns)
    throw new InputError(
      `hopkinsStatistic: matrix must have 1 to ${mostColumns} columns that vary, got ${kept.length} of ${matrix.columnCount}`,
    );
  const flat = columns.filter((column) => !kept.includes(column)).map(({ name }) => name);
  const varying = matrixOfColumns(
    kept.map(({ name }) => name),
    kept.map(({ values }) => values),
  );
  const notes = [
    ...(flat.length > 0 ? [`Left out because they do not vary: ${listForMessage(flat)}`] : []),
    ...sampleNote(rows.rowCount, matrix.rowCount),
    ...twinNote(varying),
  ];
  return { varying, notes };
}

function sampleNote(used: number, all: number): readonly string[] {
  return used === all ? [] : [`A seeded sample of ${countText(used)} of ${countText(all)} rows`];
}

/** Rows stand in order, so that equal ones are neighbours. */
function twinNote({ rowCount, columnCount, values }: Matrix): readonly string[] {
  const isLikePrevious = (i: number): boolean =>
    i > 0 &&
    i < rowCount &&
    Array.from({ length: columnCount }).every(
      (_, j) => values[i * columnCount + j] === values[(i - 1) * columnCount + j],
    );
  let twins = 0;
  for (let i = 0; i < rowCount; i++) if (isLikePrevious(i) || isLikePrevious(i + 1)) twins++;
  return twins * 20 < rowCount
    ? []
    : [
        `${countText(twins)} of ${countText(rowCount)} rows have a twin, which brings the statistic nearer to 1 with or without groups`,
      ];
}

function hopkinsDraws(matrix: Matrix, { box, draws, sampleSize }: Draws, random: Random): number[] {
  const rows = box === "columns" ? matrix : alongAxes(matrix);
  const drawPoints = evenRows(rows);
  return Array.from({ length: draws }, () => {
    const points = drawPoints(sampleSize, random);
    return hopkinsRatio(rows, points, sampleRows(rows.rowCount, sampleSize, random.below(2 ** 32)));
  });
}

/** The rows turned so that their principal axes are the columns; distances stay. */
function alongAxes(matrix: Matrix): Matrix {
  const { means, axes } = findPrincipalAxes(matrix);
  return matrixOfColumns(
    matrix.columns,
    axes.map((axis) => projectRows(matrix, means, axis)),
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

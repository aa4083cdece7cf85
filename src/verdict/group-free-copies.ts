import { Matrix as DenseMatrix, EigenvalueDecomposition } from "ml-matrix";
import type { Random } from "../core/random.js";
import { normalQuantile } from "../core/special-functions.js";
import { choleskyFactor } from "../models/gaussian-components.js";
import { openPlaces } from "./normal-places.js";
import { tabulateQuantiles } from "./quantile-table.js";
import { standardise } from "./standardise.js";

/** What copies without groups are drawn from. */
export interface CopyModel {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Shape (columnCount, table length): quantiles of each column with one mode. */
  readonly tables: Float64Array;
  /** Where the normal distribution is cut into as many equal shares as a table has values, ascending. */
  readonly bounds: Float64Array;
  /** Lower triangle that turns independent normals into correlated ones, row-major. */
  readonly mixing: Float64Array;
}

const leastTableLength = 8192;

/** Steps that fit the latent correlations, limits of a correlation, and the least eigenvalue. */
const correlationSteps = 5;
const widestCorrelation = 0.985;
const leastEigenvalue = 1e-3;

/** Half the rows on which the correlations are fitted: the other half are the same with all signs turned. */
const fittingRows = 6000;

/**
 * Fits copies without groups: a Gaussian copula whose columns have one mode each, and the correlations of the rows.
 *
 * Correlations of normals are not those of the columns they are turned into, so the latent ones are moved five times by
 * what the columns' still lack, on the same normals each time. O(nRows · nColumns² + 72,000 · nColumns²).
 *
 * @param rows - Row-major; no column constant.
 * @see Cario & Nelson (1997), Modeling and generating random vectors with arbitrary marginal distributions.
 */
export function fitCopies(rows: Float64Array, columnCount: number, random: Random): CopyModel {
  const half = Float64Array.from({ length: fittingRows * columnCount }, () => random.normal());
  const normals = new Float64Array(2 * half.length);
  normals.set(half);
  normals.set(
    half.map((value) => -value),
    half.length,
  );
  return fitCopiesTo(rows, columnCount, normals);
}

/** {@link fitCopies} on given normals, shape (any, columnCount). */
export function fitCopiesTo(rows: Float64Array, columnCount: number, normals: Float64Array): CopyModel {
  const rowCount = rows.length / columnCount;
  const tableLength = Math.max(leastTableLength, 2 * rowCount);
  const tables = new Float64Array(new SharedArrayBuffer(8 * columnCount * tableLength));
  for (let j = 0; j < columnCount; j++) {
    const column = Float64Array.from({ length: rowCount }, (_, i) => rows[i * columnCount + j]!);
    tables.set(tabulateQuantiles(column, tableLength), j * tableLength);
  }
  const model = { rowCount, columnCount, tables, bounds: cutNormal(tableLength) };
  const wanted = correlationsOf(rows, columnCount);
  let latent = wanted;
  for (let step = 0; step < correlationSteps; step++) {
    const turned = turnNormals(normals, { ...model, mixing: mixingOf(latent, columnCount) });
    const reached = correlationsOf(turned, columnCount);
    latent = latent.map((value, at) =>
      at % (columnCount + 1) === 0
        ? 1
        : Math.max(-widestCorrelation, Math.min(widestCorrelation, value + wanted[at]! - reached[at]!)),
    );
  }
  return { ...model, mixing: mixingOf(latent, columnCount) };
}

/** A function that draws copies, each standardised as the rows were. */
export function openCopies(model: CopyModel): (random: Random) => Float64Array {
  const normals = new Float64Array(model.rowCount * model.columnCount);
  return (random) => {
    for (let at = 0; at < normals.length; at++) normals[at] = random.normal();
    return standardise(turnNormals(normals, model), model.columnCount);
  };
}

/** Normals mixed and turned into the columns' own values. */
function turnNormals(
  normals: Float64Array,
  { columnCount, tables, bounds, mixing }: CopyModel,
): Float64Array {
  const tableLength = tables.length / columnCount;
  const turned = new Float64Array(normals.length);
  const placeOfNormal = openPlaces(bounds);
  for (let start = 0; start < normals.length; start += columnCount) {
    for (let j = 0; j < columnCount; j++) {
      let mixed = 0;
      for (let l = 0; l <= j; l++) mixed += mixing[j * columnCount + l]! * normals[start + l]!;
      turned[start + j] = tables[j * tableLength + placeOfNormal(mixed)]!;
    }
  }
  return turned;
}

function cutNormal(count: number): Float64Array {
  const bounds = new Float64Array(new SharedArrayBuffer(8 * (count - 1)));
  for (let i = 0; i < bounds.length; i++) bounds[i] = normalQuantile((i + 1) / count);
  return bounds;
}

/** Pearson correlations, row-major; a constant column has none with any other. */
function correlationsOf(rows: Float64Array, columnCount: number): Float64Array {
  const scores = standardise(rows, columnCount);
  const sums = new Float64Array(columnCount ** 2);
  for (let start = 0; start < scores.length; start += columnCount)
    for (let j = 0; j < columnCount; j++)
      for (let l = 0; l <= j; l++) sums[j * columnCount + l]! += scores[start + j]! * scores[start + l]!;
  const degrees = scores.length / columnCount - 1;
  return sums.map((_, at) => {
    const j = Math.floor(at / columnCount);
    const l = at % columnCount;
    return j === l ? 1 : sums[Math.max(j, l) * columnCount + Math.min(j, l)]! / degrees;
  });
}

/** Cholesky factor of the nearest-by-eigenvalues matrix with unit diagonal and no direction left flat. */
function mixingOf(correlations: Float64Array, columnCount: number): Float64Array {
  const decomposition = new EigenvalueDecomposition(
    DenseMatrix.from1DArray(columnCount, columnCount, Array.from(correlations)),
    { assumeSymmetric: true },
  );
  const vectors = decomposition.eigenvectorMatrix;
  const values = decomposition.realEigenvalues.map((value) => Math.max(leastEigenvalue, value));
  const raised = vectors.mmul(DenseMatrix.diag(values)).mmul(vectors.transpose());
  const matrix = correlations.map((_, at) => {
    const j = Math.floor(at / columnCount);
    const l = at % columnCount;
    return raised.get(j, l) / Math.sqrt(raised.get(j, j) * raised.get(l, l));
  });
  return choleskyFactor(matrix, columnCount);
}

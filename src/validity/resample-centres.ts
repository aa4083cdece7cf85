import { countDistinctRows } from "../cluster/canonical-order.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import { sampleRows } from "../core/sample-rows.js";
import { requestStarts } from "../kmeans/finish-fit.js";
import { bestStart } from "../kmeans/rank-starts.js";
import { type Crew, loadRows, runStarts } from "../lattice/crew.js";
import { readLatticePoints } from "../lattice/lattice-rows.js";

/** Where the clusters of one solution lie, shape (clusterCount, nColumns). */
export type Centres = readonly (readonly number[])[];

/** Above this many rows, resampling draws from a seeded sample of as many: the same for every count. */
const mostRows = 2_000;

/** The rows, of a matrix in canonical order, from which resamples are drawn. */
export function resampleBase(matrix: Matrix, seed: number): Matrix {
  if (matrix.rowCount <= mostRows) return matrix;
  return rowsOf(matrix, sampleRows(matrix.rowCount, mostRows, seed));
}

/** The best centres of each count on some rows; undefined for a count above the number of different rows. */
export function findCentres(
  crew: Crew,
  matrix: Matrix,
  options: { readonly counts: readonly number[]; readonly seed: number; readonly starts: number },
): readonly (Centres | undefined)[] {
  const loaded = loadRows(crew, matrix, { canonical: false, caller: "predictionStrength" });
  const limit = Math.max(...options.counts);
  const distinct = countDistinctRows(crew.rows, matrix.rowCount, { stride: crew.stride, limit });
  const possible = options.counts.filter((count) => count <= distinct);
  const requests = possible.flatMap((clusterCount) => requestStarts({ ...options, clusterCount }));
  const results = requests.length === 0 ? [] : runStarts(crew, loaded, requests);
  return options.counts.map((count) => {
    const ofCount = results.filter(({ clusterCount }) => clusterCount === count);
    if (ofCount.length === 0) return undefined;
    return readLatticePoints(bestStart(ofCount).centres, count, loaded.lattice);
  });
}

/** Number of the nearest centre of each row, ties to the lowest. */
export function nearestCentres({ columnCount, rowCount, values }: Matrix, centres: Centres): Int32Array {
  const flat = Float64Array.from(centres.flat());
  const labels = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let least = Infinity;
    for (let centre = 0; centre < centres.length; centre++) {
      let squared = 0;
      for (let j = 0; j < columnCount; j++)
        squared += (values[row * columnCount + j]! - flat[centre * columnCount + j]!) ** 2;
      if (squared < least) {
        least = squared;
        labels[row] = centre;
      }
    }
  }
  return labels;
}

/** Mean of some values, and its standard error; null without values. */
export function meanWithError(
  values: readonly number[],
): { readonly mean: number; readonly standardError: number } | null {
  const count = values.length;
  if (count === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: count < 2 ? 0 : Math.sqrt(squares / (count - 1) / count) };
}

import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix } from "../core/matrix.js";

/** Where rows belong, one value per row in each array. */
export interface RowAssignment {
  /** Number of the nearest centre, ties to the lowest. */
  readonly labels: Int32Array;
  /** Euclidean distance to that centre, in the matrix's units. */
  readonly distances: Float64Array;
  /** Number of the second nearest centre, −1 where there is only one. */
  readonly runnerUps: Int32Array;
  /** (second distance − distance) / second distance: 0 equidistant from the two nearest centres, 1 at its own. */
  readonly margins: Float64Array;
}

/**
 * Assigns each row to its nearest centre and says how clear the choice was.
 *
 * Exact on the lattice of `applyRecipe`: the same labels as `fitKMeans` and as the exported SQL.
 * With one centre every margin is 1. Time O(nRows · nCentres · nColumns).
 *
 * @param matrix - Shape (nRows, nColumns). No missing values.
 * @param centres - Shape (nCentres, nColumns), in the matrix's units, such as `fit.centres`.
 * @throws InputError if there is no centre, a centre has another number of columns, or a value is not finite.
 * @example
 * assignRows(matrixOf({ x: [0, 5, 9] }), [[0], [10]]).labels // => Int32Array [0, 0, 1]
 */
export function assignRows(matrix: Matrix, centres: readonly (readonly number[])[]): RowAssignment {
  checkFiniteMatrix("assignRows", matrix);
  checkCentres(matrix, centres);
  const { rowCount, columnCount, values } = matrix;
  const labels = new Int32Array(rowCount);
  const distances = new Float64Array(rowCount);
  const runnerUps = new Int32Array(rowCount);
  const margins = new Float64Array(rowCount);
  const flat = Float64Array.from(centres.flat());
  for (let i = 0; i < rowCount; i++) {
    let best = Infinity;
    let second = Infinity;
    let label = -1;
    let runnerUp = -1;
    for (let cluster = 0; cluster < centres.length; cluster++) {
      let squared = 0;
      for (let j = 0; j < columnCount; j++) {
        const difference = values[i * columnCount + j]! - flat[cluster * columnCount + j]!;
        squared += difference * difference;
      }
      if (squared < best) {
        second = best;
        runnerUp = label;
        best = squared;
        label = cluster;
      } else if (squared < second) {
        second = squared;
        runnerUp = cluster;
      }
    }
    labels[i] = label;
    runnerUps[i] = runnerUp;
    distances[i] = Math.sqrt(best);
    margins[i] = marginOf(best, second);
  }
  return { labels, distances, runnerUps, margins };
}

function marginOf(best: number, second: number): number {
  if (second === Infinity) return 1;
  return second === 0 ? 0 : 1 - Math.sqrt(best / second);
}

function checkCentres(matrix: Matrix, centres: readonly (readonly number[])[]): void {
  const expected = `one or more rows of ${matrix.columnCount} finite values`;
  if (centres.length === 0) throw new InputError(`assignRows: centres must be ${expected}, got none`);
  for (const [i, centre] of centres.entries()) {
    const wrong = centre.find((value) => !Number.isFinite(value));
    if (wrong !== undefined || centre.length !== matrix.columnCount)
      throw new InputError(
        `assignRows: centres must be ${expected}, got ${wrong === undefined ? `${centre.length} values` : describeValue(wrong)} at centre ${i}`,
      );
  }
}

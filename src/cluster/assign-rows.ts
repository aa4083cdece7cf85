import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix } from "../core/matrix.js";
import { checkCentres } from "./check-centres.js";

/** Where rows belong, one value per row in each array. */
export interface RowAssignment {
  /** Number of the nearest centre, ties to the lowest. */
  readonly labels: Int32Array;
  /** Euclidean distance to that centre, in the matrix's units. */
  readonly distances: Float64Array;
  /** Number of the second nearest centre, −1 where there is only one. */
  readonly runnersUp: Int32Array;
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
  const { rowCount, columnCount, values } = matrix;
  const requirement = `one or more rows of ${columnCount} finite values`;
  if (centres.length === 0) throw new InputError(`assignRows: centres must be ${requirement}, got none`);
  checkCentres(centres, columnCount, { caller: "assignRows", argument: "centres", requirement });
  const labels = new Int32Array(rowCount);
  const distances = new Float64Array(rowCount);
  const runnersUp = new Int32Array(rowCount);
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
    runnersUp[i] = runnerUp;
    distances[i] = Math.sqrt(best);
    margins[i] = marginOf(best, second);
  }
  return { labels, distances, runnersUp, margins };
}

/** Written as the exported SQL writes it, so that both give the same bits. */
function marginOf(best: number, second: number): number {
  if (second === Infinity) return 1;
  if (second === 0) return 0;
  return (Math.sqrt(second) - Math.sqrt(best)) / Math.sqrt(second);
}

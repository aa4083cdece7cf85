import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { checkCentres } from "./check-centres.js";
import { checkMagnitude } from "./check-table.js";
import type { RowAssignment } from "./row-assignment.js";

/** The nearest centre of every row: exact on the lattice of `applyRecipe`. O(nRows · nCentres · nColumns). */
export function assignToCentres(matrix: Matrix, centres: readonly (readonly number[])[]): RowAssignment {
  const { rowCount, columnCount, values } = matrix;
  const requirement = `one or more rows of ${columnCount} finite values`;
  if (centres.length === 0) throw new InputError(`assignRows: centres must be ${requirement}, got none`);
  checkCentres(centres, columnCount, { caller: "assignRows", argument: "centres", requirement });
  const labels = new Int32Array(rowCount);
  const distances = new Float64Array(rowCount);
  const runnersUp = new Int32Array(rowCount);
  const margins = new Float64Array(rowCount);
  const flat = Float64Array.from(centres.flat());
  let lost = 0;
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
    if (label < 0) lost++;
    labels[i] = label;
    runnersUp[i] = runnerUp;
    distances[i] = Math.sqrt(best);
    margins[i] = marginOf(best, second);
  }
  // No distance compares with a value that is not finite or too large to square.
  if (lost > 0) checkMagnitude("assignRows", matrix);
  return { labels, distances, runnersUp, margins };
}

/** Written as the exported SQL writes it, so that both give the same bits. */
function marginOf(best: number, second: number): number {
  if (second === Infinity) return 1;
  if (second === 0) return 0;
  return (Math.sqrt(second) - Math.sqrt(best)) / Math.sqrt(second);
}

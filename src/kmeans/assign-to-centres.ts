import { checkMagnitude } from "../cluster/check-table.js";
import type { RowAssignment } from "../cluster/row-assignment.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { createSharedMemory, openKernel } from "../lattice/open-kernel.js";
import { checkCentres } from "./check-centres.js";

/** Rows that pass through the kernel's memory at a time: a multiple of four. */
const blockRows = 2048;

/**
 * The nearest centre of every row: exact on the lattice of `applyRecipe`. O(nRows · nCentres · nColumns); beside matrix
 * and result only a block of rows lies in memory.
 */
export function assignToCentres(matrix: Matrix, centres: readonly (readonly number[])[]): RowAssignment {
  const { rowCount, columnCount } = matrix;
  const requirement = `one or more rows of ${columnCount} finite values`;
  if (centres.length === 0) throw new InputError(`assignRows: centres must be ${requirement}, got none`);
  checkCentres(centres, columnCount, { caller: "assignRows", argument: "centres", requirement });
  const placeBlock = openPlacer(columnCount, centres);
  const assignment = {
    labels: new Int32Array(rowCount),
    distances: new Float64Array(rowCount),
    runnersUp: new Int32Array(rowCount),
    margins: new Float64Array(rowCount),
  };
  let isLost = false;
  for (let begin = 0; begin < rowCount; begin += blockRows) {
    const count = Math.min(blockRows, rowCount - begin);
    const block = placeBlock(matrix.values.subarray(begin * columnCount, (begin + count) * columnCount));
    assignment.labels.set(block.labels.subarray(0, count), begin);
    assignment.distances.set(block.distances.subarray(0, count), begin);
    assignment.runnersUp.set(block.runnersUp.subarray(0, count), begin);
    assignment.margins.set(block.margins.subarray(0, count), begin);
    isLost ||= block.labels.subarray(0, count).includes(-1);
  }
  // No distance compares with a value that is not finite or too large to square.
  if (isLost) checkMagnitude("assignRows", matrix);
  return assignment;
}

/** A kernel with the centres in its memory: takes rows one after the other, `blockRows` at most. */
function openPlacer(
  columnCount: number,
  centres: readonly (readonly number[])[],
): (values: Float64Array) => RowAssignment {
  const rowBytes = columnCount * 8;
  const sizes = [
    blockRows * rowBytes,
    centres.length * rowBytes,
    ...[4, 4, 8, 8].map((size) => size * blockRows),
  ];
  const places = [0];
  for (const size of sizes) places.push(Math.ceil((places.at(-1)! + size) / 16) * 16);
  const [rows = 0, middle = 0, labels = 0, runnersUp = 0, distances = 0, margins = 0, scratch = 0] = places;
  const memory = createSharedMemory(Math.ceil((scratch + 4 * rowBytes + 32 * centres.length) / 65536));
  const kernel = openKernel(memory);
  const { buffer } = memory;
  const input = new Float64Array(buffer, rows, blockRows * columnCount);
  new Float64Array(buffer, middle, centres.length * columnCount).set(centres.flat());
  const block = {
    labels: new Int32Array(buffer, labels, blockRows),
    runnersUp: new Int32Array(buffer, runnersUp, blockRows),
    distances: new Float64Array(buffer, distances, blockRows),
    margins: new Float64Array(buffer, margins, blockRows),
  };
  return (values) => {
    input.set(values);
    const rowCount = Math.ceil(values.length / columnCount / 4) * 4;
    kernel.place(
      rows,
      rowBytes,
      rowCount,
      middle,
      centres.length,
      labels,
      runnersUp,
      distances,
      margins,
      scratch,
    );
    return block;
  };
}

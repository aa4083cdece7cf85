import { checkMagnitude } from "../cluster/check-table.js";
import type { RowAssignment } from "../cluster/row-assignment.js";
import { boardJob, publishWork } from "../core/board.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { closeThreads, openThreads, threadsFor, waitForThreads } from "../lattice/board-threads.js";
import type { Kernel } from "../lattice/kernel.js";
import { openKernel } from "../lattice/open-kernel.js";
import { checkCentres } from "./check-centres.js";
import { type PlaceCall, placeBlocks } from "./place-blocks.js";
import { layOutPlaces, type PlaceMemory } from "./place-memory.js";

/** A block's rows should stay in the cache of the thread that places them. */
const blockBytes = 2 ** 17;
const batchBlocks = 8;

/**
 * The nearest centre of every row: exact on the lattice of `applyRecipe`. O(nRows · nCentres · nColumns), on all threads;
 * beside matrix and result only some blocks of rows lie in memory.
 *
 * Threads cannot see the matrix, which is no shared memory: the calling thread copies rows in and results out, batch by
 * batch, while the others place the batch before. That copying, some 90 bytes a row at 8 columns, is what limits the
 * gain of more threads.
 */
export function assignToCentres(matrix: Matrix, centres: readonly (readonly number[])[]): RowAssignment {
  const { rowCount, columnCount } = matrix;
  const requirement = `one or more rows of ${columnCount} finite values`;
  if (centres.length === 0) throw new InputError(`assignRows: centres must be ${requirement}, got none`);
  checkCentres(centres, columnCount, { caller: "assignRows", argument: "centres", requirement });
  const assignment = {
    labels: new Int32Array(rowCount),
    distances: new Float64Array(rowCount),
    runnersUp: new Int32Array(rowCount),
    margins: new Float64Array(rowCount),
  };
  const places = openPlaces(matrix, centres);
  try {
    placeAll(matrix, places, assignment);
  } finally {
    closeThreads(places.board);
  }
  // No distance compares with a value that is not finite or too large to square.
  if (assignment.labels.includes(-1)) checkMagnitude("assignRows", matrix);
  return assignment;
}

/** Shared memory with the centres in it, and threads that wait for blocks of rows there. */
function openPlaces({ rowCount, columnCount }: Matrix, centres: readonly (readonly number[])[]): PlaceMemory {
  const clusterCount = centres.length;
  const fitting = Math.floor(blockBytes / (columnCount * 32)) * 4;
  const blockRows = Math.max(4, Math.min(fitting, Math.ceil(rowCount / 4) * 4));
  const size = { columnCount, clusterCount, blockRows, batchBlocks };
  const places = layOutPlaces(size);
  places.centres.set(centres.flat());
  const threads = threadsFor(rowCount * columnCount * clusterCount);
  const call: PlaceCall = { memory: places.memory, size };
  openThreads(places, {
    module: new URL("./place-blocks.js", import.meta.url).href,
    calls: Array<PlaceCall>(threads - 1).fill(call),
  });
  return places;
}

/** Batch after batch: rows go into one half of the blocks while those in the other half are placed. */
function placeAll(matrix: Matrix, places: PlaceMemory, assignment: RowAssignment): void {
  const kernel = openKernel(places.memory);
  const batchRows = places.size.blockRows * batchBlocks;
  let units = copyIn(matrix, places, 0);
  publishBatch(places, 0, units);
  for (let batch = 0; units > 0; batch++) {
    const following = copyIn(matrix, places, batch + 1);
    finishBatch(places, kernel, units);
    if (following > 0) publishBatch(places, batch + 1, following);
    copyOut(places, assignment, { batch, begin: batch * batchRows });
    units = following;
  }
}

function publishBatch({ board }: PlaceMemory, batch: number, units: number): void {
  board[boardJob] = batch % 2;
  publishWork(board, units);
}

function finishBatch(places: PlaceMemory, kernel: Kernel, units: number): void {
  placeBlocks(places, kernel);
  waitForThreads(places.board, units, { caller: "assignRows" });
}

/** Writes a batch's rows into its half of the blocks; returns how many blocks have any. */
function copyIn({ values, rowCount, columnCount }: Matrix, places: PlaceMemory, batch: number): number {
  const { blockRows } = places.size;
  for (let unit = 0; unit < batchBlocks; unit++) {
    const begin = (batch * batchBlocks + unit) * blockRows;
    if (begin >= rowCount) return unit;
    const count = Math.min(blockRows, rowCount - begin);
    const block = blockOf(places, batch, unit);
    block.count[0] = count;
    block.rows.set(values.subarray(begin * columnCount, (begin + count) * columnCount));
  }
  return batchBlocks;
}

function copyOut(
  places: PlaceMemory,
  assignment: RowAssignment,
  { batch, begin }: { readonly batch: number; readonly begin: number },
): void {
  for (let unit = 0; unit < batchBlocks; unit++) {
    const at = begin + unit * places.size.blockRows;
    if (at >= assignment.labels.length) return;
    const block = blockOf(places, batch, unit);
    const count = block.count[0]!;
    assignment.labels.set(block.labels.subarray(0, count), at);
    assignment.runnersUp.set(block.runnersUp.subarray(0, count), at);
    assignment.distances.set(block.distances.subarray(0, count), at);
    assignment.margins.set(block.margins.subarray(0, count), at);
  }
}

function blockOf({ blocks }: PlaceMemory, batch: number, unit: number) {
  return blocks[(batch % 2) * batchBlocks + unit]!;
}

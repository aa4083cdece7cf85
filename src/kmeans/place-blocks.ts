import { boardJob, claimUnit, completeUnit, reportFailure, waitForWork } from "../core/board.js";
import type { Kernel, SharedMemory } from "../lattice/kernel.js";
import { openKernel } from "../lattice/open-kernel.js";
import { layOutPlaces, type PlaceBlock, type PlaceMemory, type PlaceSize } from "./place-memory.js";

/** What the main thread hands to a thread that places rows. */
export interface PlaceCall {
  readonly memory: SharedMemory;
  readonly size: PlaceSize;
}

/** Places blocks of rows until the board is closed. */
export function serve({ memory, size }: PlaceCall): void {
  const places = layOutPlaces(size, memory);
  try {
    const kernel = openKernel(memory);
    while (waitForWork(places.board)) placeBlocks(places, kernel);
  } catch (error) {
    reportFailure(places.board);
    throw error;
  }
}

/** Claims blocks of the batch on the board and places their rows, until none is left. */
export function placeBlocks(places: PlaceMemory, kernel: Kernel): void {
  const { board, blocks, size } = places;
  for (let unit = claimUnit(board); unit >= 0; unit = claimUnit(board)) {
    placeBlock(places, kernel, blocks[board[boardJob]! * size.batchBlocks + unit]!);
    completeUnit(board);
  }
}

function placeBlock({ centres, size }: PlaceMemory, kernel: Kernel, block: PlaceBlock): void {
  kernel.place(
    block.rows.byteOffset,
    size.columnCount * 8,
    Math.ceil(block.count[0]! / 4) * 4,
    centres.byteOffset,
    size.clusterCount,
    block.labels.byteOffset,
    block.runnersUp.byteOffset,
    block.distances.byteOffset,
    block.margins.byteOffset,
    block.scratch.byteOffset,
  );
}

import { boardLength } from "../core/board.js";
import type { SharedMemory } from "../lattice/kernel.js";
import { createSharedMemory } from "../lattice/open-kernel.js";

/** What the threads of an assignment must agree on. */
export interface PlaceSize {
  readonly columnCount: number;
  readonly clusterCount: number;
  /** Rows of a block: a multiple of four. */
  readonly blockRows: number;
  /** Blocks that are handed out at a time; there is room for two such batches. */
  readonly batchBlocks: number;
}

/** One shared memory: a board, the centres, and blocks of rows with what is found of them. */
export interface PlaceMemory {
  readonly memory: SharedMemory;
  readonly size: PlaceSize;
  readonly board: Int32Array;
  readonly centres: Float64Array;
  readonly blocks: readonly PlaceBlock[];
}

export interface PlaceBlock {
  /** How many rows are to be placed. */
  readonly count: Int32Array;
  readonly rows: Float64Array;
  readonly labels: Int32Array;
  readonly runnersUp: Int32Array;
  readonly distances: Float64Array;
  readonly margins: Float64Array;
  readonly scratch: Float64Array;
}

/** Lays out (and, given none, allocates) the memory of an assignment. */
export function layOutPlaces(size: PlaceSize, given?: SharedMemory): PlaceMemory {
  const { columnCount, clusterCount, blockRows, batchBlocks } = size;
  const scratch = 4 * (columnCount + clusterCount);
  const blockBytes = blockRows * (columnCount * 8 + 24) + scratch * 8 + 6 * 64;
  const headBytes = boardLength * 4 + clusterCount * columnCount * 8 + 2 * 64;
  const memory = given ?? createSharedMemory(Math.ceil((headBytes + 2 * batchBlocks * blockBytes) / 65536));
  const { buffer } = memory;
  let next = 0;
  const take = (bytes: number) => {
    const place = next;
    next += Math.ceil(bytes / 64) * 64;
    return place;
  };
  const takeIntegers = (length: number) => new Int32Array(buffer, take(length * 4), length);
  const takeNumbers = (length: number) => new Float64Array(buffer, take(length * 8), length);
  return {
    memory,
    size,
    board: takeIntegers(boardLength),
    centres: takeNumbers(clusterCount * columnCount),
    blocks: Array.from({ length: 2 * batchBlocks }, () => ({
      count: takeIntegers(1),
      rows: takeNumbers(blockRows * columnCount),
      labels: takeIntegers(blockRows),
      runnersUp: takeIntegers(blockRows),
      distances: takeNumbers(blockRows),
      margins: takeNumbers(blockRows),
      scratch: takeNumbers(scratch),
    })),
  };
}

import type { Kernel, SharedMemory } from "../lattice/kernel.js";
import { createSharedMemory, openKernel } from "../lattice/open-kernel.js";
import type { LabelBlocks } from "./label-blocks.js";

/** Rows of {@link LabelBlocks} where the kernel finds them, ready for any thread: see `sumDistances` in kernel.wat. */
export interface PackedRows {
  readonly memory: SharedMemory;
  readonly columnCount: number;
  /** First row of each block, in block order, and the row count at the end. */
  readonly starts: Int32Array;
  /** The same of the groups of four rows in memory. */
  readonly groupStarts: Int32Array;
  /** Byte offsets: the groups, their starts, and where the callers' own pairs and sums lie, one after the other. */
  readonly groups: number;
  readonly groupStartsAt: number;
  readonly slots: number;
  readonly slotBytes: number;
}

/** Packs the rows of blocks, with room for so many callers at once. Memory O(nRows · nColumns + slots · blocks). */
export function packRows(blocks: LabelBlocks, slotCount: number): PackedRows {
  const { columnCount, starts, values } = blocks;
  const blockCount = starts.length - 1;
  const groupStarts = new Int32Array(starts.length);
  for (let block = 0; block < blockCount; block++)
    groupStarts[block + 1] = groupStarts[block]! + Math.ceil((starts[block + 1]! - starts[block]!) / 4);
  const width = (columnCount + 1) * 4;
  const groupStartsAt = groupStarts.at(-1)! * width * 8;
  const slots = groupStartsAt + Math.ceil(starts.length / 8) * 32;
  const slotBytes = columnCount * 32 + blockCount * 16;
  const memory = createSharedMemory(Math.ceil((slots + slotCount * slotBytes) / 65536));
  new Int32Array(memory.buffer, groupStartsAt, starts.length).set(groupStarts);
  const packed = new Float64Array(memory.buffer, 0, groupStartsAt / 8);
  const masks = new Int32Array(memory.buffer, 0, groupStartsAt / 4);
  for (let block = 0; block < blockCount; block++)
    for (let row = starts[block]!; row < starts[block + 1]!; row++) {
      const at = groupStarts[block]! * width + placeInGroups(row - starts[block]!, width);
      for (let j = 0; j < columnCount; j++) packed[at + j * 4] = values[row * columnCount + j]!;
      masks.fill(-1, (at + columnCount * 4) * 2, (at + columnCount * 4) * 2 + 2);
    }
  return { memory, columnCount, starts, groupStarts, groups: 0, groupStartsAt, slots, slotBytes };
}

/** Where a block's row begins, counted in numbers from its first group. */
function placeInGroups(row: number, width: number): number {
  return Math.floor(row / 4) * width + (row % 4);
}

/**
 * For two rows of packed blocks, the sums of their distances to the rows of every block: block by block, the first
 * row's and the second's. O(nRows · nColumns).
 */
export type SumDistances = (first: PackedRow, second: PackedRow) => Float64Array;

/** A row by its number in block order, and its block. */
export interface PackedRow {
  readonly row: number;
  readonly block: number;
}

/** What opens any slot of packed rows on this thread. A slot's sums are overwritten by its next call. */
export function openDistanceSums(packed: PackedRows): (slot: number) => SumDistances {
  const kernel = openKernel(packed.memory);
  return (slot) => openSlot(packed, kernel, slot);
}

function openSlot(packed: PackedRows, kernel: Kernel, slot: number): SumDistances {
  const { memory, columnCount, starts, groupStarts, groups, groupStartsAt } = packed;
  const blockCount = starts.length - 1;
  const pairAt = packed.slots + slot * packed.slotBytes;
  const sumsAt = pairAt + columnCount * 32;
  const values = new Float64Array(memory.buffer, groups, groupStartsAt / 8);
  const pair = new Float64Array(memory.buffer, pairAt, columnCount * 4);
  const sums = new Float64Array(memory.buffer, sumsAt, blockCount * 2);
  const width = (columnCount + 1) * 4;
  const writeRow = ({ row, block }: PackedRow, half: number) => {
    const at = groupStarts[block]! * width + placeInGroups(row - starts[block]!, width);
    for (let j = 0; j < columnCount; j++) pair.fill(values[at + j * 4]!, j * 4 + half, j * 4 + half + 2);
  };
  return (first, second) => {
    writeRow(first, 0);
    writeRow(second, 2);
    kernel.sumDistances(pairAt, columnCount, groups, groupStartsAt, blockCount, sumsAt);
    return sums;
  };
}

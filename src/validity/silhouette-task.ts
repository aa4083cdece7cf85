import type { DoTask } from "../core/do-tasks.js";
import { openDistanceSums, type PackedRow, type PackedRows } from "./distance-sums.js";

/** What the silhouettes of rows under several labelings take. */
export interface SilhouetteInput {
  readonly packed: PackedRows;
  /** The rows wanted, by their number in block order, and their blocks. */
  readonly rows: Int32Array;
  readonly blocks: Int32Array;
  readonly rowsPerTask: number;
  /** For each labelling the label of each block, and its clusters' sizes. */
  readonly labels: readonly Int32Array[];
  readonly sizes: readonly (readonly number[])[];
}

/** A task writes the silhouettes of its rows, one after the other under all labelings. */
export function openTask(input: SilhouetteInput): DoTask {
  const { packed, rows, blocks, rowsPerTask, labels } = input;
  const openSlot = openDistanceSums(packed);
  return (task, result) => {
    const sumDistances = openSlot(task);
    const begin = task * rowsPerTask;
    const end = Math.min(begin + rowsPerTask, rows.length);
    const rowAt = (at: number): PackedRow => ({ row: rows[at]!, block: blocks[at]! });
    for (let at = begin; at < end; at += 2) {
      const sums = sumDistances(rowAt(at), rowAt(Math.min(at + 1, end - 1)));
      for (let half = 0; half < 2 && at + half < end; half++)
        for (let which = 0; which < labels.length; which++)
          result[(at + half - begin) * labels.length + which] = silhouetteOf(input, which, {
            block: blocks[at + half]!,
            sumTo: (block) => sums[block * 2 + half]!,
          });
    }
  };
}

function silhouetteOf(
  { labels, sizes }: SilhouetteInput,
  which: number,
  row: { readonly block: number; readonly sumTo: (block: number) => number },
): number {
  const ofBlock = labels[which]!;
  const ofCluster = sizes[which]!;
  const own = ofBlock[row.block]!;
  if (ofCluster[own] === 1) return 0;
  const sums = new Float64Array(ofCluster.length);
  for (let block = 0; block < ofBlock.length; block++) sums[ofBlock[block]!]! += row.sumTo(block);
  const within = sums[own]! / (ofCluster[own]! - 1);
  let between = Infinity;
  for (let cluster = 0; cluster < sums.length; cluster++)
    if (cluster !== own) between = Math.min(between, sums[cluster]! / ofCluster[cluster]!);
  const larger = Math.max(within, between);
  return larger === 0 ? 0 : (between - within) / larger;
}

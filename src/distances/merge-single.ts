import type { MixedTable } from "../cluster/mixed-table.js";
import type { ProgressTeller } from "../cluster/progress-teller.js";
import { fillDistances, type Measure } from "../cluster/row-distance.js";
import type { FoundMerges } from "./merge-order.js";

/**
 * Merges by single linkage: the edges of the shortest tree that joins all rows (Prim). Time O(nRows² · nColumns),
 * memory O(nRows).
 */
export function mergeSingle(table: MixedTable, measure: Measure, progress: ProgressTeller): FoundMerges {
  const { rowCount } = table;
  const merges = {
    from: new Int32Array(rowCount - 1),
    into: new Int32Array(rowCount - 1),
    heights: new Float64Array(rowCount - 1),
  };
  const nearest = new Float64Array(rowCount).fill(Infinity);
  const joinedTo = new Int32Array(rowCount);
  const isIn = new Uint8Array(rowCount);
  const distances = new Float64Array(rowCount);
  let row = 0;
  for (let step = 0; step < rowCount - 1; step++) {
    isIn[row] = 1;
    fillDistances(distances, measure, { table, from: table, row });
    let next = -1;
    for (let i = 0; i < rowCount; i++) {
      if (isIn[i]) continue;
      if (distances[i]! < nearest[i]!) {
        nearest[i] = distances[i]!;
        joinedTo[i] = row;
      }
      if (next < 0 || nearest[i]! < nearest[next]!) next = i;
    }
    merges.from[step] = next;
    merges.into[step] = joinedTo[next]!;
    merges.heights[step] = nearest[next]!;
    row = next;
    progress.tell(step + 1);
  }
  return merges;
}

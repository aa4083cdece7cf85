import { compareRows } from "./canonical-order.js";
import type { CrewMemory, Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import { moveListed, type Passer, type Problem } from "./pass.js";

/**
 * Gives every empty cluster, lowest number first, the row farthest from its own centre (equal distances: the row
 * that comes first by value), never the only row of a cluster. Returns how many rows were given.
 */
export function refillEmptyClusters(
  crew: CrewMemory,
  desk: Desk,
  run: Problem & { readonly kernel: Kernel; readonly passer: Passer },
): number {
  let refills = 0;
  for (let cluster = 0; cluster < run.clusterCount; cluster++) {
    const { sizes } = run.passer.totals();
    if (sizes[cluster] !== 0) continue;
    const row = farthestRow(crew, desk, { rowCount: run.rowCount, sizes });
    desk.list[0] = row;
    desk.next[0] = cluster;
    moveListed(crew, { kernel: run.kernel, shared: desk, own: desk, count: 1 });
    desk.thresholds[row] = -1;
    refills++;
  }
  return refills;
}

function farthestRow(
  crew: CrewMemory,
  desk: Desk,
  run: { readonly rowCount: number; readonly sizes: Int32Array },
): number {
  const { rows, stride } = crew;
  let farthest = -1;
  let row = -1;
  for (let i = 0; i < run.rowCount; i++) {
    const label = desk.labels[i]!;
    if (run.sizes[label]! < 2) continue;
    let squared = 0;
    for (let j = 0; j < stride; j++) {
      const difference = rows[i * stride + j]! - desk.centres[label * stride + j]!;
      squared += difference * difference;
    }
    if (squared < farthest || (squared === farthest && compareRows(rows, stride, row, i) <= 0)) continue;
    farthest = squared;
    row = i;
  }
  return row;
}

import { compareRows } from "../cluster/canonical-order.js";
import type { CrewMemory, Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import type { Passer } from "./pass.js";
import { moveListed, type Problem } from "./pass-block.js";

/**
 * Gives every empty cluster, lowest number first, the row farthest from its own centre (equal distances: the row
 * that comes first by value) and all its copies, never all that a cluster has. Rows that weigh nothing fill no
 * cluster. Returns how many clusters were given one.
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
    for (const row of farthestCopies(crew, desk, { rowCount: run.rowCount, sizes })) {
      desk.list[0] = row;
      desk.next[0] = cluster;
      moveListed(crew, { kernel: run.kernel, shared: desk, own: desk, list: desk.list, count: 1 });
      desk.thresholds[row] = -1;
    }
    refills++;
  }
  return refills;
}

interface Weighed {
  readonly rowCount: number;
  /** Weights of the clusters. */
  readonly sizes: Int32Array;
}

/**
 * The farthest row of a cluster that has others, with its copies. A resample may hold fewer different rows than clusters:
 * then one of a cluster's copies serves.
 */
function farthestCopies(crew: CrewMemory, desk: Desk, { rowCount, sizes }: Weighed): readonly number[] {
  const { rows, stride, weights } = crew;
  const open = sizes.slice();
  for (;;) {
    const row = farthestRow(crew, desk, { rowCount, sizes: open });
    if (row < 0)
      return [farthestRow(crew, desk, { rowCount, sizes: sizes.map((size) => (size > 1 ? size : 0)) })];
    const label = desk.labels[row]!;
    const copies: number[] = [];
    let weight = 0;
    for (let i = 0; i < rowCount; i++) {
      if (desk.labels[i] !== label || compareRows(rows, stride, i, row) !== 0) continue;
      copies.push(i);
      weight += weights?.[i] ?? 1;
    }
    if (weight < sizes[label]!) return copies;
    open[label] = 0;
  }
}

function farthestRow(crew: CrewMemory, desk: Desk, { rowCount, sizes }: Weighed): number {
  const { rows, stride, weights } = crew;
  let farthest = -1;
  let row = -1;
  for (let i = 0; i < rowCount; i++) {
    const label = desk.labels[i]!;
    if (sizes[label] === 0 || weights?.[i] === 0) continue;
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

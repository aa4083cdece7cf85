import type { Random } from "../core/random.js";
import type { CrewMemory, Desk } from "./crew-memory.js";
import { drawInProportion } from "./draw-in-proportion.js";
import type { Kernel } from "./kernel.js";

/**
 * k-means++: the first centre is any row, each next one a row drawn in proportion to its squared distance from the
 * nearest centre so far. Squared distances are exact and rows come in canonical order, so a seed names the same
 * centres on every machine. O(rows · clusterCount).
 *
 * @see Arthur & Vassilvitskii (2007), https://dl.acm.org/doi/10.5555/1283383.1283494
 */
export function seedCentres(
  crew: CrewMemory,
  desk: Desk,
  options: {
    readonly kernel: Kernel;
    readonly random: Random;
    readonly rowCount: number;
    readonly clusterCount: number;
  },
): void {
  const { kernel, random, rowCount, clusterCount } = options;
  const { rows, stride } = crew;
  const nearest = desk.nearest.subarray(0, rowCount).fill(Infinity);
  let row = random.below(rowCount);
  for (let cluster = 0; ; cluster++) {
    const centre = desk.centres.subarray(cluster * stride, (cluster + 1) * stride);
    centre.set(rows.subarray(row * stride, (row + 1) * stride));
    if (cluster === clusterCount - 1) return;
    const total = kernel.approach(
      rows.byteOffset,
      stride * 4,
      rowCount,
      centre.byteOffset,
      nearest.byteOffset,
    );
    row = drawInProportion(nearest, random.next() * total);
  }
}

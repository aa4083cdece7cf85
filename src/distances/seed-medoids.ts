import { drawInProportion } from "../cluster/draw-in-proportion.js";
import { InputError } from "../core/errors.js";
import type { Random } from "../core/random.js";
import type { DistanceTable } from "./medoid-neighbours.js";

/**
 * Rows to begin with: the first is any row, each next one a row drawn in proportion to its distance from the nearest
 * so far, so that equal rows are never drawn twice. O(nRows · clusterCount).
 *
 * @throws InputError if all rows lie at distance 0 from fewer medoids; only missing values can do that.
 */
export function seedMedoids(
  { distances, rowCount }: DistanceTable,
  clusterCount: number,
  random: Random,
): Int32Array {
  const medoids = new Int32Array(clusterCount);
  const nearest = new Float64Array(rowCount).fill(Infinity);
  medoids[0] = random.below(rowCount);
  for (let place = 1; place < clusterCount; place++) {
    const begin = medoids[place - 1]! * rowCount;
    let total = 0;
    for (let i = 0; i < rowCount; i++) {
      if (distances[begin + i]! < nearest[i]!) nearest[i] = distances[begin + i]!;
      total += nearest[i]!;
    }
    if (total === 0)
      throw new InputError(
        `fitKMedoids: clusterCount must be at most ${place} where the other rows differ in missing values alone, got ${clusterCount}`,
      );
    medoids[place] = drawInProportion(nearest, random.next() * total);
  }
  return medoids;
}

import type { Random } from "../core/random.js";
import type { RouteMemory } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";

/** Weight of a column that a start all but leaves out. */
const faint = 0.05;
/** At most so many columns count in a start of the weighted route that does not begin with all. */
const mostColumns = 3;

/** Draws the weights and centres that a start begins with. */
export function beginStart(
  memory: RouteMemory,
  problem: RouteProblem,
  { random, start }: { readonly random: Random; readonly start: number },
): void {
  drawWeights(memory.arrays.weights, { ...problem, start }, random);
  seedRoute(memory, problem, random);
}

/** All 1, or on the weighted route, but for every third start, 1 to 3 columns at 1. */
function drawWeights(
  weights: Float64Array,
  { weighted, start }: { readonly weighted: boolean; readonly start: number },
  random: Random,
): void {
  const isNarrow = weighted && start % 3 !== 0;
  weights.fill(isNarrow ? faint : 1);
  if (!isNarrow) return;
  const columns = 1 + random.below(Math.min(mostColumns, weights.length));
  for (let i = 0; i < columns; i++) weights[random.below(weights.length)] = 1;
}

/**
 * Draws centres among the rows, each with probability in proportion to the weighted squared distance to the nearest
 * centre drawn before.
 *
 * @see Arthur & Vassilvitskii (2007), k-means++
 */
function seedRoute(memory: RouteMemory, problem: RouteProblem, random: Random): void {
  const { at, kernel, size, stride, arrays } = memory;
  const { rowCount, clusterCount } = problem;
  const tileBytes = size.columnCount * 32;
  const tileCount = Math.ceil(rowCount / 8);
  const tilesEnd = at.tiles + tileCount * tileBytes;
  // Rows that fill up the last tile have no chance.
  arrays.nearest.fill(Infinity, 0, rowCount).fill(0, rowCount, tileCount * 8);
  let row = random.below(rowCount);
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    if (cluster > 0) {
      kernel.approach(at.tiles, tileBytes, tilesEnd, at.seed, at.nearest, at.tileSums);
      row = drawRow(arrays, rowCount, random.next());
    }
    for (let j = 0; j < size.columnCount; j++) {
      const value = arrays.rows[row * stride + j]!;
      arrays.centres[cluster * size.columnCount + j] = value;
      arrays.seed[2 * j] = value;
      arrays.seed[2 * j + 1] = arrays.weights[j]!;
    }
  }
}

/** The row where the running sum of `nearest` passes `share` of the whole. */
function drawRow({ nearest, tileSums }: RouteMemory["arrays"], rowCount: number, share: number): number {
  const tileCount = Math.ceil(rowCount / 8);
  let total = 0;
  for (let tile = 0; tile < tileCount; tile++) total += tileSums[tile]!;
  const target = share * total;
  let sum = 0;
  let tile = 0;
  while (tile < tileCount - 1 && sum + tileSums[tile]! <= target) sum += tileSums[tile++]!;
  const last = Math.min(tile * 8 + 7, rowCount - 1);
  let row = tile * 8;
  for (sum += nearest[row]!; row < last && sum <= target; sum += nearest[row]!) row++;
  return row;
}

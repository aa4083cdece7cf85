import type { Matrix } from "../core/matrix.js";
import { streamOf } from "./fit-solution.js";
import { findPartDirection, measureMoments } from "./part-direction.js";
import { prepareRows } from "./prepare-rows.js";

/** How many customers stand where along the line that parts two segments best. */
export interface PairPlaces {
  /** Places along the line, 0: the mean of the lower segment, 1: of the upper. */
  readonly places: readonly number[];
  /** Density of both together and of each, in one unit, shape of `places`. */
  readonly together: readonly number[];
  readonly each: readonly [readonly number[], readonly number[]];
  /** Place of the lowest point between the two means. */
  readonly valleyAt: number;
}

const pointCount = 201;
const kernelFactor = 1.3;
const margin = 1.5;

/**
 * The curve that a valley is read from, for a figure: the same rows, line and kernel as the verdict's.
 *
 * @param matrix - As it was judged.
 * @param labels - Of all its rows.
 */
export function placeAlongPair(
  matrix: Matrix,
  labels: Int32Array,
  { a, b, seed }: { readonly a: number; readonly b: number; readonly seed: number },
): PairPlaces {
  const { points, columnCount, rowNumbers } = prepareRows(matrix, streamOf(seed, "data"));
  const own = Int32Array.from(rowNumbers, (row) => labels[row]!);
  const clusterCount = Math.max(...own) + 1;
  const direction = findPartDirection(measureMoments(points, own, { columnCount, clusterCount }), a, b);
  const [low, high] = [a, b].map((cluster) => positionsOf(cluster, { points, own, direction }));
  const [lowMean, highMean] = [meanOf(low!), meanOf(high!)];
  const count = low!.length + high!.length;
  const spread = Math.sqrt((squaresOf(low!, lowMean) + squaresOf(high!, highMean)) / count);
  const width = kernelFactor * spread * count ** -0.2;
  const start = lowMean - margin * spread;
  const step = (highMean + margin * spread - start) / (pointCount - 1);
  const grid = Array.from({ length: pointCount }, (_, g) => start + g * step);
  const each = [low!, high!].map((positions) => grid.map((point) => densityAt(point, positions, width)));
  const together = grid.map((_, g) => each[0]![g]! + each[1]![g]!);
  const places = grid.map((point) => (point - lowMean) / (highMean - lowMean));
  return { places, together, each: [each[0]!, each[1]!], valleyAt: lowestBetween(places, together) };
}

function positionsOf(
  cluster: number,
  rows: { readonly points: Float64Array; readonly own: Int32Array; readonly direction: Float64Array },
): number[] {
  const { points, own, direction } = rows;
  const width = direction.length;
  return Array.from(own.keys())
    .filter((row) => own[row] === cluster)
    .map((row) => direction.reduce((sum, weight, j) => sum + weight * points[row * width + j]!, 0));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaresOf(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** Sum of Gaussian kernels, not divided by anything: only ratios are shown. */
function densityAt(point: number, positions: readonly number[], width: number): number {
  return positions.reduce((sum, position) => sum + Math.exp(-0.5 * ((point - position) / width) ** 2), 0);
}

function lowestBetween(places: readonly number[], density: readonly number[]): number {
  const between = places.map((place, g) => ({ place, density: density[g]! }));
  const inside = between.filter(({ place }) => place >= 0 && place <= 1);
  return inside.reduce((lowest, point) => (point.density < lowest.density ? point : lowest)).place;
}

import type { Matrix } from "../core/matrix.js";
import { drawRows, followLloyd, meansOf } from "./lloyd-path.js";
import { smallestPValue } from "./tail-probability.js";
import { clipSpans, type LogDensity, shareOfSpans } from "./truncated-tail.js";
import { type Span, truncationSet } from "./truncation-set.js";

/** A p-value that allows for the clustering. */
export interface FoundPValue {
  readonly method: string;
  readonly pValue: number;
  readonly labels: Int32Array;
  readonly statistic: number;
  readonly notes: readonly string[];
}

export interface SelectiveOptions {
  readonly clusterCount: number;
  readonly seed: number;
  readonly sigma: number;
  readonly pair?: readonly [number, number];
  readonly feature?: string;
}

/**
 * The chance of a difference between two clusters' means at least this large, among data sets that Lloyd's algorithm
 * clusters along the same path and that differ in nothing but that difference. A text says why there is none.
 */
export function selectivePValue(matrix: Matrix, options: SelectiveOptions): FoundPValue | string {
  return selectiveFrom(matrix, drawRows(matrix.rowCount, options.clusterCount, options.seed), options);
}

/** {@link selectivePValue} of the run that begins at the given rows. */
export function selectiveFrom(
  matrix: Matrix,
  firstRows: Uint32Array,
  { sigma, feature, pair = [0, 1] }: Omit<SelectiveOptions, "seed" | "clusterCount">,
): FoundPValue | string {
  const clusterCount = firstRows.length;
  const path = followLloyd(matrix, firstRows);
  if (path === undefined) return "a cluster ran empty: take another seed or fewer clusters";
  if (!path.converged) return "the run did not come to rest";
  const found = path.labels.at(-1)!;
  const order = bySize(found, clusterCount);
  const sizes = pair.map((place) => found.filter((label) => label === order[place]).length);
  const length = Math.sqrt(1 / sizes[0]! + 1 / sizes[1]!);
  const difference = centreDifference(matrix, found, [order[pair[0]]!, order[pair[1]]!], clusterCount);
  const column = feature === undefined ? -1 : matrix.columns.indexOf(feature);
  const statistic =
    column < 0 ? Math.sqrt(difference.reduce((sum, x) => sum + x * x, 0)) : difference[column]!;
  const direction = difference.map((x, j) => (column < 0 ? x / statistic : j === column ? 1 : 0));
  const weights = Float64Array.from(found, (label) => {
    if (label === order[pair[0]]) return 1 / sizes[0]! / length ** 2;
    return label === order[pair[1]] ? -1 / sizes[1]! / length ** 2 : 0;
  });
  // In units of the difference's own standard deviation.
  const scale = sigma * length;
  const whole = truncationSet({ matrix, weights, direction }, path, clusterCount).map(
    ([low, high]): Span => [(low + statistic) / scale, (high + statistic) / scale],
  );
  const share =
    column < 0
      ? upperShare(whole, statistic / scale, matrix.columnCount)
      : outerShare(whole, statistic / scale);
  return {
    method: `selective inference for k-means, clusters ${pair[0]} and ${pair[1]}, ${feature ?? "all columns"}`,
    pValue: Math.max(smallestPValue, share),
    labels: Int32Array.from(found, (label) => order.indexOf(label)),
    statistic,
    notes: [],
  };
}

/** The chi distribution beyond the statistic, within the spans. */
function upperShare(spans: readonly Span[], statistic: number, degrees: number): number {
  const density: LogDensity = {
    log: (value) => (degrees === 1 ? 0 : (degrees - 1) * Math.log(value)) - (value * value) / 2,
    peak: Math.sqrt(degrees - 1),
  };
  const whole = clipSpans(spans, [0, Infinity]);
  return shareOfSpans(density, clipSpans(whole, [statistic, Infinity]), whole);
}

/** The normal distribution beyond the statistic on both sides, within the spans. */
function outerShare(spans: readonly Span[], statistic: number): number {
  const density: LogDensity = { log: (value) => -(value * value) / 2, peak: 0 };
  const size = Math.abs(statistic);
  const part = [...clipSpans(spans, [-Infinity, -size]), ...clipSpans(spans, [size, Infinity])];
  return shareOfSpans(density, part, spans);
}

/** The clusters' own numbers, largest first, ties by number. */
function bySize(labels: Int32Array, clusterCount: number): number[] {
  const sizes = new Array<number>(clusterCount).fill(0);
  for (const label of labels) sizes[label]! += 1;
  return sizes.map((_, cluster) => cluster).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
}

function centreDifference(
  matrix: Matrix,
  labels: Int32Array,
  [one, other]: readonly [number, number],
  clusterCount: number,
): Float64Array {
  const means = meansOf(matrix, labels, clusterCount)!;
  const { columnCount } = matrix;
  return Float64Array.from(
    { length: columnCount },
    (_, j) => means[one * columnCount + j]! - means[other * columnCount + j]!,
  );
}

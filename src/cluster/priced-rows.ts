import type { LimitProblem } from "./assign-within-limits.js";

/**
 * Every row's cluster, and how far it is from leaving it. The gap of a row is how much more the next best cluster would
 * cost it, squared distance and price together; between two looks at a row a bound of its gap stands in for it.
 */
export interface PricedRows {
  /** Shape (rowCount,). */
  readonly labels: Int32Array;
  /** What a place in each cluster costs. */
  readonly prices: Float64Array;
  /** Least gap of each row, plus what its cluster's rows had lost by then; −Infinity where the row must be looked at. */
  readonly floors: Float64Array;
  /** For each cluster, what the gaps of its rows can have lost in all. */
  readonly lost: Float64Array;
  /** Centres and prices at the last look. */
  readonly lastCentres: Float32Array;
  readonly lastPrices: Float64Array;
  /** The largest distance of a row from the lattice's origin. */
  readonly radius: number;
}

/** Rows that no one has looked at, and places that cost nothing. */
export function openPricedRows(problem: Omit<LimitProblem, "centres">): PricedRows {
  const { points, rowCount, clusterCount, stride } = problem;
  let largest = 0;
  for (let i = 0; i < rowCount; i++) {
    let squared = 0;
    for (let j = 0; j < stride; j++) squared += points[i * stride + j]! ** 2;
    if (squared > largest) largest = squared;
  }
  return {
    labels: new Int32Array(rowCount),
    prices: new Float64Array(clusterCount),
    floors: new Float64Array(rowCount).fill(-Infinity),
    lost: new Float64Array(clusterCount),
    lastCentres: new Float32Array(clusterCount * stride),
    lastPrices: new Float64Array(clusterCount),
    radius: Math.sqrt(largest),
  };
}

/**
 * Gives every row the cluster where squared distance and price are lowest, ties to the lowest number; or, with `stay`,
 * leaves each in one of these. Looks only at rows whose gap centres and prices may have closed since the last look.
 * At worst O(rowCount · clusterCount · stride).
 */
export function priceRows(
  problem: LimitProblem,
  rows: PricedRows,
  options: { readonly stay: boolean },
): void {
  const { points, rowCount, stride, centres, clusterCount } = problem;
  const { labels, prices, floors, lost } = rows;
  countLosses(problem, rows);
  for (let i = 0; i < rowCount; i++) {
    if (floors[i]! > lost[labels[i]!]!) continue;
    let best = Infinity;
    let second = Infinity;
    let label = -1;
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      let cost = prices[cluster]!;
      for (let j = 0; j < stride; j++) {
        const difference = points[i * stride + j]! - centres[cluster * stride + j]!;
        cost += difference * difference;
      }
      if (cost < best) {
        second = best;
        best = cost;
        label = cluster;
      } else if (cost < second) {
        second = cost;
      }
    }
    if (!options.stay) labels[i] = label;
    const gap = labels[i] === label ? second - best : 0;
    floors[i] = gap + lost[labels[i]!]!;
  }
}

/**
 * Adds to what gaps can have lost since the last look. For a row at x, squared distance and price of a cluster change by
 * |c'|² − |c|² + p' − p − 2 x · (c' − c), which is within 2 · radius · |c' − c| of its value at the origin: a gap loses
 * at most the rise of its own cluster and the fall of the others.
 */
function countLosses({ centres, clusterCount, stride }: LimitProblem, rows: PricedRows): void {
  const { prices, lost, lastCentres, lastPrices, radius } = rows;
  const highs = new Float64Array(clusterCount);
  const lows = new Float64Array(clusterCount);
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    let squares = 0;
    let moved = 0;
    for (let at = cluster * stride; at < (cluster + 1) * stride; at++) {
      const difference = centres[at]! - lastCentres[at]!;
      squares += difference * (centres[at]! + lastCentres[at]!);
      moved += difference * difference;
    }
    const middle = squares + prices[cluster]! - lastPrices[cluster]!;
    // Covers what rounding can do to these few sums.
    const spread =
      (2 * radius * Math.sqrt(moved) + Math.abs(middle)) * 2 ** -40 + 2 * radius * Math.sqrt(moved);
    highs[cluster] = middle + spread;
    lows[cluster] = middle - spread;
  }
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    let fall = Infinity;
    for (let other = 0; other < clusterCount; other++)
      if (other !== cluster && lows[other]! < fall) fall = lows[other]!;
    lost[cluster]! += Math.max(0, highs[cluster]! - fall);
  }
  lastCentres.set(centres);
  lastPrices.set(prices);
}

const mostSampled = 1024;

/** The rows, in order, with about the `wanted` smallest gaps, and a limit that the gaps of all others exceed. */
export function rowsOfSmallGap(
  { labels, floors, lost }: PricedRows,
  wanted: number,
): { readonly rows: readonly number[]; readonly limit: number } {
  const rowCount = labels.length;
  let limit = Infinity;
  if (wanted < rowCount) {
    const sampled = Math.min(mostSampled, rowCount);
    const sample = new Float64Array(sampled);
    for (let place = 0; place < sampled; place++) {
      const i = Math.floor((place * rowCount) / sampled);
      sample[place] = floors[i]! - lost[labels[i]!]!;
    }
    limit = sample.sort()[Math.floor((sampled * wanted) / rowCount)]!;
  }
  const rows: number[] = [];
  for (let i = 0; i < rowCount; i++) if (floors[i]! - lost[labels[i]!]! <= limit) rows.push(i);
  return { rows, limit };
}

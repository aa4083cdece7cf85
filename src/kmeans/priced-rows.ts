import type { LimitProblem } from "./limit-problem.js";

/**
 * Every row's cluster, and how far it is from leaving it. The gap of a row is how much more the next best cluster would
 * cost it, squared distance and price together; between two looks at a row a bound of its gap stands in for it.
 */
export interface PricedRows {
  /** Shape (rowCount,). */
  readonly labels: Int32Array;
  /** What a place in each cluster costs. */
  readonly prices: Float64Array;
  /** Distance of each row from the lattice's origin. */
  readonly norms: Float64Array;
  /** Least gap of each row, plus what it could have lost by then; −Infinity where the row must be looked at. */
  readonly floors: Float64Array;
  /** For each cluster, what the gap of a row in it can have lost in all: this, and its norm times the other. */
  readonly lost: Float64Array;
  readonly lostPerNorm: Float64Array;
  /** Centres and prices at the last look. */
  readonly lastCentres: Float32Array;
  readonly lastPrices: Float64Array;
}

/** Rows that no one has looked at, and places that cost nothing. */
export function openPricedRows(problem: Omit<LimitProblem, "centres">): PricedRows {
  const { points, rowCount, clusterCount, stride } = problem;
  const norms = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    let squared = 0;
    for (let j = 0; j < stride; j++) squared += points[i * stride + j]! ** 2;
    norms[i] = Math.sqrt(squared);
  }
  return {
    labels: new Int32Array(rowCount),
    prices: new Float64Array(clusterCount),
    norms,
    floors: new Float64Array(rowCount).fill(-Infinity),
    lost: new Float64Array(clusterCount),
    lostPerNorm: new Float64Array(clusterCount),
    lastCentres: new Float32Array(clusterCount * stride),
    lastPrices: new Float64Array(clusterCount),
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
  const { labels, prices, norms, floors, lost, lostPerNorm } = rows;
  countLosses(problem, rows);
  for (let i = 0; i < rowCount; i++) {
    const before = labels[i]!;
    if (floors[i]! > lost[before]! + norms[i]! * lostPerNorm[before]!) continue;
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
    const after = options.stay ? before : label;
    labels[i] = after;
    floors[i] = (after === label ? second - best : 0) + lost[after]! + norms[i]! * lostPerNorm[after]!;
  }
}

/**
 * Adds to what gaps can have lost since the last look. For a row at x, squared distance and price of a cluster change by
 * |c'|² − |c|² + p' − p − 2 x · (c' − c), which is within 2 · |x| · |c' − c| of its value at the origin: a gap loses at
 * most the rise of the row's own cluster and the fall of another.
 */
function countLosses({ centres, clusterCount, stride }: LimitProblem, rows: PricedRows): void {
  const { prices, lost, lostPerNorm, lastCentres, lastPrices } = rows;
  const rises = new Float64Array(clusterCount);
  const moves = new Float64Array(clusterCount);
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    let squared = 0;
    rises[cluster] = prices[cluster]! - lastPrices[cluster]!;
    for (let at = cluster * stride; at < (cluster + 1) * stride; at++) {
      const difference = centres[at]! - lastCentres[at]!;
      rises[cluster]! += difference * (centres[at]! + lastCentres[at]!);
      squared += difference * difference;
    }
    moves[cluster] = Math.sqrt(squared);
  }
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    let loss = 0;
    let move = 0;
    for (let other = 0; other < clusterCount; other++) {
      if (other === cluster) continue;
      loss = Math.max(loss, rises[cluster]! - rises[other]! + rounding * Math.abs(rises[other]!));
      move = Math.max(move, moves[other]!);
    }
    lost[cluster]! += loss + rounding * Math.abs(rises[cluster]!);
    lostPerNorm[cluster]! += 2 * (moves[cluster]! + move) * (1 + rounding);
  }
  lastCentres.set(centres);
  lastPrices.set(prices);
}

/** Far more than what rounding can do to the sums above, relative to them. */
const rounding = 2 ** -40;
const mostSampled = 1024;

/** The rows, in order, with about the `wanted` smallest gaps, and a limit that the gaps of all others exceed. */
export function rowsOfSmallGap(
  priced: PricedRows,
  wanted: number,
): { readonly rows: readonly number[]; readonly limit: number } {
  const rowCount = priced.labels.length;
  let limit = Infinity;
  if (wanted < rowCount) {
    const sampled = Math.min(mostSampled, rowCount);
    const sample = new Float64Array(sampled);
    for (let place = 0; place < sampled; place++)
      sample[place] = leastGap(priced, Math.floor((place * rowCount) / sampled));
    limit = sample.sort()[Math.floor((sampled * wanted) / rowCount)]!;
  }
  const rows: number[] = [];
  for (let i = 0; i < rowCount; i++) if (leastGap(priced, i) <= limit) rows.push(i);
  return { rows, limit };
}

function leastGap({ labels, norms, floors, lost, lostPerNorm }: PricedRows, row: number): number {
  const label = labels[row]!;
  return floors[row]! - lost[label]! - norms[row]! * lostPerNorm[label]!;
}

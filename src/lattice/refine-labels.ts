import { blockRows, type CrewMemory, type Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import { longestRow } from "./narrow-points.js";
import { moveListed, type Passer, type Problem } from "./pass.js";

/**
 * Leaves a fixed point of Lloyd's algorithm where a better one is one row away: moves single rows whose move, with both
 * means following, lowers the cost. Returns how many moved.
 *
 * A row of weight w pays n / (n − w) · d² to stay in a cluster of weight n and n / (n + w) · d² to come to it (times w),
 * so only rows near a border can gain, which their thresholds tell without a distance. A gain must exceed what rounding
 * centres to the lattice can cost, so that the cost falls for certain and the search ends.
 *
 * @see Hartigan & Wong (1979), doi:10.2307/2346830; Telgarsky & Vattani (2010), https://proceedings.mlr.press/v9/telgarsky10a.html
 */
export function refineLabels(
  crew: CrewMemory,
  desk: Desk,
  run: Problem & { readonly kernel: Kernel; readonly passer: Passer; readonly drift: number },
): number {
  const { sums, sizes } = run.passer.totals();
  const means = meansOf(sums, sizes, crew.stride);
  const held = sizes.slice(0, run.clusterCount);
  const rounding = held.reduce((sum, size) => sum + size, 0) * crew.stride;
  const smallest = held.reduce((a, b) => Math.min(a, b));
  const state = { ...run, crew, labels: desk.labels, means, sizes: held, smallest, rounding };
  const near = borderRows(desk, { ...run, reach: run.drift + widestReach(state) });
  const movers = near.filter(
    (row) => mayGain(state, desk.thresholds[row]!, row) && bestMove(state, row, desk.labels[row]!) >= 0,
  );
  let moved = 0;
  for (const row of movers) {
    const from = desk.labels[row]!;
    const to = bestMove(state, row, from);
    if (to < 0) continue;
    shiftMean(state, row, from, -1);
    shiftMean(state, row, to, 1);
    desk.list[0] = row;
    desk.next[0] = to;
    moveListed(crew, { kernel: run.kernel, shared: desk, own: desk, list: desk.list, count: 1 });
    desk.thresholds[row] = -1;
    moved++;
  }
  return moved;
}

interface RefineState extends Problem {
  readonly crew: CrewMemory;
  readonly labels: Int32Array;
  /** How far distances have shifted since thresholds were forgotten. */
  readonly drift: number;
  readonly means: Float64Array;
  /** Weights of the clusters; their numbers of rows where rows have none. */
  readonly sizes: Int32Array;
  /** Of the smallest cluster before any move. */
  readonly smallest: number;
  /** What rounding of the centres can cost at most. */
  readonly rounding: number;
}

/** The cluster that gains most by taking the row, or −1. */
function bestMove(state: RefineState, row: number, from: number): number {
  const { sizes } = state;
  const weight = weightOf(state, row);
  if (weight === 0 || sizes[from] === weight) return -1;
  const stay = (squaredToMean(state, row, from) * sizes[from]!) / (sizes[from]! - weight);
  let least = stay - state.rounding / weight;
  let to = -1;
  for (let cluster = 0; cluster < state.clusterCount; cluster++) {
    if (cluster === from) continue;
    const come = (squaredToMean(state, row, cluster) * sizes[cluster]!) / (sizes[cluster]! + weight);
    if (come >= least) continue;
    least = come;
    to = cluster;
  }
  return to;
}

function weightOf({ crew }: RefineState, row: number): number {
  return crew.weights?.[row] ?? 1;
}

function squaredToMean({ crew, means }: RefineState, row: number, cluster: number): number {
  const { rows, stride } = crew;
  let sum = 0;
  for (let j = 0; j < stride; j++) {
    const difference = rows[row * stride + j]! - means[cluster * stride + j]!;
    sum += difference * difference;
  }
  return sum;
}

function shiftMean(state: RefineState, row: number, cluster: number, sign: 1 | -1): void {
  const { crew, means, sizes } = state;
  const { rows, stride } = crew;
  const weight = sign * weightOf(state, row);
  const size = sizes[cluster]! + weight;
  for (let j = 0; j < stride; j++) {
    const at = cluster * stride + j;
    means[at]! += (weight * (rows[row * stride + j]! - means[at]!)) / size;
  }
  sizes[cluster] = size;
}

function meansOf(sums: Float64Array, sizes: Int32Array, stride: number): Float64Array {
  return sums.map((sum, at) => sum / sizes[Math.floor(at / stride)]!);
}

/** Rows whose second nearest centre is at most `reach` − drift farther than the nearest, in row order. */
function borderRows(
  desk: Desk,
  run: Problem & { readonly kernel: Kernel; readonly reach: number },
): number[] {
  const rows: number[] = [];
  const limit = limitOf(run.reach);
  for (let begin = 0; begin < run.rowCount; begin += blockRows) {
    const end = Math.min(begin + blockRows, Math.ceil(run.rowCount / 16) * 16);
    const count = run.kernel.scan(desk.thresholds.byteOffset, begin, end, limit, desk.list.byteOffset);
    rows.push(...desk.list.subarray(0, count));
  }
  return rows;
}

/** How much farther than its own centre another may be for a move to gain: (√ratio − 1) · distance, and what rounding hides. */
function reachOf({ crew }: RefineState, ratio: number, distance: number): number {
  return (Math.sqrt(ratio) - 1) * distance + 2 * Math.sqrt(crew.stride);
}

/** The reach of all rows: none is farther from its centre, a rounded mean of rows, than twice the longest and the rounding. */
function widestReach(state: RefineState): number {
  const { crew, sizes, labels, rowCount, clusterCount } = state;
  let most = 1;
  if (crew.weights === undefined)
    for (let cluster = 0; cluster < clusterCount; cluster++)
      most = Math.max(most, ratioOf(state, sizes[cluster]!, 1));
  else
    for (let i = 0; i < rowCount; i++)
      most = Math.max(most, ratioOf(state, sizes[labels[i]!]!, crew.weights[i]!));
  return reachOf(state, most, 2 * longestRow(crew) + Math.sqrt(crew.stride));
}

/** The share of its squared distance that a row saves by leaving, over what it would pay in the smallest cluster. */
function ratioOf({ smallest }: RefineState, size: number, weight: number): number {
  if (weight === 0 || size <= weight) return 1;
  return ((size / (size - weight)) * (smallest + weight)) / smallest;
}

/** Whether a row's threshold leaves room for a gain. */
function mayGain(state: RefineState, threshold: number, row: number): boolean {
  const from = state.labels[row]!;
  const ratio = ratioOf(state, state.sizes[from]!, weightOf(state, row));
  return (
    threshold <= limitOf(state.drift + reachOf(state, ratio, Math.sqrt(squaredToMean(state, row, from))))
  );
}

/** In 32 bits as thresholds are, rounded up. */
function limitOf(reach: number): number {
  return Math.fround(reach * (1 + 2 ** -22));
}

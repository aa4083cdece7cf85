import { blockRows, type CrewMemory, type Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import { moveListed, type Passer, type Problem } from "./pass.js";

/**
 * Leaves a fixed point of Lloyd's algorithm where a better one is one row away: moves single rows whose move, with both
 * means following, lowers the cost. Returns how many moved.
 *
 * A row pays n / (n − 1) · d² to stay and n / (n + 1) · d² to come, so only rows near a border can gain, which their
 * thresholds tell without a distance. A gain must exceed what rounding centres to the lattice can cost, so that the
 * cost falls for certain and the search ends.
 *
 * @see Hartigan & Wong (1979), doi:10.2307/2346830; Telgarsky & Vattani (2010), https://proceedings.mlr.press/v9/telgarsky10a.html
 */
export function refineLabels(
  crew: CrewMemory,
  desk: Desk,
  run: Problem & { readonly kernel: Kernel; readonly passer: Passer; readonly drift: number },
): number {
  const { sums, sizes } = run.passer.totals();
  const state = { crew, means: meansOf(sums, sizes, crew.stride), sizes: sizes.slice(), ...run };
  const candidates = borderRows(desk, { ...run, reach: run.drift + reachOf(crew, desk, state) });
  const movers = candidates.filter((row) => bestMove(state, row, desk.labels[row]!) >= 0);
  let moved = 0;
  for (const row of movers) {
    const from = desk.labels[row]!;
    const to = bestMove(state, row, from);
    if (to < 0) continue;
    shiftMean(state, row, from, -1);
    shiftMean(state, row, to, 1);
    desk.list[0] = row;
    desk.next[0] = to;
    moveListed(crew, { kernel: run.kernel, shared: desk, own: desk, count: 1 });
    desk.thresholds[row] = -1;
    moved++;
  }
  return moved;
}

interface RefineState extends Problem {
  readonly crew: CrewMemory;
  readonly means: Float64Array;
  readonly sizes: Int32Array;
}

/** The cluster that gains most by taking the row, or −1. */
function bestMove(state: RefineState, row: number, from: number): number {
  const { crew, sizes } = state;
  if (sizes[from]! < 2) return -1;
  const stay = (squaredToMean(state, row, from) * sizes[from]!) / (sizes[from]! - 1);
  let least = stay - state.rowCount * crew.stride;
  let to = -1;
  for (let cluster = 0; cluster < state.clusterCount; cluster++) {
    if (cluster === from) continue;
    const come = (squaredToMean(state, row, cluster) * sizes[cluster]!) / (sizes[cluster]! + 1);
    if (come >= least) continue;
    least = come;
    to = cluster;
  }
  return to;
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
  const size = sizes[cluster]! + sign;
  for (let j = 0; j < stride; j++) {
    const at = cluster * stride + j;
    means[at]! += (sign * (rows[row * stride + j]! - means[at]!)) / size;
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
  const limit = Math.fround(run.reach * (1 + 2 ** -22));
  for (let begin = 0; begin < run.rowCount; begin += blockRows) {
    const end = Math.min(begin + blockRows, Math.ceil(run.rowCount / 16) * 16);
    const count = run.kernel.scan(desk.thresholds.byteOffset, begin, end, limit, desk.list.byteOffset);
    rows.push(...desk.list.subarray(0, count));
  }
  return rows;
}

/** How much farther than its own centre another may be for a move to gain: (√ratio − 1) · the largest distance. */
function reachOf(crew: CrewMemory, desk: Desk, { rowCount, sizes, clusterCount }: RefineState): number {
  const smallest = sizes.subarray(0, clusterCount).reduce((least, size) => Math.min(least, size), rowCount);
  const donor = Math.max(2, smallest);
  const ratio = ((donor / (donor - 1)) * (smallest + 1)) / smallest;
  let farthest = 0;
  for (let i = 0; i < rowCount; i++) {
    let squared = 0;
    for (let j = 0; j < crew.stride; j++) {
      const difference = crew.rows[i * crew.stride + j]! - desk.centres[desk.labels[i]! * crew.stride + j]!;
      squared += difference * difference;
    }
    if (squared > farthest) farthest = squared;
  }
  return (Math.sqrt(ratio) - 1) * Math.sqrt(farthest) + 2 * Math.sqrt(crew.stride);
}

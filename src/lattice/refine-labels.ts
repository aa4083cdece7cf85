import { borderRows, type RefineState, squaredToMean, weightOf } from "./border-rows.js";
import type { CrewMemory, Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import type { Passer } from "./pass.js";
import { moveListed, type Problem } from "./pass-block.js";

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
  const movers = borderRows(desk, state).filter((row) => bestMove(state, row, desk.labels[row]!) >= 0);
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

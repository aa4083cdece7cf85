import { blockRows, type CrewMemory, type Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import { longestRow } from "./narrow-points.js";
import type { Problem } from "./pass-block.js";

/** A fixed point from which single rows may move. */
export interface RefineState extends Problem {
  readonly crew: CrewMemory;
  readonly kernel: Kernel;
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

/** Rows near enough to another cluster that a move may gain, in row order: their thresholds tell without a distance. */
export function borderRows({ thresholds, list }: Desk, state: RefineState): number[] {
  const { kernel, rowCount, drift } = state;
  const rows: number[] = [];
  const limit = limitOf(drift + widestReach(state));
  for (let begin = 0; begin < rowCount; begin += blockRows) {
    const end = Math.min(begin + blockRows, Math.ceil(rowCount / 16) * 16);
    const count = kernel.scan(thresholds.byteOffset, begin, end, limit, list.byteOffset);
    for (const row of list.subarray(0, count)) if (mayGain(state, thresholds[row]!, row)) rows.push(row);
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

export function weightOf({ crew }: RefineState, row: number): number {
  return crew.weights?.[row] ?? 1;
}

export function squaredToMean({ crew, means }: RefineState, row: number, cluster: number): number {
  const { rows, stride } = crew;
  let sum = 0;
  for (let j = 0; j < stride; j++) {
    const difference = rows[row * stride + j]! - means[cluster * stride + j]!;
    sum += difference * difference;
  }
  return sum;
}

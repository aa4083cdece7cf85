import { exactInertia } from "../lattice/exact-inertia.js";
import { divideDown } from "../lattice/lloyd.js";
import type { Totals } from "../lattice/pass.js";
import { assignWithinLimits } from "./assign-within-limits.js";
import { keepGroupsWhole } from "./keep-groups-whole.js";
import type { LimitProblem } from "./limit-problem.js";
import { openPricedRows } from "./priced-rows.js";
import type { TiedRows } from "./tie-rows.js";

/** What all starts of a constrained fit share. */
export interface ConstrainedProblem extends TiedRows {
  readonly clusterCount: number;
  readonly least: number;
  readonly most: number;
  readonly maxIterations: number;
  /** Sum of squares of all rows. */
  readonly squares: bigint;
}

/** Where a start came to rest. */
export interface ConstrainedStart {
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  readonly centres: Float32Array;
  readonly initialCentres: Float32Array;
  /** In squared lattice steps, exact. */
  readonly inertia: bigint;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Alternates between the best assignment within the limits and the means of its clusters until the cost no longer
 * falls. Rows on their own: each step is optimal, so it ends where neither can better it. Groups: where none of these
 * assignments keeps them whole, the start ends with the last that did, or with none.
 */
export function runConstrained(
  problem: ConstrainedProblem,
  initialCentres: Float32Array,
): readonly ConstrainedStart[] {
  const { clusterCount, stride, maxIterations } = problem;
  const rows = openPricedRows(problem);
  const totals = { sums: new Float64Array(clusterCount * stride), sizes: new Int32Array(clusterCount) };
  let centres = initialCentres;
  let best: ConstrainedStart | undefined;
  for (let iterations = 1; ; iterations++) {
    const limits: LimitProblem = { ...problem, centres };
    assignWithinLimits(limits, rows);
    const labels = rows.labels.slice();
    const isWhole = keepGroupsWhole(limits, labels, problem.groupStarts);
    if (!isWhole && best === undefined) return [];
    countMoves(problem, totals, { before: best?.labels, after: labels });
    centres = centresOf(totals, stride);
    const inertia = exactInertia(problem.squares, centres, { ...totals, clusterCount, stride });
    if (best !== undefined && (!isWhole || inertia >= best.inertia)) return [{ ...best, converged: true }];
    const sizes = totals.sizes.slice();
    best = { labels, sizes, centres, initialCentres, inertia, iterations, converged: false };
    if (iterations >= maxIterations) return [best];
  }
}

/** Brings sums and sizes from the labels before, where there are any, to those after. */
function countMoves(
  { rows, stride }: ConstrainedProblem,
  { sums, sizes }: Totals,
  { before, after }: { readonly before: Int32Array | undefined; readonly after: Int32Array },
): void {
  for (let i = 0; i < after.length; i++) {
    const to = after[i]!;
    const from = before === undefined ? -1 : before[i]!;
    if (from === to) continue;
    sizes[to]!++;
    for (let j = 0; j < stride; j++) sums[to * stride + j]! += rows[i * stride + j]!;
    if (from < 0) continue;
    sizes[from]!--;
    for (let j = 0; j < stride; j++) sums[from * stride + j]! -= rows[i * stride + j]!;
  }
}

/** Sums and sizes of the clusters. */
export function totalsOf(problem: ConstrainedProblem, labels: Int32Array): Totals {
  const { clusterCount, stride } = problem;
  const totals = { sums: new Float64Array(clusterCount * stride), sizes: new Int32Array(clusterCount) };
  countMoves(problem, totals, { before: undefined, after: labels });
  return totals;
}

/** Means rounded to the lattice, as in `fitKMeans` without limits. */
export function centresOf({ sums, sizes }: Totals, stride: number): Float32Array {
  return Float32Array.from(sums, (sum, at) => {
    const size = sizes[Math.floor(at / stride)]!;
    return divideDown(2 * sum + size, 2 * size);
  });
}

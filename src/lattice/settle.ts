import { orderBySize } from "../cluster/order-clusters.js";
import { type Crew, type LoadedRows, openPasser, type StartResult } from "./crew.js";
import { exactInertia, readWide } from "./exact-inertia.js";
import { runLloyd } from "./lloyd.js";
import type { Totals } from "./pass.js";

/** A start's solution with its clusters in order; the labels lie on desk 0. */
export interface SettledStart {
  readonly centres: Float32Array;
  readonly sizes: readonly number[];
  readonly inertia: bigint;
}

const mostRounds = 20;

/**
 * Numbers the clusters of a start by size, largest first, and assigns every row once more under these numbers, so
 * that a tie goes to the lowest final number. Should a tie move a centre, the fixed point is found again.
 */
export function settleStart(crew: Crew, loaded: LoadedRows, start: StartResult): SettledStart {
  const desk = crew.desks[0]!;
  const { clusterCount } = start;
  const problem = { rowCount: loaded.rowCount, clusterCount };
  const passer = openPasser(crew, problem);
  let totals: Totals = { sums: desk.sums, sizes: start.sizes };
  desk.centres.set(start.centres);
  for (let round = 0; round < mostRounds; round++) {
    if (!reorderCentres(crew, clusterCount, totals.sizes) && round > 0) break;
    if (start.converged) {
      runLloyd(crew, desk, { ...problem, kernel: crew.kernel, passer, maxIterations: 10_000, refine: false });
    } else {
      passer.clear();
      passer.pass(0, Infinity);
    }
    totals = passer.totals();
  }
  const { stride } = crew;
  return {
    centres: desk.centres.slice(0, clusterCount * stride),
    sizes: [...totals.sizes.subarray(0, clusterCount)],
    inertia: exactInertia(readWide(crew.squares), desk.centres, { ...totals, clusterCount, stride }),
  };
}

/** Returns whether any cluster got another number. */
function reorderCentres(crew: Crew, clusterCount: number, sizes: Int32Array): boolean {
  const { stride } = crew;
  const all = crew.desks[0]!.centres;
  const centres = Array.from({ length: clusterCount }, (_, cluster) =>
    all.slice(cluster * stride, (cluster + 1) * stride),
  );
  const order = orderBySize(sizes, centres);
  for (const [place, cluster] of order.entries()) all.set(centres[cluster]!, place * stride);
  return order.some((cluster, place) => cluster !== place);
}

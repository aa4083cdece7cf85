import { countDistinctRows, restoreOrder } from "../cluster/canonical-order.js";
import { checkDistinctCount } from "../cluster/check-cluster-options.js";
import { describeHits } from "../cluster/cluster-fit.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { sumOfSquares } from "../lattice/exact-inertia.js";
import { readLatticePoints } from "../lattice/lattice-rows.js";
import {
  checkConstrainedSize,
  checkDistinctPoints,
  checkGroups,
  checkSizeLimits,
} from "./check-constraints.js";
import { inertiaInUnits } from "./finish-fit.js";
import { defaultMaxIterations, type KMeansFit, type KMeansOptions } from "./kmeans-fit.js";
import { squaredDistance } from "./limit-problem.js";
import { numberConstrained } from "./number-constrained.js";
import type { ConstrainedProblem, ConstrainedStart } from "./run-constrained.js";
import { type ConstrainedSearch, searchConstrained } from "./search-constrained.js";
import { tieRows } from "./tie-rows.js";

/** Whether options ask for more than plain k-means: limits of size, or rows that stay together. */
export function isConstrained({ sizeLimits, groups }: KMeansOptions): boolean {
  return sizeLimits !== undefined || groups !== undefined;
}

/**
 * k-means under limits: every cluster has as many rows as `sizeLimits` allow, and the rows of a group share a cluster.
 *
 * From each start's k-means++ centres, alternates between the best assignment that keeps the limits
 * ({@link assignWithinLimits}, exact) and the means of its clusters. One thread; memory 20 to 30 bytes per value.
 */
export function fitConstrainedKMeans(matrix: Matrix, options: KMeansOptions): KMeansFit {
  const problem = openProblem(matrix, options);
  const search = searchConstrained(problem, options);
  const { best, starts, hits } = search;
  if (best === undefined)
    throw new InputError(
      `fitKMeans: sizeLimits must leave room for whole groups, got [${problem.least}, ${problem.most}], within which none of ${starts} starts could keep them whole. Wider limits?`,
    );
  const { labels, order } = numberConstrained(problem, best);
  const { lattice, clusterCount } = problem;
  const centres = readLatticePoints(best.centres, clusterCount, lattice);
  const inertia = inertiaInUnits(best.inertia, lattice.step);
  return {
    method: "k-means",
    clusterCount,
    labels: restoreOrder(labels, problem.order),
    centres: order.map((cluster) => centres[cluster]!),
    sizes: order.map((cluster) => best.sizes[cluster]!),
    inertia,
    objective: inertia,
    iterations: best.iterations,
    converged: best.converged,
    starts,
    hitRate: hits / starts,
    initialCentres: readLatticePoints(best.initialCentres, clusterCount, lattice),
    notes: [...lattice.notes, ...describeSearch(problem, search, best), ...describeHits(hits, starts)],
  };
}

function openProblem(matrix: Matrix, options: KMeansOptions): ConstrainedProblem {
  const { clusterCount, sizeLimits } = options;
  const { rowCount } = matrix;
  checkSizeLimits(rowCount, options);
  checkGroups(rowCount, options);
  checkConstrainedSize(matrix);
  const tied = tieRows(matrix, options.groups);
  const { rows, stride } = tied;
  const distinct = countDistinctRows(rows, rowCount, { stride, limit: clusterCount });
  checkDistinctCount("fitKMeans", clusterCount, distinct);
  checkDistinctPoints(tied, clusterCount);
  return {
    ...tied,
    clusterCount,
    least: Math.max(1, sizeLimits?.[0] ?? 1),
    most: Math.min(rowCount, sizeLimits?.[1] ?? rowCount),
    maxIterations: options.maxIterations ?? defaultMaxIterations,
    squares: sumOfSquares(rows, rowCount, { stride }),
  };
}

function describeSearch(
  problem: ConstrainedProblem,
  { comparedRows, starts }: ConstrainedSearch,
  best: ConstrainedStart,
): string[] {
  const { rowCount } = problem;
  const away = countAway(problem, best);
  const notes: string[] = [];
  if (away > 0)
    notes.push(`Because of the constraints, ${away} of ${rowCount} rows are not with their nearest centre.`);
  if (comparedRows < rowCount)
    notes.push(`The ${starts} starts were compared on ${comparedRows} rows; the best went on with all rows.`);
  if (!best.converged)
    notes.push(`The best start was stopped after ${best.iterations} iterations, before its fixed point.`);
  return notes;
}

/** Rows that have a nearer centre than that of their cluster. */
function countAway(problem: ConstrainedProblem, { labels, centres }: ConstrainedStart): number {
  const rows = { ...problem, points: problem.rows, centres };
  let away = 0;
  for (let i = 0; i < problem.rowCount; i++) {
    const own = squaredDistance(rows, i, labels[i]!);
    for (let cluster = 0; cluster < problem.clusterCount; cluster++) {
      if (squaredDistance(rows, i, cluster) >= own) continue;
      away++;
      break;
    }
  }
  return away;
}

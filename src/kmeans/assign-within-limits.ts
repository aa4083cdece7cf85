import { type ExchangeQueues, openQueues } from "./exchange-queues.js";
import { findPath, followPath, openFlow, readPrices, surplusOf } from "./limit-flow.js";
import { type LimitProblem, squaredDistance } from "./limit-problem.js";
import { type PricedRows, priceRows, rowsOfSmallGap } from "./priced-rows.js";

/**
 * The assignment of rows to centres with the smallest sum of squared distances under which every cluster has `least`
 * to `most` rows: the optimum, not an approximation.
 *
 * A transportation problem, solved as a flow of least cost over a network of the clusters and a sink. Each row first
 * goes where squared distance plus price is lowest. As long as a cluster then has too many or too few rows, one row at
 * a time moves along each arc of the shortest path from a surplus to a shortage (successive shortest paths: Dijkstra on
 * costs that prices keep at 0 or above, the arc from a to b costing what the cheapest row of a pays to move to b).
 * Queues hold only rows that a path can reach; where a path gets longer, more rows are let in. Labels and prices of the
 * last centres save work and change nothing. Sums of costs are exact
 * below 2^53; of rows that cost the same the first in order moves.
 * O(nRows · clusterCount · stride) and per surplus row O(clusterCount² + clusterCount · log nRows).
 *
 * @see Ahuja, Magnanti & Orlin (1993), Network Flows, §9.7; Bradley, Bennett & Demiriz (2000), Constrained k-means
 * clustering, MSR-TR-2000-65.
 */
export function assignWithinLimits(problem: LimitProblem, rows: PricedRows): void {
  priceRows(problem, rows, { stay: false });
  const flow = openFlow(problem, rows);
  let reach = openReach(problem, rows, { surplus: surplusOf(flow), widening: 1 });
  for (let surplus = surplusOf(flow); surplus > 0; ) {
    const path = findPath(flow, reach.queues);
    if (path.length > reach.left) {
      readPrices(flow, rows);
      priceRows(problem, rows, { stay: true });
      reach = openReach(problem, rows, { surplus, widening: reach.widening * 4 });
      continue;
    }
    reach.left -= path.length;
    followPath(flow, reach.queues, path);
    surplus--;
  }
  readPrices(flow, rows);
}

/** How many rows paths are thought to need: for each cluster, and for each row that must move. */
const rowsPerCluster = 64;
const rowsPerSurplus = 4;

/** The rows that paths may use. As prices follow the paths, the others come nearer by what the paths cost. */
interface Reach {
  readonly queues: ExchangeQueues;
  readonly widening: number;
  /** What paths may still cost before a row outside could be the cheapest. */
  left: number;
}

function openReach(
  problem: LimitProblem,
  rows: PricedRows,
  { surplus, widening }: { readonly surplus: number; readonly widening: number },
): Reach {
  const { clusterCount } = problem;
  const near = rowsOfSmallGap(rows, widening * (rowsPerCluster * clusterCount + rowsPerSurplus * surplus));
  const queues = openQueues(rows.labels, {
    clusterCount,
    distance: (row, cluster) => squaredDistance(problem, row, cluster),
    rows: near.rows,
  });
  return { queues, widening, left: near.limit };
}

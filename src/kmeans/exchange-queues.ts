/** For every ordered pair of clusters: the rows of the one, those first that cost least to move to the other. */
export interface ExchangeQueues {
  /** The row of `from` that costs least to move to `to` (equal costs: the first in order), or −1 where none is known. */
  readonly first: (from: number, to: number) => number;
  /** What moving that row adds to the cost; Infinity where there is none. */
  readonly cost: (from: number, to: number) => number;
  /** Tells of a row that has come to a cluster. */
  readonly enter: (row: number, cluster: number) => void;
}

interface Queue {
  readonly rows: number[];
  readonly costs: number[];
}

/**
 * Queues over the labels of some rows as they change. A cluster's queues are filled when it is first asked about; a row
 * that has left is dropped when it comes to the head.
 *
 * @param distance - What it costs to have a row in a cluster.
 */
export function openQueues(
  labels: Int32Array,
  options: {
    readonly clusterCount: number;
    readonly distance: (row: number, cluster: number) => number;
    /** Those that may move, in order. */
    readonly rows: readonly number[];
  },
): ExchangeQueues {
  const { clusterCount, distance, rows } = options;
  const queuesFrom = new Array<Queue[] | undefined>(clusterCount);

  function enter(row: number, cluster: number): void {
    const queues = queuesFrom[cluster];
    if (queues === undefined) return;
    const stay = distance(row, cluster);
    for (let to = 0; to < clusterCount; to++)
      if (to !== cluster) push(queues[to]!, row, distance(row, to) - stay);
  }
  function headOf(from: number, to: number): Queue {
    if (queuesFrom[from] === undefined) {
      queuesFrom[from] = Array.from({ length: clusterCount }, () => ({ rows: [], costs: [] }));
      for (const row of rows) if (labels[row] === from) enter(row, from);
    }
    const queue = queuesFrom[from]![to]!;
    while (queue.rows.length > 0 && labels[queue.rows[0]!] !== from) dropFirst(queue);
    return queue;
  }
  return {
    first: (from, to) => headOf(from, to).rows[0] ?? -1,
    cost: (from, to) => headOf(from, to).costs[0] ?? Infinity,
    enter,
  };
}

/** A binary heap: by cost, then by row. */
function push({ rows, costs }: Queue, row: number, cost: number): void {
  let at = rows.length;
  rows.push(row);
  costs.push(cost);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (costs[parent]! < cost || (costs[parent] === cost && rows[parent]! < row)) break;
    rows[at] = rows[parent]!;
    costs[at] = costs[parent]!;
    at = parent;
  }
  rows[at] = row;
  costs[at] = cost;
}

function dropFirst({ rows, costs }: Queue): void {
  const row = rows.pop()!;
  const cost = costs.pop()!;
  const count = rows.length;
  if (count === 0) return;
  let at = 0;
  for (let child = 1; child < count; child = 2 * at + 1) {
    const right = child + 1;
    if (right < count && isBefore(costs[right]!, rows[right]!, costs[child]!, rows[child]!)) child = right;
    if (!isBefore(costs[child]!, rows[child]!, cost, row)) break;
    rows[at] = rows[child]!;
    costs[at] = costs[child]!;
    at = child;
  }
  rows[at] = row;
  costs[at] = cost;
}

function isBefore(costA: number, rowA: number, costB: number, rowB: number): boolean {
  return costA < costB || (costA === costB && rowA < rowB);
}

import type { ExchangeQueues } from "./exchange-queues.js";
import type { LimitProblem } from "./limit-problem.js";
import type { PricedRows } from "./priced-rows.js";

/** The network: clusters 0…sink − 1, and the sink to which each cluster sends between least and most rows. */
export interface Flow {
  readonly sink: number;
  readonly least: number;
  readonly most: number;
  readonly labels: Int32Array;
  readonly floors: Float64Array;
  /** One per node, the sink's last. */
  readonly prices: Float64Array;
  /** Rows that each cluster sends to the sink. */
  readonly sent: Int32Array;
  /** Rows that came to a node but were not sent on; below 0 those that are missing. */
  readonly surplus: Int32Array;
}

export interface Path {
  /** In priced cost; Infinity where no path is known. */
  readonly length: number;
  readonly end: number;
  /** Length of the shortest path to each node. */
  readonly lengths: Float64Array;
  /** The node before each, −1 where a path begins. */
  readonly before: Int32Array;
}

/** Sends on what prices tell: a cluster whose places cost something is full, one that pays for rows has the fewest. */
export function openFlow(problem: LimitProblem, { labels, prices, floors }: PricedRows): Flow {
  const { clusterCount: sink, least, most, rowCount } = problem;
  const surplus = new Int32Array(sink + 1);
  for (let i = 0; i < rowCount; i++) surplus[labels[i]!]!++;
  const sent = new Int32Array(sink);
  surplus[sink] = -rowCount;
  for (let cluster = 0; cluster < sink; cluster++) {
    const price = prices[cluster]!;
    const size = surplus[cluster]!;
    const send = price > 0 ? most : price < 0 ? least : Math.max(least, Math.min(most, size));
    sent[cluster] = send;
    surplus[cluster] = size - send;
    surplus[sink]! += send;
  }
  return { sink, least, most, labels, floors, prices: Float64Array.of(...prices, 0), sent, surplus };
}

export function surplusOf({ surplus }: Flow): number {
  let sum = 0;
  for (let node = 0; node < surplus.length; node++) if (surplus[node]! > 0) sum += surplus[node]!;
  return sum;
}

/** Prices relative to that of the sink, which charges nothing. */
export function readPrices(flow: Flow, { prices }: PricedRows): void {
  for (let cluster = 0; cluster < flow.sink; cluster++)
    prices[cluster] = flow.prices[cluster]! - flow.prices[flow.sink]!;
}

/** Dijkstra from all nodes with a surplus to the nearest with a shortage; equal lengths: the lower node. */
export function findPath(flow: Flow, queues: ExchangeQueues): Path {
  const { sink, surplus } = flow;
  const lengths = new Float64Array(sink + 1);
  const before = new Int32Array(sink + 1).fill(-1);
  const isDone = new Uint8Array(sink + 1);
  for (let node = 0; node <= sink; node++) lengths[node] = surplus[node]! > 0 ? 0 : Infinity;
  for (;;) {
    let node = -1;
    for (let other = 0; other <= sink; other++)
      if (!isDone[other] && (node < 0 || lengths[other]! < lengths[node]!)) node = other;
    if (lengths[node] === Infinity || surplus[node]! < 0)
      return { length: lengths[node]!, end: node, lengths, before };
    isDone[node] = 1;
    for (let to = 0; to <= sink; to++) {
      if (isDone[to]) continue;
      const length = lengths[node]! + arcCost(flow, queues, node, to);
      if (length >= lengths[to]!) continue;
      lengths[to] = length;
      before[to] = node;
    }
  }
}

/** What one more row from a node to another costs, prices counted in: never below 0. */
function arcCost(flow: Flow, queues: ExchangeQueues, from: number, to: number): number {
  const { sink, prices, sent, least, most } = flow;
  const priced = prices[to]! - prices[from]!;
  if (from === sink) return sent[to]! > least ? priced : Infinity;
  if (to === sink) return sent[from]! < most ? priced : Infinity;
  return queues.cost(from, to) + priced;
}

export function followPath(flow: Flow, queues: ExchangeQueues, path: Path): void {
  const { sink, prices, sent, surplus, labels, floors } = flow;
  const { end, length, lengths, before } = path;
  let to = end;
  for (let from = before[to]!; from >= 0; from = before[to]!) {
    if (to === sink) sent[from]!++;
    else if (from === sink) sent[to]!--;
    else {
      const row = queues.first(from, to);
      labels[row] = to;
      floors[row] = -Infinity;
      queues.enter(row, to);
    }
    to = from;
  }
  surplus[to]!--;
  surplus[end]!++;
  for (let node = 0; node <= sink; node++) prices[node]! -= Math.min(lengths[node]!, length);
}

import type { Totals } from "../lattice/pass.js";
import { squaredDistance } from "./limit-problem.js";
import {
  type ConstrainedProblem,
  type ConstrainedStart,
  centresOf,
  runConstrained,
  totalsOf,
} from "./run-constrained.js";

/** Rows of each cluster that are tried for each other one: those that cost least to move. */
const triedRows = 8;
/** Each costs as much as a start. */
const mostExchanges = 30;

/**
 * Takes a start further where one row that moves, or two that change places, lower the cost with both means following,
 * which alternating cannot see; then alternates again, until neither helps or 30 exchanges are made. For rows on their own: where there are
 * groups, the start stays as it is.
 *
 * @see Hartigan & Wong (1979), doi:10.2307/2346830, for moves without limits.
 */
export function improveConstrained(problem: ConstrainedProblem, start: ConstrainedStart): ConstrainedStart {
  if (problem.groupStarts.length <= problem.rowCount) return start;
  let best = start;
  for (let exchanges = 0; exchanges < mostExchanges; exchanges++) {
    const centres = exchangeRows(problem, best);
    const next = centres && runConstrained(problem, centres)[0];
    if (next === undefined || next.inertia >= best.inertia) break;
    best = { ...next, initialCentres: start.initialCentres, iterations: best.iterations + next.iterations };
  }
  return best;
}

/** A row leaves a cluster for another; another row, if not −1, takes its place. */
interface Exchange {
  readonly from: number;
  readonly to: number;
  readonly go: number;
  readonly come: number;
}

/** The centres after the exchange that lowers the cost most, or undefined where none does for certain. */
function exchangeRows(problem: ConstrainedProblem, start: ConstrainedStart): Float32Array | undefined {
  const totals = totalsOf(problem, start.labels);
  // What rounding centres to the lattice can cost.
  let most = problem.rowCount * problem.stride;
  let best: Exchange | undefined;
  for (const exchange of exchangesOf(problem, start)) {
    const gain = gainOf(problem, totals, exchange);
    if (!(gain > most)) continue;
    most = gain;
    best = exchange;
  }
  if (best === undefined) return undefined;
  const labels = start.labels.slice();
  labels[best.go] = best.to;
  if (best.come >= 0) labels[best.come] = best.from;
  return centresOf(totalsOf(problem, labels), problem.stride);
}

/** All moves that the limits allow, and all changes of place, of the rows nearest to another cluster. */
function* exchangesOf(problem: ConstrainedProblem, start: ConstrainedStart): Generator<Exchange> {
  const { clusterCount, least, most } = problem;
  const near = rowsNearBorders(problem, start);
  for (let from = 0; from < clusterCount; from++) {
    for (let to = 0; to < clusterCount; to++) {
      if (from === to) continue;
      const mayMove = start.sizes[from]! > least && start.sizes[to]! < most;
      for (const go of near[from * clusterCount + to]!) {
        if (mayMove) yield { from, to, go, come: -1 };
        if (from < to) for (const come of near[to * clusterCount + from]!) yield { from, to, go, come };
      }
    }
  }
}

/** For each cluster and each other, the few rows of the one that cost least to move to the other, in that order. */
function rowsNearBorders(
  { rows, rowCount, stride, clusterCount, least, most }: ConstrainedProblem,
  { labels, centres }: ConstrainedStart,
): readonly (readonly number[])[] {
  const problem = { points: rows, rowCount, stride, centres, clusterCount, least, most };
  const near = Array.from({ length: clusterCount ** 2 }, () => ({
    rows: [] as number[],
    costs: [] as number[],
  }));
  for (let row = 0; row < rowCount; row++) {
    const own = squaredDistance(problem, row, labels[row]!);
    for (let to = 0; to < clusterCount; to++) {
      if (to === labels[row]) continue;
      const list = near[labels[row]! * clusterCount + to]!;
      const cost = squaredDistance(problem, row, to) - own;
      if (list.rows.length === triedRows && cost >= list.costs[triedRows - 1]!) continue;
      let place = list.rows.length;
      while (place > 0 && list.costs[place - 1]! > cost) place--;
      list.rows.splice(place, 0, row);
      list.costs.splice(place, 0, cost);
      if (list.rows.length > triedRows) {
        list.rows.pop();
        list.costs.pop();
      }
    }
  }
  return near.map((list) => list.rows);
}

/**
 * How much an exchange lowers the cost once means have followed. A move: n / (n − 1) · d² in the cluster that is left,
 * less n / (n + 1) · d² in the other. A change of place by v = come − go: |v|² · (1 / n + 1 / n') − 2 v · (m' − m).
 */
function gainOf(
  { rows, stride }: ConstrainedProblem,
  { sums, sizes }: Totals,
  { from, to, go, come }: Exchange,
): number {
  const leave = sizes[from]!;
  const enter = sizes[to]!;
  let toOwn = 0;
  let toOther = 0;
  let squared = 0;
  let product = 0;
  for (let j = 0; j < stride; j++) {
    const value = rows[go * stride + j]!;
    const own = sums[from * stride + j]! / leave;
    const other = sums[to * stride + j]! / enter;
    toOwn += (value - own) ** 2;
    toOther += (value - other) ** 2;
    const change = come < 0 ? 0 : rows[come * stride + j]! - value;
    squared += change * change;
    product += change * (other - own);
  }
  if (come >= 0) return squared * (1 / leave + 1 / enter) - 2 * product;
  return (toOwn * leave) / (leave - 1) - (toOther * enter) / (enter + 1);
}

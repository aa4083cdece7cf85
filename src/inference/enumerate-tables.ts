import { sum } from "../core/sum.js";
import { logArrangements } from "./log-factorials.js";

/** What was already filled in, for one vector of what each row still has to give. */
interface Node {
  readonly left: readonly number[];
  /** ln of a product of column arrangements, rounded, → the probability of all ways to it together. */
  readonly pasts: Map<number, { readonly log: number; weight: number }>;
}

/** A table of counts with its totals, the logarithms of factorials up to its total, and how much work is too much. */
export interface EnumerationPlan {
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly logs: Float64Array;
  /** ln Π (column total)! / Π cells! of the observed table. */
  readonly observed: number;
  readonly mostSteps: number;
}

/** A new vector, and each way to it, costs as much as listing so many tables. */
const vectorSteps = 8;

/** Products this near, relative, count as equal: their factorials only differ by rounding. */
const equalWithin = 1e-7;

/**
 * Probability, given the totals, of all tables at most as likely as the observed one; undefined if that takes too many steps.
 *
 * Column by column over what the rows have left (a network of such vectors), where ways that lead to the same vector with the
 * same likelihood are one; the last two columns are listed once per vector, sorted and looked up.
 *
 * @see Mehta & Patel (1983), doi:10.1080/01621459.1983.10477989, whose network this is, without their bounds.
 */
export function enumerateTables(plan: EnumerationPlan): number | undefined {
  const { rowTotals, columnTotals, logs } = plan;
  const budget = { steps: plan.mostSteps };
  // Each column takes its share of the constant divisor, so that neither products nor weights leave the range of doubles.
  const perRow = logArrangements(rowTotals, logs) / sum(rowTotals);
  let nodes = new Map<string, Node>([
    ["", { left: rowTotals, pasts: new Map([[0, { log: 0, weight: 1 }]]) }],
  ]);
  for (const columnTotal of columnTotals.slice(0, -2)) {
    const next = advance(nodes, columnTotal, { logs, budget, perRow });
    if (next === undefined) return undefined;
    nodes = next;
  }
  const [last] = columnTotals.slice(-2);
  let probability = 0;
  for (const node of nodes.values()) {
    const share = finish(node, last!, { logs, budget, perRow, limit: plan.observed + equalWithin });
    if (share === undefined) return undefined;
    probability += share;
  }
  return probability;
}

interface Work {
  readonly logs: Float64Array;
  readonly budget: { steps: number };
  /** ln of the constant divisor of the probability, per row of the table's total. */
  readonly perRow: number;
}

function advance(
  nodes: ReadonlyMap<string, Node>,
  columnTotal: number,
  { logs, budget, perRow }: Work,
): Map<string, Node> | undefined {
  const next = new Map<string, Node>();
  for (const { left, pasts } of nodes.values()) {
    const isWithin = fillColumn(left, columnTotal, (cells) => {
      budget.steps -= vectorSteps * (1 + pasts.size);
      if (budget.steps < 0) return false;
      const after = left.map((count, i) => count - cells[i]!).sort((a, b) => a - b);
      const key = after.join();
      const node = next.get(key) ?? { left: after, pasts: new Map() };
      next.set(key, node);
      const log = logArrangements(cells, logs);
      const factor = Math.exp(log - perRow * columnTotal);
      for (const past of pasts.values()) addPast(node.pasts, past.log + log, past.weight * factor);
      return true;
    });
    if (!isWithin) return undefined;
  }
  return next;
}

function addPast(pasts: Node["pasts"], log: number, weight: number): void {
  const key = Math.round(log * 1e9);
  const known = pasts.get(key);
  if (known === undefined) pasts.set(key, { log, weight });
  else known.weight += weight;
}

/** The share of probability of tables through this node that are at most as likely as the limit. */
function finish(
  { left, pasts }: Node,
  columnTotal: number,
  { logs, budget, perRow, limit }: Work & { limit: number },
): number | undefined {
  const listed: number[] = [];
  const rest = new Array<number>(left.length);
  const isWithin = fillColumn(left, columnTotal, (cells) => {
    for (let i = 0; i < rest.length; i++) rest[i] = left[i]! - cells[i]!;
    listed.push(logArrangements(cells, logs) + logArrangements(rest, logs));
    budget.steps -= 1;
    return budget.steps >= 0;
  });
  if (!isWithin) return undefined;
  const sorted = Float64Array.from(listed).sort();
  const shift = perRow * sum(left);
  const upTo = new Float64Array(sorted.length + 1);
  sorted.forEach((log, i) => {
    upTo[i + 1] = upTo[i]! + Math.exp(log - shift);
  });
  let share = 0;
  for (const { log, weight } of pasts.values()) share += weight * upTo[countUpTo(sorted, limit - log)]!;
  return share;
}

/** Every way to take `total` from what is left, told to `visit` until it returns false; the array told is reused. */
function fillColumn(
  left: readonly number[],
  total: number,
  visit: (cells: readonly number[]) => boolean,
): boolean {
  const cells = new Array<number>(left.length).fill(0);
  // What the rows from i on can give at most.
  const reach = left.map((_, i) => sum(left.slice(i)));
  const fill = (i: number, open: number): boolean => {
    if (i === left.length - 1) {
      cells[i] = open;
      return visit(cells);
    }
    const most = Math.min(left[i]!, open);
    for (let count = Math.max(0, open - reach[i + 1]!); count <= most; count++) {
      cells[i] = count;
      if (!fill(i + 1, open - count)) return false;
    }
    return true;
  };
  return fill(0, total);
}

/** How many leading values of a sorted array are at most `limit`. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

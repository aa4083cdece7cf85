import {
  allRows,
  commonest,
  countSegments,
  leafCount,
  partRows,
  type RuleNode,
  type RuleRows,
  type TreeLimits,
} from "./rule-tree.js";

/** A leaf that may still be parted, and the best way to. */
interface Candidate {
  readonly rows: Uint32Array;
  readonly depth: number;
  readonly segment: number;
  readonly best: Cut | null;
  parts: readonly [Candidate, Candidate] | null;
}

interface Cut {
  readonly feature: number;
  readonly cut: number;
  /** Fall of the Gini impurity, in rows. */
  readonly gain: number;
}

/**
 * Grows a tree where it gains most, leaf by leaf, from the leaves of an earlier one.
 *
 * Best-first CART by Gini impurity; of equal gains the first leaf, the first feature and the lowest cut. Counts are whole numbers,
 * so the order of the rows changes nothing. O(rows · features · depth).
 *
 * @see Breiman, Friedman, Olshen & Stone (1984), Classification and Regression Trees.
 */
export function growRuleTree(start: RuleNode, table: RuleRows, limits: TreeLimits): RuleNode {
  const everyRow = allRows(table);
  const root = candidateOf(start, everyRow, { depth: 0, table, limits });
  let leaves = leafCount(start);
  while (leaves < limits.mostLeaves) {
    const next = openLeaves(root).sort((a, b) => b.best!.gain - a.best!.gain)[0];
    if (next === undefined) break;
    const { feature, cut } = next.best!;
    const place = { depth: next.depth + 1, table, limits };
    const [below, above] = partRows(next.rows, table.bins[feature]!, cut);
    next.parts = [leafOf(below, place), leafOf(above, place)];
    leaves++;
  }
  return nodeOf(root);
}

interface Place {
  readonly depth: number;
  readonly table: RuleRows;
  readonly limits: TreeLimits;
}

function candidateOf(node: RuleNode, rows: Uint32Array, place: Place): Candidate {
  if (node.kind === "leaf") return leafOf(rows, place);
  const { feature, cut } = node;
  const [below, above] = partRows(rows, place.table.bins[feature]!, cut);
  const deeper = { ...place, depth: place.depth + 1 };
  return {
    rows,
    depth: place.depth,
    segment: -1,
    best: { feature, cut, gain: 0 },
    parts: [candidateOf(node.below, below, deeper), candidateOf(node.above, above, deeper)],
  };
}

function leafOf(rows: Uint32Array, { depth, table, limits }: Place): Candidate {
  const counts = countSegments(rows, table);
  const best = depth < limits.deepest ? bestCut(rows, counts, { table, limits }) : null;
  return { rows, depth, segment: commonest(counts), best, parts: null };
}

function openLeaves(candidate: Candidate): Candidate[] {
  if (candidate.parts !== null) return candidate.parts.flatMap(openLeaves);
  return candidate.best === null ? [] : [candidate];
}

function nodeOf({ parts, best, segment }: Candidate): RuleNode {
  if (parts === null) return { kind: "leaf", segment };
  const { feature, cut } = best!;
  return { kind: "split", feature, cut, below: nodeOf(parts[0]), above: nodeOf(parts[1]) };
}

/** The cut after which the segments are least mixed; null where none helps or a side would be too small. */
function bestCut(
  rows: Uint32Array,
  counts: Int32Array,
  { table, limits }: Pick<Place, "table" | "limits">,
): Cut | null {
  return table.bins
    .map((_, feature) => bestCutOf(feature, rows, { counts, table, limits }))
    .reduce((best, cut) => (cut !== null && (best === null || cut.gain > best.gain) ? cut : best), null);
}

/** Trees of one split each: the best of every feature. */
export function firstSplits(table: RuleRows, limits: TreeLimits): readonly RuleNode[] {
  const rows = allRows(table);
  const counts = countSegments(rows, table);
  const leaf = { kind: "leaf", segment: 0 } as const;
  return table.bins.flatMap((_, feature): readonly RuleNode[] => {
    const cut = bestCutOf(feature, rows, { counts, table, limits });
    return cut === null ? [] : [{ kind: "split", feature, cut: cut.cut, below: leaf, above: leaf }];
  });
}

function bestCutOf(
  feature: number,
  rows: Uint32Array,
  { counts, table, limits }: Pick<Place, "table" | "limits"> & { readonly counts: Int32Array },
): Cut | null {
  const { bins, digits, labels, segmentCount } = table;
  const steps = bins[feature]!;
  const cutCount = digits[feature]!.length;
  const seen = new Int32Array((cutCount + 1) * segmentCount);
  for (const row of rows) seen[steps[row]! * segmentCount + labels[row]!]!++;
  const whole = purity(counts, rows.length);
  const below = new Int32Array(segmentCount);
  const above = new Int32Array(segmentCount);
  let best: Cut | null = null;
  let size = 0;
  for (let cut = 0; cut < cutCount; cut++) {
    for (let segment = 0; segment < segmentCount; segment++) {
      const count = seen[cut * segmentCount + segment]!;
      size += count;
      below[segment]! += count;
      above[segment] = counts[segment]! - below[segment]!;
    }
    if (size < limits.smallestLeaf || rows.length - size < limits.smallestLeaf) continue;
    const gain = purity(below, size) + purity(above, rows.length - size) - whole;
    if (gain > 1e-9 * rows.length && (best === null || gain > best.gain)) best = { feature, cut, gain };
  }
  return best;
}

/** Σ count² / size: higher, less mixed. */
function purity(counts: Int32Array, size: number): number {
  let squares = 0;
  for (const count of counts) squares += count * count;
  return squares / size;
}

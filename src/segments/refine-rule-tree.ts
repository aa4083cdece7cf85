import {
  allRows,
  commonest,
  countSegments,
  partRows,
  type RuleNode,
  type RuleRows,
  segmentOfRow,
} from "./rule-tree.js";

/** Passes over the tree; few are needed until nothing moves. */
const mostPasses = 12;

export interface RefineOptions {
  /** Rows of a leaf, at least. */
  readonly smallestLeaf: number;
  /** Rows that a split may lose for a rounder threshold. */
  readonly slack: number;
}

/**
 * Moves each split to where the fewest customers end in another segment than their own, the rest of the tree held fixed.
 *
 * Growing decides each split without knowing what comes below it; going over them again with that knowledge never loses a
 * customer. Splits whose sides agree are taken out. O(passes · rows · features · depth).
 *
 * @see Carreira-Perpiñán & Tavallali (2018), Alternating optimization of decision trees, NeurIPS 31.
 */
export function refineRuleTree(tree: RuleNode, table: RuleRows, options: RefineOptions): RuleNode {
  const everyRow = allRows(table);
  let refined = tree;
  for (let pass = 0; pass < mostPasses; pass++) {
    const next = refineNode(refined, everyRow, { table, ...options });
    if (JSON.stringify(next) === JSON.stringify(refined)) break;
    refined = next;
  }
  return withoutIdleSplits(refined);
}

interface Refining extends RefineOptions {
  readonly table: RuleRows;
}

function refineNode(node: RuleNode, rows: Uint32Array, refining: Refining): RuleNode {
  const { table } = refining;
  if (node.kind === "leaf") return { kind: "leaf", segment: commonest(countSegments(rows, table)) };
  const [under, over] = partRows(rows, table.bins[node.feature]!, node.cut);
  const below = refineNode(node.below, under, refining);
  const above = refineNode(node.above, over, refining);
  const kept = { ...node, below, above };
  const moved = { ...kept, ...fewestErrors(kept, rows, refining) };
  return isLargeEnough(moved, rows, refining) ? moved : kept;
}

/** The feature and cut that send most rows to the side that knows them; of equal cuts the roundest, of equal features the present one. */
function fewestErrors(
  node: RuleNode & { readonly kind: "split" },
  rows: Uint32Array,
  { table: { bins, digits, labels }, slack }: Refining,
): { readonly feature: number; readonly cut: number } {
  // +1: only the side below knows the row; −1: only the side above does.
  const worth = new Int8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const label = labels[rows[i]!];
    const isRightBelow = segmentOfRow(node.below, bins, rows[i]!) === label;
    const isRightAbove = segmentOfRow(node.above, bins, rows[i]!) === label;
    worth[i] = Number(isRightBelow) - Number(isRightAbove);
  }
  let best = { feature: node.feature, cut: node.cut, worth: Number.NEGATIVE_INFINITY };
  const others = bins.map((_, feature) => feature).filter((feature) => feature !== node.feature);
  for (const feature of [node.feature, ...others]) {
    const sums = sumsOfCuts(rows, worth, { bins: bins[feature]!, cutCount: digits[feature]!.length });
    const most = sums.reduce((high, sum) => Math.max(high, sum), Number.NEGATIVE_INFINITY);
    if (most <= best.worth) continue;
    const cuts = [...sums.keys()].filter((cut) => sums[cut]! >= most - slack);
    const cut = cuts.reduce((round, next) =>
      digits[feature]![next]! < digits[feature]![round]! ? next : round,
    );
    best = { feature, cut, worth: most };
  }
  return { feature: best.feature, cut: best.cut };
}

/** Shape (nCuts,): what is gained by sending the rows up to each cut below. */
function sumsOfCuts(
  rows: Uint32Array,
  worth: Int8Array,
  { bins, cutCount }: { readonly bins: Uint16Array; readonly cutCount: number },
): Int32Array {
  const sums = new Int32Array(cutCount + 1);
  for (let i = 0; i < rows.length; i++) sums[bins[rows[i]!]!]! += worth[i]!;
  for (let cut = 1; cut < sums.length; cut++) sums[cut]! += sums[cut - 1]!;
  return sums.subarray(0, cutCount);
}

function isLargeEnough(node: RuleNode, rows: Uint32Array, refining: Refining): boolean {
  if (node.kind === "leaf") return rows.length >= refining.smallestLeaf;
  const [below, above] = partRows(rows, refining.table.bins[node.feature]!, node.cut);
  return isLargeEnough(node.below, below, refining) && isLargeEnough(node.above, above, refining);
}

function withoutIdleSplits(node: RuleNode): RuleNode {
  if (node.kind === "leaf") return node;
  const [below, above] = [withoutIdleSplits(node.below), withoutIdleSplits(node.above)];
  const isIdle = below.kind === "leaf" && above.kind === "leaf" && below.segment === above.segment;
  return isIdle ? below : { ...node, below, above };
}

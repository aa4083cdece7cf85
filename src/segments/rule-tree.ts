/** Customers in steps of their features, and the segment of each: what a rule tree is grown on. */
export interface RuleRows {
  /** One per feature, shape (nRows,): step of each row. */
  readonly bins: readonly Uint16Array[];
  /** One per feature, shape (nCuts,): how many digits each threshold is written with. */
  readonly digits: readonly (readonly number[])[];
  /** Shape (nRows,), 0…segmentCount − 1. */
  readonly labels: Int32Array;
  readonly segmentCount: number;
}

/** A leaf names a segment; a split sends a row below where its step is at most `cut`. */
export type RuleNode = RuleLeafNode | RuleSplit;

export interface RuleLeafNode {
  readonly kind: "leaf";
  readonly segment: number;
}

export interface RuleSplit {
  readonly kind: "split";
  readonly feature: number;
  readonly cut: number;
  readonly below: RuleNode;
  readonly above: RuleNode;
}

/** How large a tree may grow. */
export interface TreeLimits {
  readonly mostLeaves: number;
  /** Conditions from the root to a leaf, at most. */
  readonly deepest: number;
  /** Rows of a leaf, at least. */
  readonly smallestLeaf: number;
}

/** Counts of the segments among some rows. */
export function countSegments(rows: Uint32Array, { labels, segmentCount }: RuleRows): Int32Array {
  const counts = new Int32Array(segmentCount);
  for (const row of rows) counts[labels[row]!]!++;
  return counts;
}

/** The commonest segment, the lowest of equals. */
export function commonest(counts: Int32Array): number {
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

export function leafCount(node: RuleNode): number {
  return node.kind === "leaf" ? 1 : leafCount(node.below) + leafCount(node.above);
}

/** The rows on either side of a cut, in any order. */
export function partRows(rows: Uint32Array, bins: Uint16Array, cut: number): [Uint32Array, Uint32Array] {
  const parted = new Uint32Array(rows.length);
  let [low, high] = [0, rows.length];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (bins[row]! <= cut) parted[low++] = row;
    else parted[--high] = row;
  }
  return [parted.subarray(0, low), parted.subarray(high)];
}

/** Numbers of all rows. */
export function allRows({ labels }: RuleRows): Uint32Array {
  const rows = new Uint32Array(labels.length);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return rows;
}

/** The segment that a tree gives a row. */
export function segmentOfRow(node: RuleNode, bins: readonly Uint16Array[], row: number): number {
  let at = node;
  while (at.kind === "split") at = bins[at.feature]![row]! <= at.cut ? at.below : at.above;
  return at.segment;
}

/** A tree of merges, lowest first: numbers below rowCount are rows, rowCount + s is the cluster that step s makes. */
export interface MergeTree {
  readonly rowCount: number;
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly heights: ArrayLike<number>;
  readonly sizes: ArrayLike<number>;
}

/** A cluster of the tree as it is drawn. */
export interface Branch {
  /** Its number in the tree. */
  readonly cluster: number;
  readonly size: number;
  /** Leaves are 0, 1, 2 … from left to right; a merge stands in the middle of what it joins. */
  readonly x: number;
  /** Height of the merge that made it; 0 for a leaf. */
  readonly height: number;
  /** What it joins; none for a leaf. */
  readonly parts: readonly [] | readonly [left: Branch, right: Branch];
}

/** The top of a tree, with at most so many leaves; the merges below are hidden in the leaves. */
export function topOfTree(tree: MergeTree, mostLeaves: number): Branch {
  const { rowCount, first, second, heights, sizes } = tree;
  const hidden = Math.max(0, rowCount - mostLeaves);
  let place = 0;
  const branchOf = (cluster: number): Branch => {
    const step = cluster - rowCount;
    const size = step < 0 ? 1 : sizes[step]!;
    if (step < hidden) return { cluster, size, x: place++, height: 0, parts: [] };
    const left = branchOf(first[step]!);
    const right = branchOf(second[step]!);
    return { cluster, size, x: (left.x + right.x) / 2, height: heights[step]!, parts: [left, right] };
  };
  return branchOf(rowCount + heights.length - 1);
}

/** All branches from left to right, a merge between what it joins. */
export function branchesOf(branch: Branch): Branch[] {
  const [left, right] = branch.parts;
  return left && right ? [...branchesOf(left), branch, ...branchesOf(right)] : [branch];
}

/**
 * One line that draws a branch and goes back to where it began, each way twice: no gap in it, so one trace draws it all.
 *
 * @param isDrawn - Whether a part is entered, rather than only hung on.
 */
export function tourOf(
  branch: Branch,
  isDrawn: (part: Branch) => boolean,
): (readonly [x: number, y: number])[] {
  const top = [branch.x, branch.height] as const;
  return [
    top,
    ...branch.parts.flatMap((part) => [
      [part.x, branch.height] as const,
      ...(isDrawn(part) ? tourOf(part, isDrawn) : [[part.x, part.height] as const]),
      [part.x, branch.height] as const,
    ]),
    top,
  ];
}

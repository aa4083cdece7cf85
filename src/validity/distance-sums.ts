import type { LabelBlocks } from "./label-blocks.js";

/**
 * For each labelling and cluster, the sum of every row's distances to the cluster's rows, rows in block order.
 *
 * Each pair's distance is taken once and serves both rows and all labelings: O(nRows² · nColumns / 2), memory
 * O(nRows · clusters).
 */
export function sumAllDistances(blocks: LabelBlocks): readonly (readonly Float64Array[])[] {
  const { labels, rowCount, sizes, starts } = blocks;
  const sums = sizes.map((clusters) => clusters.map(() => new Float64Array(rowCount)));
  const fromBlock = new Float64Array(rowCount);
  const addDistances = distanceAdder(blocks, fromBlock);
  for (let block = 0; block + 1 < starts.length; block++) {
    fromBlock.fill(0);
    for (let row = starts[block]!; row < starts[block + 1]!; row++)
      for (let other = block; other + 1 < starts.length; other++) {
        const total = addDistances(row, Math.max(row + 1, starts[other]!), starts[other + 1]!);
        for (let which = 0; which < sums.length; which++)
          sums[which]![labels[which]![other]!]![row]! += total;
      }
    for (const [which, clusters] of sums.entries())
      addFrom(clusters[labels[which]![block]!]!, fromBlock, starts[block]!);
  }
  return sums;
}

/** The same sums for one row, one array of clusters per labelling. */
export function distanceSumsOf(blocks: LabelBlocks): (row: number) => readonly Float64Array[] {
  const { labels, rowCount, sizes, starts } = blocks;
  const addDistances = distanceAdder(blocks, new Float64Array(rowCount));
  return (row) => {
    const sums = sizes.map((clusters) => new Float64Array(clusters.length));
    for (let other = 0; other + 1 < starts.length; other++) {
      const total = addDistances(row, starts[other]!, starts[other + 1]!);
      for (let which = 0; which < sums.length; which++) sums[which]![labels[which]![other]!]! += total;
    }
    return sums;
  };
}

/**
 * Sums the distances from one row to a range of rows, and adds each to that row's place in `perRow`. Four rows at a
 * time: their sums do not wait for each other, which halves the time.
 */
function distanceAdder(
  { columnCount, values }: LabelBlocks,
  perRow: Float64Array,
): (row: number, begin: number, end: number) => number {
  return (row, begin, end) => {
    const own = row * columnCount;
    let total = 0;
    let other = begin;
    for (; other + 3 < end; other += 4) {
      const at0 = other * columnCount;
      const at1 = at0 + columnCount;
      const at2 = at1 + columnCount;
      const at3 = at2 + columnCount;
      let squared0 = 0;
      let squared1 = 0;
      let squared2 = 0;
      let squared3 = 0;
      for (let j = 0; j < columnCount; j++) {
        const value = values[own + j]!;
        const difference0 = value - values[at0 + j]!;
        const difference1 = value - values[at1 + j]!;
        const difference2 = value - values[at2 + j]!;
        const difference3 = value - values[at3 + j]!;
        squared0 += difference0 * difference0;
        squared1 += difference1 * difference1;
        squared2 += difference2 * difference2;
        squared3 += difference3 * difference3;
      }
      const distance0 = Math.sqrt(squared0);
      const distance1 = Math.sqrt(squared1);
      const distance2 = Math.sqrt(squared2);
      const distance3 = Math.sqrt(squared3);
      perRow[other]! += distance0;
      perRow[other + 1]! += distance1;
      perRow[other + 2]! += distance2;
      perRow[other + 3]! += distance3;
      total += distance0 + distance1 + (distance2 + distance3);
    }
    for (; other < end; other++) {
      let squared = 0;
      for (let j = 0; j < columnCount; j++)
        squared += (values[own + j]! - values[other * columnCount + j]!) ** 2;
      perRow[other]! += Math.sqrt(squared);
      total += Math.sqrt(squared);
    }
    return total;
  };
}

function addFrom(target: Float64Array, values: Float64Array, begin: number): void {
  for (let at = begin; at < target.length; at++) target[at]! += values[at]!;
}

import { restoreOrder } from "../cluster/canonical-order.js";
import { sortCanonically } from "../cluster/canonical-table.js";
import { checkDistinctCount } from "../cluster/check-cluster-options.js";
import { type MixedTable, rowsOfTable, toMixedTable } from "../cluster/mixed-table.js";
import { numberClusters } from "../cluster/number-clusters.js";
import { fillDistances } from "../cluster/row-distance.js";
import { checkCount, checkNumber } from "../core/check.js";
import { clusterMeans, clusterMedoids } from "./cluster-prototypes.js";
import type { ClusterTree, TreeCut } from "./cluster-tree.js";
import { rootOf } from "./merge-order.js";
import { nearestPrototypes } from "./nearest-prototype.js";

export type { TreeCut } from "./cluster-tree.js";

/** Where to cut: into so many clusters, or at a height. */
export type CutOptions = { readonly clusterCount: number } | { readonly height: number };

/**
 * The clusters of a tree, cut into a number of them or at a height (merges up to that height are made).
 *
 * A tree has no rule for new rows: `assignRows` takes the nearest mean (ward) or the nearest of the clusters' most
 * central rows, and `notes` say for how many of the fitted rows that gives their own cluster. Time
 * O(nRows · nColumns) for ward, else O(Σ size² · nColumns).
 *
 * @throws InputError if clusterCount is no whole number from 1 to the number of different rows, or height is negative.
 * @example
 * cutTree(fitHierarchical(matrixOf({ x: [0, 1, 5] }), { linkage: "ward" }), { clusterCount: 2 }).sizes // => [2, 1]
 */
export function cutTree(tree: ClusterTree, options: CutOptions): TreeCut {
  const clusterCount = countClusters(tree, options);
  const { order } = sortCanonically(tree.table);
  const rows = rowsOfTable(tree.table, order);
  const merged = mergedLabels(tree, tree.rowCount - clusterCount);
  const numbered = numberClusters(
    Int32Array.from(order, (row) => merged[row]!),
    clusterCount,
  );
  const { labels, sizes } = numbered;
  const prototypes =
    tree.linkage === "ward"
      ? toMixedTable(clusterMeans(rows.numbers, labels, clusterCount))
      : rowsOfTable(rows, clusterMedoids(rows, labels, { clusterCount, measure: tree.measure }));
  const step = tree.rowCount - clusterCount;
  const heights = [step === 0 ? 0 : tree.heights[step - 1]!, tree.heights[step] ?? Infinity] as const;
  return {
    method: "hierarchical",
    linkage: tree.linkage,
    measure: tree.measure,
    clusterCount,
    labels: restoreOrder(labels, order),
    sizes,
    heights,
    prototypes,
    ...judge(rows, labels, { tree, prototypes, heights }),
    converged: true,
    starts: 1,
    hitRate: 1,
  };
}

function countClusters(tree: ClusterTree, options: CutOptions): number {
  if ("height" in options) {
    checkNumber("cutTree", "height", options.height, 0);
    return tree.rowCount - tree.heights.filter((height) => height <= options.height).length;
  }
  const { clusterCount } = options;
  checkCount("cutTree", "clusterCount", clusterCount, 1, tree.rowCount, "the row count");
  checkDistinctCount("cutTree", clusterCount, tree.distinctRowCount);
  return clusterCount;
}

/** A number for every row after so many merges, 0…clusterCount − 1 by first row. */
function mergedLabels({ first, second, rowCount }: ClusterTree, merges: number): Int32Array {
  const parent = Int32Array.from({ length: rowCount + merges }, (_, cluster) => cluster);
  for (let step = 0; step < merges; step++) {
    parent[first[step]!] = rowCount + step;
    parent[second[step]!] = rowCount + step;
  }
  const numberOf = new Map<number, number>();
  return Int32Array.from({ length: rowCount }, (_, row) => {
    const root = rootOf(parent, row);
    if (!numberOf.has(root)) numberOf.set(root, numberOf.size);
    return numberOf.get(root)!;
  });
}

/** What the cut costs, and what a reader should know of it. */
function judge(
  rows: MixedTable,
  labels: Int32Array,
  cut: Pick<TreeCut, "prototypes" | "heights"> & { readonly tree: ClusterTree },
): Pick<TreeCut, "objective" | "notes"> {
  const { prototypes, heights } = cut;
  const { measure, linkage } = cut.tree;
  const isWard = linkage === "ward";
  let objective = 0;
  const nearest = nearestPrototypes(rows.rowCount, prototypes.rowCount, (target, row) => {
    fillDistances(target, measure, { table: rows, from: prototypes, row });
    for (let i = 0; i < labels.length; i++)
      if (labels[i] === row) objective += isWard ? target[i]! ** 2 : target[i]!;
  });
  const same = nearest.labels.reduce((sum, label, i) => sum + Number(label === labels[i]), 0);
  const notes = [
    `New rows go to the nearest ${isWard ? "mean" : "central row"}, which gives back the cluster of ${same} of ${rows.rowCount} rows.`,
  ];
  if (heights[0] === heights[1])
    notes.push(`The next merge is as high as the last one made (${heights[0]}): the cut is one of several.`);
  return { objective, notes };
}

import { sortCanonically } from "../cluster/canonical-table.js";
import { checkTable, checkTableWithGaps } from "../cluster/check-table.js";
import type { ClusterOptions } from "../cluster/cluster-fit.js";
import { type MixedTable, toMixedTable } from "../cluster/mixed-table.js";
import { openTeller, type ProgressTeller } from "../cluster/progress-teller.js";
import { type DistanceName, fitMeasure, type Measure } from "../cluster/row-distance.js";
import { checkChoice } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import type { ClusterTree, Linkage } from "./cluster-tree.js";
import { type FoundMerges, type OrderedMerges, orderMerges } from "./merge-order.js";
import { mergePairs } from "./merge-pairs.js";
import { mergeSingle } from "./merge-single.js";
import { mergeWard } from "./merge-ward.js";

export type { ClusterTree, Linkage } from "./cluster-tree.js";

export interface HierarchicalOptions extends Pick<ClusterOptions, "onProgress"> {
  readonly linkage: Linkage;
  /** euclidean for numbers alone, gower where there are words, if not given; ward takes euclidean only. */
  readonly distance?: DistanceName;
}

/** Most rows per linkage: average and complete keep all pairs (400 MB), the others would take minutes beyond. */
export const mostTreeRows: Readonly<Record<Linkage, number>> = {
  ward: 50_000,
  average: 10_000,
  complete: 10_000,
  single: 20_000,
};

/**
 * Joins the two closest clusters again and again, from single rows to one cluster (agglomerative hierarchy). Pick it
 * where the groups within groups matter, or to see from a drawing how many groups there may be; `cutTree` makes
 * clusters of it. It has no chance in it, no seed, and no way back from an early merge.
 *
 * Ward makes compact clusters as k-means does; complete and average keep rows within a distance of each other;
 * single makes long chains, which is seldom wanted of customers. Independent of row order: rows are taken in an order
 * of their content, which also decides between merges of equal height. Time O(nRows² · nColumns); memory O(nRows) for
 * ward and single, 4 · nRows² bytes for average and complete.
 *
 * @param table - Shape (nRows, nColumns): a matrix, or a mixed table for gower. Scale columns first unless the distance
 * is gower. For gower numbers may be NaN and words missing: two rows are compared over the columns in which both have a
 * value, which must be at least one.
 * @throws InputError if a value is not finite or (but for gower) missing, two rows have no column in common in which
 * both have a value, there are more rows than the linkage takes (ward 50,000, single
 * 20,000, average and complete 10,000), or the distance does not fit the linkage or the table.
 * @see Murtagh (1983), doi:10.1093/comjnl/26.4.354. Heights equal SciPy's in test/reference/hierarchical.json.
 * @example
 * fitHierarchical(matrixOf({ x: [0, 1, 5] }), { linkage: "single" }).heights // => Float64Array [1, 4]
 */
export function fitHierarchical(table: Matrix | MixedTable, options: HierarchicalOptions): ClusterTree {
  const given = toMixedTable(table);
  const measure = checkHierarchical(given, options);
  const rows = sortCanonically(given);
  const progress = openTeller(given.rowCount - 1, options.onProgress);
  const found = findMerges(rows.table, measure, { ...options, progress });
  const merges = nameRows(orderMerges(found, given.rowCount), rows.order);
  return {
    linkage: options.linkage,
    measure,
    rowCount: given.rowCount,
    // With missing values different rows can lie at distance 0 too, and no cut parts those.
    distinctRowCount: given.rowCount - merges.heights.filter((height) => height === 0).length,
    ...merges,
    leaves: leavesOf(merges, given.rowCount),
    table: given,
  };
}

function checkHierarchical(table: MixedTable, options: HierarchicalOptions): Measure {
  const { linkage } = options;
  checkChoice("fitHierarchical", "linkage", linkage, ["ward", "average", "complete", "single"]);
  if (table.rowCount === 0)
    throw new InputError("fitHierarchical: matrix must have at least one row, got none");
  if (table.rowCount > mostTreeRows[linkage])
    throw new InputError(
      `fitHierarchical: matrix must have at most ${mostTreeRows[linkage]} rows for ${linkage} linkage, got ${table.rowCount}. Did you mean fitKMeans, which takes millions?`,
    );
  const hasWords = table.categories.length > 0;
  const distance = options.distance ?? (hasWords ? "gower" : "euclidean");
  checkChoice("fitHierarchical", "distance", distance, ["euclidean", "manhattan", "gower"]);
  if ((hasWords && distance !== "gower") || (linkage === "ward" && distance !== "euclidean"))
    throw new InputError(
      `fitHierarchical: distance must be euclidean for ward and gower for a table with words, got ${JSON.stringify(distance)} for ${linkage}`,
    );
  if (distance === "gower") checkTableWithGaps("fitHierarchical", table);
  else checkTable("fitHierarchical", table);
  return fitMeasure(distance, table);
}

function findMerges(
  table: MixedTable,
  measure: Measure,
  { linkage, progress }: { readonly linkage: Linkage; readonly progress: ProgressTeller },
): FoundMerges {
  if (linkage === "ward") return mergeWard(table, progress);
  if (linkage === "single") return mergeSingle(table, measure, progress);
  return mergePairs(table, measure, { linkage, progress });
}

/** The merges of ordered rows, with the rows' own numbers. */
function nameRows(merges: OrderedMerges, order: Uint32Array): OrderedMerges {
  const nameOf = (cluster: number) => order[cluster] ?? cluster;
  return {
    ...merges,
    first: merges.first.map((a, step) => Math.min(nameOf(a), nameOf(merges.second[step]!))),
    second: merges.second.map((b, step) => Math.max(nameOf(b), nameOf(merges.first[step]!))),
  };
}

/** Rows from left to right: the tree's leaves, the first of each pair on the left. */
function leavesOf({ first, second }: OrderedMerges, rowCount: number): Int32Array {
  const leaves = new Int32Array(rowCount);
  const open = [rowCount + first.length - 1];
  for (let place = 0; place < rowCount; ) {
    const cluster = open.pop()!;
    if (cluster < rowCount) leaves[place++] = cluster;
    else open.push(second[cluster - rowCount]!, first[cluster - rowCount]!);
  }
  return leaves;
}

import { countDistinctRows } from "../cluster/canonical-order.js";
import type { Matrix } from "../core/matrix.js";
import { openRouteSolver } from "../kmeans/fit-route.js";
import type { Centres } from "./resample-centres.js";

/** Finds the centres of the best of all starts; fewer than asked for where too few rows differ. */
export type SearchCentres = (rows: Matrix, clusterCount: number) => Centres;

/** A search in one memory, for resamples of a matrix with so many rows and columns. */
export function openCentreSearch(
  { rowCount: rowCapacity, columnCount, columns }: Matrix,
  options: { readonly clusterCapacity: number; readonly starts: number; readonly seed: number },
): SearchCentres {
  const { clusterCapacity, starts, seed } = options;
  const solver = openRouteSolver({ rowCapacity, columnCount, clusterCapacity });
  const search = { route: "plain", free: columns.map(() => false), starts, seed } as const;
  return ({ values, rowCount }, clusterCount) => {
    const distinct = countDistinctRows(values, rowCount, { stride: columnCount, limit: clusterCount });
    const { centres } = solver.fit(values, { ...search, rowCount, clusterCount: distinct });
    return Array.from({ length: distinct }, (_, cluster) => [
      ...centres.subarray(cluster * columnCount, (cluster + 1) * columnCount),
    ]);
  };
}

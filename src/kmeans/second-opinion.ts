import { createRequire } from "node:module";
import { orderBySize } from "../cluster/order-clusters.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { fitKMeans, type KMeansFit } from "./kmeans.js";

/** What ml-kmeans makes of the same starting centres. */
export interface SecondOpinion {
  /** Whether every row lies in the same cluster. */
  readonly agrees: boolean;
  /** Rows with another label. */
  readonly disagreements: number;
  /** Shape (nRows,), clusters numbered by size as in the fit. */
  readonly labels: Int32Array;
  /** Of ml-kmeans. */
  readonly iterations: number;
}

const require = createRequire(import.meta.url);

/**
 * Runs ml-kmeans, a library that shares no code with ours, and our own Lloyd from the centres where the fit's best
 * start began, both down to their fixed point.
 *
 * It keeps its means in floating point, ours are rounded to the lattice, so in principle a row within a millionth of a
 * border may differ; ties, empty clusters and starts that were stopped early may too.
 * Time O(iterations · nRows · clusterCount · nColumns), about 50 times that of `fitKMeans`; memory one array per row.
 *
 * @param matrix - The matrix that was fitted.
 * @param fit - From `fitKMeans`, without weights, of which ml-kmeans knows nothing.
 * @throws InputError if the fit has weights.
 * @see https://github.com/mljs/kmeans
 */
export function crossCheckKMeans(matrix: Matrix, fit: KMeansFit): SecondOpinion {
  if (fit.weights !== undefined || fit.columnWeights !== undefined)
    throw new InputError("crossCheckKMeans: fit must be without weights, got one with weights");
  // Loaded when asked for: it takes longer to load than everything else that a notebook imports.
  const { kmeans } = require("ml-kmeans") as typeof import("ml-kmeans");
  const { columnCount } = matrix;
  const rows = Array.from({ length: matrix.rowCount }, (_, i) => [
    ...matrix.values.subarray(i * columnCount, (i + 1) * columnCount),
  ]);
  const result = kmeans(rows, fit.clusterCount, {
    initialization: fit.initialCentres.map((centre) => [...centre]),
    tolerance: 0,
    maxIterations: 10_000,
  });
  const sizes = new Array<number>(fit.clusterCount).fill(0);
  for (const cluster of result.clusters) sizes[cluster]!++;
  const order = orderBySize(sizes, result.centroids);
  const numberOf = order.map((_, cluster) => order.indexOf(cluster));
  const labels = Int32Array.from(result.clusters, (cluster) => numberOf[cluster]!);
  const { clusterCount, initialCentres } = fit;
  const ours = fitKMeans(matrix, { clusterCount, initialCentres, seed: 0 }).labels;
  const disagreements = labels.reduce((sum, label, i) => sum + Number(label !== ours[i]), 0);
  return { agrees: disagreements === 0, disagreements, labels, iterations: result.iterations };
}

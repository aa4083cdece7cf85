import type { Matrix } from "../core/matrix.js";
import { checkDistinctRows, checkKMeansOptions } from "./check-kmeans.js";
import { fitConstrainedKMeans, isConstrained } from "./constrained-kmeans.js";
import { closeCrew, loadRows, openCrew } from "./crew.js";
import { finishFit, requestStarts } from "./finish-fit.js";
import { defaultStarts, type KMeansFit, type KMeansOptions } from "./kmeans-fit.js";
import { searchStarts } from "./search-starts.js";
import { unweighFit, weighColumns, weighPoints } from "./weigh-columns.js";
import { weighRows } from "./weigh-rows.js";

export type { KMeansFit, KMeansOptions } from "./kmeans-fit.js";

/**
 * Groups rows around centres so that the sum of squared distances is as small as the starts can find (k-means).
 *
 * Lloyd's algorithm to the exact fixed point, for the five best starts followed by single moves that lower the cost
 * (Hartigan and Wong) until there are none, on a lattice of integers: every distance and sum is exact, so the
 * result is the same bit for bit for any row order, thread count and machine. Ties go to the lowest cluster number;
 * an empty cluster takes the row farthest from its centre. Bounds spare most distances without changing any result.
 * Time at worst O(starts · iterations · nRows · clusterCount · nColumns); memory 4 bytes per value and 8 per row and
 * thread.
 *
 * With `sizeLimits` or `groups`, each iteration finds the assignment with the lowest cost among all that keep the limits
 * (a flow of least cost, exact); where groups are large for the limits, one close to it. Equal rows that a limit parts
 * take the lower numbers in the order given. One thread; up to 20,000,000 values; beyond 20,000 rows the starts are
 * compared on 10,000 of them. 100,000 × 8 in 10 clusters take some seconds.
 *
 * @param matrix - Shape (nRows, nColumns), from `applyRecipe` (exact as it is) or `matrixOf` (rounded to a step of
 * about a 2^24th of the range, which `notes` then says; coarser beyond 32 columns). Scale columns first. No missing values.
 * @returns The best start's solution.
 * @throws InputError if a value is not finite, or clusterCount exceeds the number of different rows, or
 * initialCentres have another shape, or an option is not a whole number in its range, or sizeLimits cannot be kept.
 * @throws MachineError if a worker thread dies.
 * @see Lloyd (1982), doi:10.1109/TIT.1982.1056489; Arthur & Vassilvitskii (2007) for the starts; Hartigan & Wong
 * (1979), doi:10.2307/2346830 for the moves; Bradley, Bennett & Demiriz (2000), MSR-TR-2000-65, for
 * limits. Checked against scikit-learn in test/reference/kmeans.json, k-means-constrained and OR-Tools in
 * test/reference/constrained-kmeans.json and against ml-kmeans by `crossCheckKMeans`.
 * @example
 * fitKMeans(matrixOf({ x: [0, 1, 10, 11, 12] }), { clusterCount: 2, seed: 1 }).sizes // => [3, 2]
 * @example
 * fitKMeans(matrixOf({ x: [0, 1, 2, 9] }), { clusterCount: 2, seed: 1, sizeLimits: [2, 2] }).centres // => [[0.5], [5.5]]
 */
export function fitKMeans(matrix: Matrix, options: KMeansOptions): KMeansFit {
  checkKMeansOptions(matrix, options);
  const { columnWeights, initialCentres } = options;
  if (columnWeights === undefined) return fitRows(matrix, options);
  const weighed = {
    ...options,
    ...(initialCentres && { initialCentres: weighPoints(initialCentres, columnWeights) }),
  };
  return unweighFit(fitRows(weighColumns(matrix, columnWeights), weighed), columnWeights);
}

function fitRows(matrix: Matrix, options: KMeansOptions): KMeansFit {
  if (isConstrained(options)) return fitConstrainedKMeans(matrix, options);
  const { clusterCount, initialCentres, caseWeights } = options;
  const starts = options.starts ?? (initialCentres === undefined ? defaultStarts : 1);
  const weights = caseWeights && weighRows(caseWeights);
  // Plain Lloyd draws nothing, so its rows may lie in any order.
  const plain = initialCentres !== undefined && starts === 1;
  const crew = openCrew(
    {
      rowCapacity: matrix.rowCount,
      columnCount: matrix.columnCount,
      clusterCapacity: clusterCount,
      startCapacity: starts,
      weighted: weights !== undefined,
    },
    { threads: options.threads, work: matrix.values.length * clusterCount * starts },
  );
  try {
    const loaded = loadRows(crew, matrix, {
      canonical: !plain,
      caller: "fitKMeans",
      weights: weights?.counts,
    });
    checkDistinctRows(crew, loaded, { caller: "fitKMeans", clusterCount });
    const results = searchStarts(crew, loaded, requestStarts({ ...options, starts }), options);
    return finishFit(crew, loaded, results, { ...options, refine: !plain, weights });
  } finally {
    closeCrew(crew);
  }
}

import { weighRows } from "../cluster/weigh-rows.js";
import type { Matrix } from "../core/matrix.js";
import { closeCrew, loadRows, openCrew } from "../lattice/crew.js";
import { checkDistinctRows, checkKMeansOptions } from "./check-kmeans.js";
import { fitConstrainedKMeans, isConstrained } from "./constrained-kmeans.js";
import { finishFit, requestStarts } from "./finish-fit.js";
import { defaultStarts, type KMeansFit, type KMeansOptions } from "./kmeans-fit.js";
import { searchStarts } from "./search-starts.js";
import { unweighFit, weighColumns, weighPoints } from "./weigh-columns.js";

export type { KMeansFit, KMeansOptions } from "./kmeans-fit.js";

/**
 * Groups rows around centres so that the sum of squared distances is as small as the starts can find (k-means).
 *
 * Lloyd's algorithm to the exact fixed point on a lattice of integers: every distance and sum is exact, so the result
 * is the same bit for bit for any row order, thread count and machine. Ties go to the lowest cluster number; an empty
 * cluster takes the row farthest from its centre. Starts are greedy k-means++; of 32,768 rows and more they first run on
 * a sample by a hash of the rows' content. The best are taken further by single moves (Hartigan and Wong), and where
 * fewer than a fifth of the starts come near the best, by swaps of centres. With 1,000 starts that is as low as the
 * best of 1,000 starts of scikit-learn and of R on the data sets of test/reference/kmeans-starts.json.
 *
 * Cost: an iteration looks at the share of rows whose bound no longer proves their label (all at first, some 2 to 30 %
 * later) and costs O(share · nRows · clusterCount · nColumns) plus a scan of 4 bytes a row. Seeding costs the same
 * whatever nRows. Memory: 6 bytes per value (columns rounded up to a multiple of 4, for 2 of them of 8), 4 per row for
 * case weights, 8 per row and thread for labels and bounds (nothing for threads that share the rows of one start), and
 * the matrix given.
 *
 * Weights: a row of case weight 2 pulls as two rows would, bit for bit from the same `initialCentres`. `sizes` count
 * rows whatever they weigh. Column weights multiply squared differences; `assignRows` keeps to those of the fit.
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
 * initialCentres have another shape, or an option is not a whole number in its range, or weights are negative, not
 * finite, all 0 or not one per row (column), or sizeLimits cannot be kept or come with case weights.
 * @throws MachineError if a worker thread dies.
 * @see Lloyd (1982), doi:10.1109/TIT.1982.1056489; Arthur & Vassilvitskii (2007) for the starts; Hartigan & Wong
 * (1979), doi:10.2307/2346830 for the moves; Fränti (2018), doi:10.1186/s40537-018-0122-y for the swaps; Bradley,
 * Bennett & Demiriz (2000), MSR-TR-2000-65, for limits. Checked in test/reference against scikit-learn and R
 * (kmeans.json, kmeans-starts.json, kmeans-starts-r.json) and against k-means-constrained and OR-Tools
 * (constrained-kmeans.json), and against ml-kmeans by `crossCheckKMeans`.
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

import { restoreOrder } from "../cluster/canonical-order.js";
import { type CanonicalTable, firstOfEqualRows, sortCanonically } from "../cluster/canonical-table.js";
import { checkClusterOptions, checkDistinctCount } from "../cluster/check-cluster-options.js";
import { checkTable, checkTableWithGaps } from "../cluster/check-table.js";
import { describeHits } from "../cluster/cluster-fit.js";
import { type MixedTable, rowsOfTable, toMixedTable } from "../cluster/mixed-table.js";
import { settleNumbers } from "../cluster/number-clusters.js";
import { openTeller } from "../cluster/progress-teller.js";
import { fillDistances, fitMeasure, type Measure } from "../cluster/row-distance.js";
import { checkChoice, checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import { type KMedoidsFit, type KMedoidsOptions, mostRowsAtOnce } from "./kmedoids-fit.js";
import { nearestPrototypes } from "./nearest-prototype.js";
import { type MedoidStart, searchAllRows, searchSamples } from "./search-medoids.js";

export type { KMedoidsFit, KMedoidsOptions } from "./kmedoids-fit.js";

/**
 * Groups rows around typical rows of their own, so that the sum of distances is as small as the starts can find
 * (k-medoids, FasterPAM). Pick it where a segment shall be shown by a real customer, where outliers must not pull a
 * centre, or where columns of words stand beside numbers or values are missing (Gower's distance).
 *
 * Up to 5,000 rows every start ends where no swap of a medoid for another row lowers the sum; above that each start
 * does so on a sample of rows and is judged on all of them (CLARA), and the best go on from there on 5,000 rows, which
 * `notes` say. Independent of row order. Time
 * O(starts · rounds · nRows²), memory 8 · nRows² bytes, at most 200 MB; above 5,000 rows by the sample's size.
 *
 * @param table - Shape (nRows, nColumns): a matrix, or a mixed table for gower. Scale columns first unless the distance
 * is gower. For gower numbers may be NaN and words missing: two rows are compared over the columns in which both have a
 * value, which must be at least one.
 * @returns The best start's solution.
 * @throws InputError if a value is not finite or (but for gower) missing, two rows have no column in common in which
 * both have a value, clusterCount exceeds the number of different rows, the table has words and the distance is not
 * gower, or an option is out of its range.
 * @see Schubert & Rousseeuw (2021), doi:10.1016/j.is.2021.101804; Kaufman & Rousseeuw (1990) for CLARA; Gower (1971),
 * doi:10.2307/2528823. Checked against R cluster and the kmedoids package in test/reference/kmedoids.json.
 * @example
 * fitKMedoids(matrixOf({ x: [0, 1, 2, 10, 11, 99] }), { clusterCount: 2, seed: 1 }).medoids // => [2, 5]
 */
export function fitKMedoids(table: Matrix | MixedTable, options: KMedoidsOptions): KMedoidsFit {
  const given = toMixedTable(table);
  const measure = checkKMedoids(given, options);
  const rows = sortCanonically(given);
  const { clusterCount } = options;
  checkDistinctCount("fitKMedoids", clusterCount, rows.distinctRowCount);
  const isSampled = given.rowCount > mostRowsAtOnce;
  // One medoid for all rows can be found without chance.
  const starts = clusterCount === 1 && !isSampled ? 1 : (options.starts ?? 20);
  const search = {
    clusterCount,
    measure,
    starts,
    maxIterations: options.maxIterations ?? 100,
    sampleSize: Math.max(options.sampleSize ?? 2000, Math.min(2 * clusterCount, mostRowsAtOnce)),
    random: createRandom(options.seed),
    progress: openTeller(starts, options.onProgress),
  };
  const found = isSampled ? searchSamples(rows, search) : searchAllRows(rows, search);
  return finishMedoids(rows, found, {
    measure,
    notes: isSampled
      ? [
          `Medoids were looked for in ${search.starts} samples of ${search.sampleSize} of ${given.rowCount} rows, from the best on in one of ${mostRowsAtOnce}; the objective is over all rows.`,
        ]
      : [],
  });
}

function checkKMedoids(table: MixedTable, options: KMedoidsOptions): Measure {
  checkClusterOptions("fitKMedoids", table.rowCount, options);
  const distance = options.distance ?? (table.categories.length > 0 ? "gower" : "euclidean");
  checkChoice("fitKMedoids", "distance", distance, ["euclidean", "manhattan", "gower"]);
  if (distance !== "gower" && table.categories.length > 0)
    throw new InputError(
      `fitKMedoids: distance must be gower for a table with words, got ${JSON.stringify(distance)}`,
    );
  if (options.sampleSize !== undefined)
    checkCount("fitKMedoids", "sampleSize", options.sampleSize, options.clusterCount, mostRowsAtOnce);
  if (distance === "gower") checkTableWithGaps("fitKMedoids", table);
  else checkTable("fitKMedoids", table);
  return fitMeasure(distance, table);
}

function finishMedoids(
  rows: CanonicalTable,
  found: readonly MedoidStart[],
  { measure, notes }: { readonly measure: Measure; readonly notes: readonly string[] },
): KMedoidsFit {
  let best = found[0]!;
  for (const start of found) if (start.loss < best.loss) best = start;
  const { table, order } = rows;
  const medoids = [...best.medoids].map((row) => firstOfEqualRows(table, row));
  const clusterCount = medoids.length;
  const assign = (places: readonly number[]) =>
    nearestPrototypes(table.rowCount, clusterCount, (target, place) =>
      fillDistances(target, measure, { table, from: table, row: medoids[places[place]!]! }),
    );
  const settled = settleNumbers(clusterCount, (places) => assign(places).labels);
  const inOrder = settled.order.map((cluster) => medoids[cluster]!);
  const hits = found.filter(({ loss }) => loss <= best.loss * 1.001).length;
  return {
    method: "k-medoids",
    clusterCount,
    labels: restoreOrder(settled.labels, order),
    sizes: settled.sizes,
    objective: assign(settled.order).distances.reduce((sum, distance) => sum + distance, 0),
    converged: best.converged,
    starts: found.length,
    hitRate: hits / found.length,
    medoids: inOrder.map((row) => order[row]!),
    prototypes: rowsOfTable(table, inOrder),
    measure,
    notes: [
      ...notes,
      ...(best.converged ? [] : ["The best start was stopped while swaps still lowered the objective."]),
      ...(settled.sizes.at(-1) === 0
        ? ["A medoid has no row: over the columns that they share, its rows equal another medoid as well."]
        : []),
      ...describeHits(hits, found.length),
    ],
  };
}

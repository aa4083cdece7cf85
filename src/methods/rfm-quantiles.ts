import { checkDistinctCount } from "../cluster/check-cluster-options.js";
import { checkMagnitude } from "../cluster/check-table.js";
import type { ClusterFit, ClusterOptions } from "../cluster/cluster-fit.js";
import { checkChoice, checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { columnOf, type Matrix } from "../core/matrix.js";
import { cutsBelow, quantileCuts } from "../features/quantile-scores.js";

export interface RfmQuantilesOptions extends Pick<ClusterOptions, "clusterCount"> {
  /** Scores per column, 2 to 100; 5 if not given. */
  readonly bins?: number;
  /** Columns where a low value is the good one; `recency_days`, where there is such a column, if not given. */
  readonly lowIsGood?: readonly string[];
}

/** How one column is scored. */
export interface QuantileScore {
  readonly column: string;
  /** Upper ends of all scores but the highest, ascending, in the column's unit. */
  readonly cuts: readonly number[];
  /** Whether the lowest value has the best score. */
  readonly lowIsGood: boolean;
}

/** Groups of customers by their total score. Clusters are numbered by size; `tiers` says which is the best. */
export interface RfmQuantilesFit extends ClusterFit {
  readonly method: "rfm-quantiles";
  readonly bins: number;
  readonly scores: readonly QuantileScore[];
  /** Highest total score of each tier but the best, ascending. Equal neighbours mean that a tier holds nobody. */
  readonly totalCuts: readonly number[];
  /** Cluster number of each tier, the worst tier first. */
  readonly tiers: readonly number[];
  /** Sum of (share of rows − 1 / clusterCount)² over clusters: 0 where all are equally large. Not a distance. */
  readonly objective: number;
}

/**
 * Groups customers by quantiles of recency, frequency and money, as has been done by hand for decades (RFM). Pick it as
 * the yardstick: everybody understands it, and what a method finds beyond it is what the method is worth.
 *
 * Every column is scored by its own quantiles, 1 worst to `bins` best; the scores are added, and quantiles of the total
 * part the rows into tiers. Equal rows share a tier, and so do equal totals: tiers are as even as ties allow, and `notes`
 * say where one holds nobody. No distance, no chance, no seed. Any numeric columns can be taken, not only three.
 * Independent of row order and of any increasing transform of a column. Time O(nRows · log nRows · nColumns).
 *
 * @param matrix - Shape (nRows, nColumns), raw values. NaN only in columns where low is good, for those who never bought:
 * score 1.
 * @throws InputError if another value is missing or not finite, clusterCount exceeds the number of different rows, bins is
 * out of range, or lowIsGood names no column.
 * @see Hughes (1994), Strategic Database Marketing; Miglautsch (2000), doi:10.1057/palgrave.jdm.3240019 for adding scores.
 * Checked against pandas in test/reference/rfm-quantiles.json.
 * @example
 * fitRfmQuantiles(matrixOf({ spend: [5, 6, 7, 80, 90] }), { clusterCount: 2 }).sizes // => [3, 2]
 */
export function fitRfmQuantiles(matrix: Matrix, options: RfmQuantilesOptions): RfmQuantilesFit {
  const { clusterCount, bins = 5 } = options;
  const lowIsGood = options.lowIsGood ?? matrix.columns.filter((name) => name === "recency_days");
  check(matrix, { clusterCount, bins, lowIsGood });
  const scores = matrix.columns.map(
    (column, j): QuantileScore => ({
      column,
      cuts: quantileCuts(columnOf(matrix, j), bins),
      lowIsGood: lowIsGood.includes(column),
    }),
  );
  const totals = totalScores(matrix, scores, bins);
  const totalCuts = quantileCuts(totals, clusterCount);
  const tierOfRow = totals.map((total) => cutsBelow(totalCuts, total));
  const { tiers, sizes } = numberTiers(tierOfRow, clusterCount);
  return {
    method: "rfm-quantiles",
    clusterCount,
    labels: Int32Array.from(tierOfRow, (tier) => tiers[tier]!),
    sizes,
    bins,
    scores,
    totalCuts,
    tiers,
    objective: sizes.reduce((sum, size) => sum + (size / matrix.rowCount - 1 / clusterCount) ** 2, 0),
    converged: true,
    starts: 1,
    hitRate: 1,
    notes: describeTiers(sizes),
  };
}

/** Sum of the scores of each row: nColumns (worst) to nColumns · bins (best). */
export function totalScores(
  { rowCount, columnCount, values }: Matrix,
  scores: readonly QuantileScore[],
  bins: number,
): Int32Array {
  const totals = new Int32Array(rowCount);
  for (let i = 0; i < rowCount; i++)
    scores.forEach((score, j) => {
      const value = values[i * columnCount + j]!;
      const above = cutsBelow(score.cuts, value);
      if (Number.isNaN(value)) totals[i]! += 1;
      else totals[i]! += score.lowIsGood ? bins - above : 1 + above;
    });
  return totals;
}

function check(
  matrix: Matrix,
  {
    clusterCount,
    bins,
    lowIsGood,
  }: Required<Pick<RfmQuantilesOptions, "clusterCount" | "bins" | "lowIsGood">>,
): void {
  const caller = "fitRfmQuantiles";
  const { rowCount, columnCount, columns, values } = matrix;
  if (rowCount === 0) throw new InputError(`${caller}: matrix must have at least one row, got none`);
  checkCount(caller, "clusterCount", clusterCount, 1, rowCount, "the row count");
  checkCount(caller, "bins", bins, 2, 100);
  for (const name of lowIsGood) checkChoice(caller, "lowIsGood", name, columns);
  checkScorable(caller, matrix, lowIsGood);
  const different = new Set<string>();
  for (let i = 0; i < rowCount && different.size < clusterCount; i++)
    different.add(values.subarray(i * columnCount, (i + 1) * columnCount).join());
  checkDistinctCount(caller, clusterCount, different.size);
}

/** Throws unless every value is finite, or NaN in a column where low is good. */
export function checkScorable(caller: string, matrix: Matrix, lowIsGood: readonly string[]): void {
  const { columns, columnCount, values } = matrix;
  const known = values.map((value, at) =>
    Number.isNaN(value) && lowIsGood.includes(columns[at % columnCount]!) ? 0 : value,
  );
  checkMagnitude(caller, { ...matrix, values: known });
}

/** Cluster numbers by size; of equally large tiers the better one first. */
function numberTiers(
  tierOfRow: Int32Array,
  clusterCount: number,
): { tiers: readonly number[]; sizes: readonly number[] } {
  const rows = new Int32Array(clusterCount);
  for (const tier of tierOfRow) rows[tier]!++;
  const order = [...rows.keys()].sort((a, b) => rows[b]! - rows[a]! || b - a);
  return {
    tiers: [...rows.keys()].map((tier) => order.indexOf(tier)),
    sizes: order.map((tier) => rows[tier]!),
  };
}

function describeTiers(sizes: readonly number[]): string[] {
  const empty = sizes.filter((size) => size === 0).length;
  if (empty === 0) return [];
  return [
    `${empty} of ${sizes.length} tiers hold no row, because too many rows share a total score; take more bins or fewer clusters.`,
  ];
}

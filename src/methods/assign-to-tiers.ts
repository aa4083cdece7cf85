import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { cutsBelow } from "../features/quantile-scores.js";
import { checkScorable, type RfmQuantilesFit, totalScores } from "./rfm-quantiles.js";

/** Where total scores put rows, one value per row in each array. */
export interface TierAssignment {
  /** Cluster number of the row's tier. */
  readonly labels: Int32Array;
  /** Cluster number of the other tier that is fewest points away, ties to the lowest; −1 where there is only one. */
  readonly runnersUp: Int32Array;
  /** 1 − 1 / points to that tier: 0 where one point decides, towards 1 deep inside; 1 where there is no other tier. */
  readonly margins: Float64Array;
  /** Sum of the scores. */
  readonly totals: Int32Array;
}

/** The tier of every row by the fit's own cuts. O(nRows · (nColumns · bins + clusterCount)). */
export function assignToTiers(matrix: Matrix, fit: RfmQuantilesFit): TierAssignment {
  checkColumns(matrix, fit);
  const totals = totalScores(matrix, fit.scores, fit.bins);
  const labels = new Int32Array(matrix.rowCount);
  const runnersUp = new Int32Array(matrix.rowCount);
  const margins = new Float64Array(matrix.rowCount);
  const ranges = rangesOf(fit);
  totals.forEach((total, i) => {
    labels[i] = fit.tiers[cutsBelow(fit.totalCuts, total)]!;
    let least = Infinity;
    let runnerUp = -1;
    for (const [cluster, [low, high]] of ranges.entries()) {
      const points = Math.max(low - total, total - high);
      if (cluster === labels[i] || low > high || points >= least) continue;
      least = points;
      runnerUp = cluster;
    }
    runnersUp[i] = runnerUp;
    margins[i] = 1 - 1 / least;
  });
  return { labels, runnersUp, margins, totals };
}

/** Lowest and highest total of each cluster, in whole points; low above high for a tier that can hold nobody. */
function rangesOf({ totalCuts, tiers, scores, bins }: RfmQuantilesFit): [low: number, high: number][] {
  const ranges: [number, number][] = tiers.map(() => [0, 0]);
  tiers.forEach((cluster, tier) => {
    const low = tier === 0 ? scores.length : Math.floor(totalCuts[tier - 1]!) + 1;
    const high = tier === totalCuts.length ? scores.length * bins : Math.floor(totalCuts[tier]!);
    ranges[cluster] = [low, high];
  });
  return ranges;
}

function checkColumns(matrix: Matrix, { scores }: RfmQuantilesFit): void {
  const wanted = scores.map(({ column }) => column);
  if (wanted.length !== matrix.columnCount || wanted.some((name, j) => name !== matrix.columns[j]))
    throw new InputError(
      `assignRows: matrix must have the columns of the fit (${wanted.join(", ")}), got ${matrix.columns.join(", ")}`,
    );
  checkScorable(
    "assignRows",
    matrix,
    scores.filter(({ lowIsGood }) => lowIsGood).map(({ column }) => column),
  );
}

import { type Matrix, rowsOf } from "../core/matrix.js";
import { createRandom } from "../core/random.js";
import type { TaskJob } from "../core/shared-tasks.js";
import { drawResample, openNoise, type Resample, type ResamplingScheme } from "./draw-resample.js";
import { matchClusters } from "./match-clusters.js";
import { adjustedRandOfTable, bestJaccards, type OverlapTable, tableOverlaps } from "./overlap-table.js";
import { packedLength, packLabels } from "./pack-labels.js";
import { prepareAnew, type RawRows } from "./refit-recipe.js";
import { type Centres, nearestCentres } from "./resample-centres.js";
import { openCentreSearch } from "./search-centres.js";

/** A fitted matrix, rows in canonical order, and how it is to be drawn and fitted anew. */
export interface StabilityInput {
  readonly matrix: Matrix;
  readonly source: RawRows | undefined;
  /** Already in the matrix, but not in what a resample's own recipe prepares. */
  readonly columnWeights: readonly number[] | undefined;
  readonly labels: Int32Array;
  readonly clusterCount: number;
  readonly starts: number;
  readonly seed: number;
  readonly scheme: ResamplingScheme;
  readonly keepRepeats: boolean;
  readonly memberships: boolean;
}

/**
 * Numbers of one resample: an overlap per cluster, the adjusted Rand index, and where memberships are asked for, the cluster
 * in which each row lands, packed.
 */
export function resultLengthOf({ matrix, clusterCount, memberships }: StabilityInput): number {
  // One label more: a row whose new cluster is nobody's counterpart.
  return clusterCount + 1 + (memberships ? packedLength(matrix.rowCount, clusterCount + 1) : 0);
}

export const stabilityJob: TaskJob<StabilityInput> = { module: import.meta.url, open: openTask };

/** A task per resample. */
export function openTask(input: StabilityInput): (task: number, result: Float64Array) => void {
  const { clusterCount, labels, memberships } = input;
  const refit = openRefit(input);
  return (task, result) => {
    const { found, centres, compared } = refit(task);
    const nearest = nearestCentres(found, centres);
    const counts = { before: clusterCount, after: centres.length };
    const table = tableOverlaps(pickRows(labels, compared), pickRows(nearest, compared), counts);
    result.set(bestJaccards(table));
    result[clusterCount] = adjustedRandOfTable(table);
    if (!memberships) return;
    const landed = landIn(nearest, tableOverlaps(labels, nearest, counts));
    packLabels(landed, clusterCount + 1, result.subarray(clusterCount + 1));
  };
}

function pickRows(labels: Int32Array, rows: Int32Array): Int32Array {
  const picked = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = labels[rows[i]!]!;
  return picked;
}

/** The cluster each row lands in: the one whose counterpart its new cluster is, `clusterCount` for none. */
function landIn(nearest: Int32Array, table: OverlapTable): Int32Array {
  const { origins } = matchClusters(table);
  const nobody = table.sizesBefore.length;
  return nearest.map((cluster) => (origins[cluster]! < 0 ? nobody : origins[cluster]!));
}

interface Refitted {
  /** The rows as this resample's recipe prepares them. */
  readonly found: Matrix;
  readonly centres: Centres;
  readonly compared: Int32Array;
}

function openRefit(input: StabilityInput): (task: number) => Refitted {
  const { matrix, source, columnWeights, scheme, keepRepeats, clusterCount } = input;
  const { rowCount, columns } = matrix;
  const search = openCentreSearch(matrix, { ...input, clusterCapacity: clusterCount });
  const addNoise = scheme === "noise" ? openNoise(matrix) : undefined;
  return (task) => {
    const random = createRandom(input.seed).fork(task);
    const drawn = drawResample(scheme, { rowCount, random, keepRepeats });
    const found = source ? prepareAnew(source, { rows: drawn.rows, columns, columnWeights }) : matrix;
    const fitted = addNoise ? addNoise(notCompared(drawn, rowCount), random) : rowsOf(found, drawn.rows);
    return { found, centres: search(fitted, clusterCount), compared: drawn.compared };
  };
}

function notCompared({ compared }: Resample, rowCount: number): number[] {
  const kept = new Set(compared);
  return Array.from({ length: rowCount }, (_, row) => row).filter((row) => !kept.has(row));
}

import { type CanonicalTable, firstDistinctRows } from "../cluster/canonical-table.js";
import { rowsOfTable } from "../cluster/mixed-table.js";
import type { ProgressTeller } from "../cluster/progress-teller.js";
import { allDistances, fillDistances, type Measure } from "../cluster/row-distance.js";
import type { Random } from "../core/random.js";
import { sampleRows } from "../core/sample-rows.js";
import { mostRowsAtOnce } from "./kmedoids-fit.js";
import type { DistanceTable } from "./medoid-neighbours.js";
import { nearestPrototypes } from "./nearest-prototype.js";
import { seedMedoids } from "./seed-medoids.js";
import { swapMedoids } from "./swap-medoids.js";

export interface MedoidSearch {
  readonly clusterCount: number;
  readonly measure: Measure;
  readonly starts: number;
  readonly maxIterations: number;
  readonly sampleSize: number;
  readonly random: Random;
  readonly progress: ProgressTeller;
}

/** Where one start ended. */
export interface MedoidStart {
  /** Rows in canonical order, by number. */
  readonly medoids: Int32Array;
  /** Sum of distances over all rows. */
  readonly loss: number;
  readonly converged: boolean;
}

/** Starts from different rows, each over all distances. */
export function searchAllRows({ table }: CanonicalTable, search: MedoidSearch): MedoidStart[] {
  const rows = { rowCount: table.rowCount, distances: allDistances(table, search.measure) };
  return runStarts(search, (random) => searchOnce(rows, search, random));
}

/** One start per sample of the rows, each judged on all rows; the best are taken further on a larger sample. */
export function searchSamples(rows: CanonicalTable, search: MedoidSearch): MedoidStart[] {
  const starts = runStarts(search, (random) => {
    const sample = drawSample(rows, search, random);
    const { near, judge } = openSample(rows, search, sample);
    return judge(searchOnce(near, search, random));
  });
  return goOn(rows, search, starts);
}

/** How many of the best starts on samples are taken further. */
const mostTakenFurther = 5;

/** Swaps on from the best starts on as many rows as are taken at once, where the noise of a small sample is less. */
function goOn(rows: CanonicalTable, search: MedoidSearch, starts: readonly MedoidStart[]): MedoidStart[] {
  if (search.clusterCount === 1) return [...starts];
  const best = [...starts.keys()]
    .sort((a, b) => starts[a]!.loss - starts[b]!.loss)
    .slice(0, mostTakenFurther);
  const medoids = best.flatMap((start) => [...starts[start]!.medoids]);
  const drawn = sampleRows(
    rows.table.rowCount,
    mostRowsAtOnce - medoids.length,
    search.random.fork(starts.length).below(2 ** 32),
  );
  const sample = Int32Array.from(new Set([...drawn, ...medoids])).sort();
  const { near, judge } = openSample(rows, search, sample);
  const further = [...starts];
  for (const start of best) {
    const begin = starts[start]!.medoids.map((row) => sample.indexOf(row));
    const found = judge(swapMedoids(near, begin, { ...search, firstCandidate: 0 }));
    if (found.loss < starts[start]!.loss) further[start] = found;
  }
  return further;
}

/** All distances within a sample, and what a result on it costs over all rows. */
function openSample(
  rows: CanonicalTable,
  search: MedoidSearch,
  sample: Int32Array,
): { readonly near: DistanceTable; readonly judge: (found: MedoidStart) => MedoidStart } {
  const table = rowsOfTable(rows.table, sample);
  return {
    near: { rowCount: table.rowCount, distances: allDistances(table, search.measure) },
    judge(found) {
      const medoids = found.medoids.map((row) => sample[row]!);
      return { medoids, loss: lossOver(rows, medoids, search), converged: found.converged };
    },
  };
}

function runStarts(search: MedoidSearch, run: (random: Random) => MedoidStart): MedoidStart[] {
  return Array.from({ length: search.starts }, (_, start) => {
    const found = run(search.random.fork(start));
    search.progress.tell(start + 1);
    return found;
  });
}

function searchOnce(rows: DistanceTable, search: MedoidSearch, random: Random): MedoidStart {
  if (search.clusterCount === 1) return { ...bestSingle(rows), converged: true };
  const begin = seedMedoids(rows, search.clusterCount, random);
  return swapMedoids(rows, begin, { ...search, firstCandidate: random.below(rows.rowCount) });
}

/** A sample in which there are as many different rows as clusters. */
function drawSample(rows: CanonicalTable, search: MedoidSearch, random: Random): Int32Array {
  const { clusterCount, sampleSize } = search;
  const sample = sampleRows(rows.table.rowCount, sampleSize, random.below(2 ** 32));
  if (firstDistinctRows(rowsOfTable(rows.table, sample), clusterCount).length === clusterCount) return sample;
  const needed = firstDistinctRows(rows.table, clusterCount);
  return Int32Array.from(new Set([...sample, ...needed])).sort();
}

function lossOver({ table }: CanonicalTable, medoids: Int32Array, search: MedoidSearch): number {
  return nearestPrototypes(table.rowCount, medoids.length, (target, place) => {
    search.progress.spend(table.rowCount);
    fillDistances(target, search.measure, { table, from: table, row: medoids[place]! });
  }).distances.reduce((sum, distance) => sum + distance, 0);
}

/** The row with the smallest sum of distances; of equals the first. */
function bestSingle({ rowCount, distances }: DistanceTable): { medoids: Int32Array; loss: number } {
  let best = 0;
  let loss = Infinity;
  for (let row = 0; row < rowCount; row++) {
    let sum = 0;
    for (let i = row * rowCount; i < (row + 1) * rowCount; i++) sum += distances[i]!;
    if (sum < loss) {
      loss = sum;
      best = row;
    }
  }
  return { medoids: Int32Array.of(best), loss };
}

import type { Random } from "../core/random.js";
import { sampleRows } from "../core/sample-rows.js";
import { type CanonicalTable, firstDistinctRows } from "./canonical-table.js";
import type { DistanceTable } from "./medoid-neighbours.js";
import { rowsOfTable } from "./mixed-table.js";
import { nearestPrototypes } from "./nearest-prototype.js";
import type { ProgressTeller } from "./progress-teller.js";
import { allDistances, fillDistances, type Measure } from "./row-distance.js";
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

/** One start per sample of the rows, each judged on all rows. */
export function searchSamples(rows: CanonicalTable, search: MedoidSearch): MedoidStart[] {
  return runStarts(search, (random) => {
    const sample = drawSample(rows, search, random);
    const table = rowsOfTable(rows.table, sample);
    const near = { rowCount: table.rowCount, distances: allDistances(table, search.measure) };
    const found = searchOnce(near, search, random);
    const medoids = found.medoids.map((row) => sample[row]!);
    return { medoids, loss: lossOver(rows, medoids, search), converged: found.converged };
  });
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

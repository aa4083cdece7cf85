import { createRandom } from "../core/random.js";
import { sumOfSquares } from "../lattice/exact-inertia.js";
import { writeLatticePoints } from "../lattice/lattice-rows.js";
import { improveConstrained } from "./improve-constrained.js";
import type { KMeansOptions } from "./kmeans-fit.js";
import { type ConstrainedProblem, type ConstrainedStart, runConstrained } from "./run-constrained.js";
import { seedConstrained } from "./seed-constrained.js";

const defaultStarts = 10;
/** Rows up to which every start runs on all of them. */
const mostRowsForAllStarts = 20_000;
const sampledRows = 10_000;
const sampledRowsPerCluster = 100;
/** Best starts that are taken further by single rows. */
const improvedStarts = 5;
/** Starts that go on from the sample to all rows. */
const startsThatGoOn = 2;

/** What the starts came to. */
export interface ConstrainedSearch {
  /** Undefined where no start could keep the groups whole within the limits. */
  readonly best: ConstrainedStart | undefined;
  readonly starts: number;
  /** Starts within 0.1 % of the best, on the rows on which they were compared. */
  readonly hits: number;
  readonly comparedRows: number;
}

/**
 * Runs all starts, takes the best few further by single rows, and keeps the best. Where there are many rows, all starts run on a sample (the first rows in canonical
 * order, limits in proportion, groups free to part), and the best few go on with all rows from where they ended. Given
 * centres are where the first start begins.
 */
export function searchConstrained(problem: ConstrainedProblem, options: KMeansOptions): ConstrainedSearch {
  const given = givenCentres(problem, options);
  const starts = options.starts ?? (given === undefined ? defaultStarts : 1);
  const isSampled = problem.rowCount > mostRowsForAllStarts && (given === undefined || starts > 1);
  const compared = isSampled ? sampleOf(problem) : problem;
  const total = isSampled ? starts + startsThatGoOn : starts;
  const random = createRandom(options.seed);
  const ends: ConstrainedStart[] = [];
  for (let start = 0; start < starts; start++) {
    const isGiven = start === 0 && given !== undefined;
    ends.push(...runConstrained(compared, isGiven ? given : seedConstrained(compared, random.fork(start))));
    options.onProgress?.({ done: start + 1, total });
  }
  const ranked = lowestFirst(ends);
  const found = { starts, comparedRows: compared.rowCount };
  if (isSampled) {
    const tell = (gone: number) => options.onProgress?.({ done: starts + gone, total });
    return { ...found, best: lowestFirst(goOn(problem, ranked, tell))[0], hits: countHits(ends, ranked[0]) };
  }
  const isPlain = given !== undefined && starts === 1;
  const improved = isPlain
    ? ranked
    : ranked.slice(0, improvedStarts).map((end) => improveConstrained(problem, end));
  const best = lowestFirst(improved)[0];
  return { ...found, best, hits: countHits(ends, best) };
}

/** The best starts of a sample once more, with all rows. */
function goOn(
  problem: ConstrainedProblem,
  ranked: readonly ConstrainedStart[],
  tell: (gone: number) => void,
): ConstrainedStart[] {
  const ends: ConstrainedStart[] = [];
  for (let place = 0; place < startsThatGoOn; place++) {
    const start = ranked[place];
    if (start !== undefined)
      for (const end of runConstrained(problem, start.centres))
        ends.push({ ...end, initialCentres: start.initialCentres });
    tell(place + 1);
  }
  return ends;
}

function sampleOf(problem: ConstrainedProblem): ConstrainedProblem {
  const { rows, stride, clusterCount, least, most } = problem;
  const rowCount = Math.min(problem.rowCount, Math.max(sampledRows, sampledRowsPerCluster * clusterCount));
  const share = rowCount / problem.rowCount;
  return {
    ...problem,
    rowCount,
    groupStarts: Uint32Array.from({ length: rowCount + 1 }, (_, i) => i),
    least: Math.max(1, Math.floor(least * share)),
    most: Math.ceil(most * share),
    squares: sumOfSquares(rows, rowCount, { stride }),
  };
}

function givenCentres(
  { clusterCount, stride, lattice }: ConstrainedProblem,
  { initialCentres }: KMeansOptions,
): Float32Array | undefined {
  if (initialCentres === undefined) return undefined;
  const centres = new Float32Array(clusterCount * stride);
  writeLatticePoints(initialCentres, lattice, centres);
  return centres;
}

/** By inertia, of equals the first alone. */
function lowestFirst(ends: readonly ConstrainedStart[]): ConstrainedStart[] {
  const sorted = [...ends].sort((a, b) => (a.inertia < b.inertia ? -1 : Number(a.inertia > b.inertia)));
  return sorted.filter(({ inertia }, i) => inertia !== sorted[i - 1]?.inertia);
}

/** Starts that came within 0.1 % of the best. */
function countHits(ends: readonly ConstrainedStart[], best: ConstrainedStart | undefined): number {
  return ends.filter(({ inertia }) => best !== undefined && inertia * 1000n <= best.inertia * 1001n).length;
}

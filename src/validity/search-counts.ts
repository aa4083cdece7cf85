import type { Matrix } from "../core/matrix.js";
import { inertiaInUnits, requestStarts } from "../kmeans/finish-fit.js";
import { bestStart } from "../kmeans/rank-starts.js";
import {
  type Crew,
  type LoadedRows,
  loadRows,
  runStarts,
  type StartRequest,
  type StartResult,
} from "../lattice/crew.js";
import { countRange } from "./count-range.js";

/** The inertia of each count, by Lloyd's algorithm alone on data and references alike. */
export function bestInertias(
  crew: Crew,
  matrix: Matrix,
  options: { readonly counts: readonly [number, number]; readonly seed: number; readonly starts: number },
): number[] {
  const loaded = loadRows(crew, matrix, { canonical: false, caller: "gapStatistic" });
  const counts = countRange(options.counts);
  const results = runStarts(crew, loaded, requestCounts(counts, options));
  const startsOf = (count: number) => results.filter(({ clusterCount }) => clusterCount === count);
  return counts.map((count) => comparableInertia(loaded, startsOf(count)));
}

/** The best inertia of some starts, in the matrix's units squared, never below what rounding to the lattice leaves. */
export function comparableInertia(loaded: LoadedRows, results: readonly StartResult[]): number {
  const { lattice, rowCount } = loaded;
  const floor = (rowCount * lattice.origins.length * lattice.step ** 2) / 12;
  return Math.max(floor, inertiaInUnits(bestStart(results).inertia, lattice.step));
}

/** Every start of every count, as one round of work. */
export function requestCounts(
  counts: readonly number[],
  { seed, starts }: { readonly seed: number; readonly starts: number },
): StartRequest[] {
  return counts.flatMap((clusterCount) => requestStarts({ clusterCount, seed, starts }));
}

import {
  type Crew,
  type LoadedRows,
  loadRows,
  runStarts,
  type StartRequest,
  type StartResult,
} from "../cluster/crew.js";
import { bestStart, inertiaInUnits } from "../cluster/finish-fit.js";
import { defaultMaxIterations } from "../cluster/kmeans-fit.js";
import type { Matrix } from "../core/matrix.js";
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
  return counts.map((count) =>
    comparableInertia(
      loaded,
      results.filter((r) => r.clusterCount === count),
    ),
  );
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
  options: { readonly seed: number; readonly starts: number },
): StartRequest[] {
  return counts.flatMap((clusterCount) =>
    Array.from({ length: options.starts }, (_, startNumber) => ({
      clusterCount,
      seed: options.seed,
      startNumber,
      maxIterations: defaultMaxIterations,
      refine: false,
    })),
  );
}

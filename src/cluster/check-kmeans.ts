import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { countDistinctRows } from "./canonical-order.js";
import { checkCentres } from "./check-centres.js";
import type { Crew, LoadedRows } from "./crew.js";
import { defaultMaxIterations, defaultStarts, type KMeansOptions } from "./kmeans-fit.js";

/** Throws unless fitKMeans can run with these options. */
export function checkKMeansOptions(matrix: Matrix, options: KMeansOptions): void {
  const { clusterCount, initialCentres } = options;
  if (matrix.rowCount === 0) throw new InputError("fitKMeans: matrix must have at least one row, got none");
  checkCount("fitKMeans", "clusterCount", clusterCount, 1, matrix.rowCount, "the row count");
  checkCount("fitKMeans", "starts", options.starts ?? defaultStarts, 1, 1_000_000);
  checkCount("fitKMeans", "seed", options.seed, 0);
  checkCount("fitKMeans", "maxIterations", options.maxIterations ?? defaultMaxIterations, 1, 2 ** 31 - 1);
  if (initialCentres === undefined) return;
  const requirement = `${clusterCount} centres of ${matrix.columnCount} finite values`;
  if (initialCentres.length !== clusterCount)
    throw new InputError(
      `fitKMeans: initialCentres must be ${requirement}, got ${initialCentres.length} centres`,
    );
  checkCentres(initialCentres, matrix.columnCount, {
    caller: "fitKMeans",
    argument: "initialCentres",
    requirement,
  });
}

/** Throws where the loaded rows hold fewer different ones than clusters are asked for. */
export function checkDistinctRows(
  crew: Crew,
  loaded: LoadedRows,
  options: { readonly caller: string; readonly clusterCount: number },
): void {
  const { caller, clusterCount } = options;
  const { stride } = crew;
  const distinct = countDistinctRows(crew.rows, loaded.rowCount, { stride, limit: clusterCount });
  if (distinct < clusterCount)
    throw new InputError(
      `${caller}: clusterCount must be a whole number from 1 to ${distinct} (the number of different rows), got ${clusterCount}`,
    );
}

import { countDistinctRows } from "../cluster/canonical-order.js";
import { checkClusterOptions, checkDistinctCount } from "../cluster/check-cluster-options.js";
import { checkWeights } from "../cluster/weigh-rows.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import type { Crew, LoadedRows } from "../lattice/crew.js";
import { checkCentres } from "./check-centres.js";
import type { KMeansOptions } from "./kmeans-fit.js";

/** Throws unless fitKMeans can run with these options. */
export function checkKMeansOptions(matrix: Matrix, options: KMeansOptions): void {
  const { clusterCount, initialCentres } = options;
  checkClusterOptions("fitKMeans", matrix.rowCount, options);
  checkKMeansWeights(matrix, options);
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

function checkKMeansWeights({ rowCount, columnCount }: Matrix, options: KMeansOptions): void {
  const { caseWeights, columnWeights, sizeLimits, groups } = options;
  if (caseWeights !== undefined)
    checkWeights("caseWeights", caseWeights, { count: rowCount, meaning: "one per row", place: "row" });
  if (caseWeights !== undefined && (sizeLimits !== undefined || groups !== undefined))
    throw new InputError(
      `fitKMeans: caseWeights must not be given with ${sizeLimits === undefined ? "groups" : "sizeLimits"}, got both`,
    );
  if (columnWeights !== undefined)
    checkWeights("columnWeights", columnWeights, {
      count: columnCount,
      meaning: "one per column",
      place: "column",
    });
}

/** Throws where the loaded rows hold fewer different ones than clusters are asked for. */
export function checkDistinctRows(
  crew: Crew,
  loaded: LoadedRows,
  options: { readonly caller: string; readonly clusterCount: number },
): void {
  const { caller, clusterCount } = options;
  const { stride, weights } = crew;
  const distinct = countDistinctRows(crew.rows, loaded.rowCount, { stride, limit: clusterCount, weights });
  checkDistinctCount(caller, clusterCount, distinct);
}

import { type MixedTable, mixedTableOf, toMixedTable } from "#src/cluster/mixed-table.js";
import { matrixOfColumns } from "#src/core/matrix.js";
import { datasetFile } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";
import { readWholesale } from "./matrices.js";

interface ClusterData {
  readonly iris: readonly (readonly number[])[];
  readonly irisSpecies: readonly string[];
  readonly ruspini: readonly (readonly number[])[];
  readonly chickWeights: readonly number[];
  readonly chickFeeds: readonly string[];
}

/** A data set that the reference values were made on; undefined where the wholesale file is not here. */
export function referenceTable(name: string, options: { readonly words: boolean }): MixedTable | undefined {
  const data = referenceNumbers<ClusterData>("cluster-data");
  if (name === "iris" && options.words)
    return mixedTableOf({ ...columnsByNumber(data.iris), species: data.irisSpecies });
  if (name === "iris") return toMixedTable(matrixOfRows(data.iris));
  if (name === "ruspini") return toMixedTable(matrixOfRows(data.ruspini));
  if (name === "chickwts") return mixedTableOf({ weight: data.chickWeights, feed: data.chickFeeds });
  const wholesale = datasetFile("wholesale/wholesale_customers_bom.csv");
  return wholesale === undefined ? undefined : toMixedTable(readWholesale(wholesale));
}

function columnsByNumber(rows: readonly (readonly number[])[]): Record<string, number[]> {
  return Object.fromEntries(rows[0]!.map((_, j) => [`x${j}`, rows.map((row) => row[j]!)]));
}

/** A matrix from its rows, columns named x0, x1, … */
export function matrixOfRows(rows: readonly (readonly number[])[]): ReturnType<typeof matrixOfColumns> {
  const columns = columnsByNumber(rows);
  return matrixOfColumns(Object.keys(columns), Object.values(columns));
}

import type { ClusterFit } from "../cluster/cluster-fit.js";
import { type MixedTable, mixedTableOfColumns } from "../cluster/mixed-table.js";
import { InputError } from "../core/errors.js";
import type { CategoryColumn, CustomerTable } from "../core/feature.js";
import { columnOf, type Matrix, rowsOf } from "../core/matrix.js";
import { cutTree } from "../distances/cut-tree.js";
import { fitHierarchical } from "../distances/hierarchical.js";
import { fitKMedoids } from "../distances/kmedoids.js";
import { fitKPrototypes } from "../distances/kprototypes.js";
import { basisMatrix } from "../features/basis-matrix.js";
import { fitRfmQuantiles } from "../methods/rfm-quantiles.js";
import { fitGaussianMixture } from "../models/gaussian-mixture.js";
import { fitLatentClass } from "../models/latent-class.js";
import type { SurveyAnswers } from "./survey-answers.js";

/** What the methods are given: the same customers, in the same order. */
export interface MethodInputs {
  /** The basis on the lattice. */
  readonly basis: Matrix;
  readonly table: CustomerTable;
  /** Rows of basis and table that take part. */
  readonly rows: Int32Array;
  /** Answers to the survey by those of them who gave any; absent: there is no survey. */
  readonly survey?: SurveyAnswers;
}

/** Another way to group the same customers, or why it could not be tried. */
export interface TriedMethod {
  readonly name: string;
  /** What it groups by, in words. */
  readonly groupsBy: string;
  /** Absent where it could not be tried. */
  readonly fit?: ClusterFit;
  /** One per row that takes part, −1 for a customer it knows nothing of; empty where it could not be tried. */
  readonly labels: Int32Array;
  readonly notes: readonly string[];
}

/** Of a name with more, most would be seen once or twice. */
const mostLevels = 40;

const rfmColumns = ["recency_days", "order_count", "spend"];

/** Groups customers by every other method that their data allow. About 3 s for 2,000 customers. */
export function tryMethods(
  { basis, table, rows, survey }: MethodInputs,
  options: { readonly clusterCount: number; readonly seed: number },
): readonly TriedMethod[] {
  const matrix = rowsOf(basis, rows);
  const byBasis = "the basis";
  const words = wordColumns(table);
  const attempts: (Attempt | undefined)[] = [
    { name: "k-medoids", groupsBy: byBasis, fit: () => fitKMedoids(matrix, { ...options, starts: 10 }) },
    {
      name: "Ward’s tree",
      groupsBy: byBasis,
      fit: () => cutTree(fitHierarchical(matrix, { linkage: "ward" }), options),
    },
    {
      // Each group a shape of its own would shrink onto values that many customers share, such as a discount of 0.
      name: "Gaussian mixture",
      groupsBy: `${byBasis}, one shape for all groups`,
      fit: () => fitGaussianMixture(matrix, { ...options, covariance: "tied" }),
    },
    words.length === 0
      ? undefined
      : {
          name: "k-prototypes",
          groupsBy: `${byBasis} and ${words.map(({ feature }) => feature.label.toLowerCase()).join(", ")}`,
          fit: () => fitKPrototypes(withWords(matrix, words, rows), { ...options, starts: 10 }),
        },
    survey && {
      name: "latent classes",
      groupsBy: `answers to ${survey.answers.columnCount} questions`,
      fit: () => fitLatentClass(survey.answers, { ...options, starts: 10 }),
      places: survey.places,
    },
    hasColumns(table, rfmColumns)
      ? {
          name: "RFM quantiles",
          groupsBy: "scores of recency, orders and spend",
          fit: () => fitRfmQuantiles(rowsOf(basisMatrix(table, rfmColumns), rows), options),
        }
      : undefined,
  ];
  return attempts.flatMap((attempt) => (attempt ? [tryMethod(attempt, rows.length)] : []));
}

interface Attempt {
  readonly name: string;
  readonly groupsBy: string;
  readonly fit: () => ClusterFit;
  readonly places?: readonly number[];
}

function tryMethod({ name, groupsBy, fit, places }: Attempt, rowCount: number): TriedMethod {
  try {
    const found = fit();
    const labels = places === undefined ? found.labels : new Int32Array(rowCount).fill(-1);
    places?.forEach((place, i) => {
      labels[place] = found.labels[i]!;
    });
    return { name, groupsBy, fit: found, labels, notes: found.notes };
  } catch (error) {
    // Data that one method cannot take, such as too few different answers, must not end the comparison of the others.
    if (!(error instanceof InputError)) throw error;
    return { name, groupsBy, labels: new Int32Array(0), notes: [`Not tried: ${error.message}.`] };
  }
}

/** Categories that describe customers. */
function wordColumns({ columns }: CustomerTable): readonly CategoryColumn[] {
  return columns.filter(
    (column): column is CategoryColumn =>
      column.kind === "category" &&
      column.feature.role === "descriptor" &&
      new Set(column.values).size <= mostLevels,
  );
}

/** A category that is not known is a level of its own: that it is unknown is all that is known. */
function withWords(matrix: Matrix, words: readonly CategoryColumn[], rows: Int32Array): MixedTable {
  return mixedTableOfColumns(
    [...matrix.columns, ...words.map(({ feature }) => feature.name)],
    [
      ...matrix.columns.map((_, j) => columnOf(matrix, j)),
      ...words.map(({ values }) => Array.from(rows, (row) => values[row] ?? "unknown")),
    ],
  );
}

function hasColumns({ columns }: CustomerTable, names: readonly string[]): boolean {
  return names.every((name) => columns.some(({ feature }) => feature.name === name));
}

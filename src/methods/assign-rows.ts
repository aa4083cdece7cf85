import { type MixedTable, toMixedTable } from "../cluster/mixed-table.js";
import type { RowAssignment } from "../cluster/row-assignment.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { assignToMixedPrototypes } from "../distances/assign-to-mixed-prototypes.js";
import { assignToPrototypes } from "../distances/assign-to-prototypes.js";
import type { TreeCut } from "../distances/cluster-tree.js";
import type { KMedoidsFit } from "../distances/kmedoids-fit.js";
import type { KPrototypesFit } from "../distances/kprototypes-fit.js";
import { assignToCentres } from "../kmeans/assign-to-centres.js";
import type { KMeansFit } from "../kmeans/kmeans-fit.js";
import { weighColumns, weighPoints } from "../kmeans/weigh-columns.js";
import { assignToClasses } from "../models/assign-to-classes.js";
import { assignToMixture } from "../models/assign-to-mixture.js";
import type { GaussianMixtureFit } from "../models/gaussian-fit.js";
import type { LatentClassFit } from "../models/latent-class-fit.js";
import type { ModelAssignment } from "../models/model-fit.js";
import { toItems } from "../models/survey-items.js";
import { assignToTiers, type TierAssignment } from "./assign-to-tiers.js";
import type { RfmQuantilesFit } from "./rfm-quantiles.js";

export type { RowAssignment } from "../cluster/row-assignment.js";
export type { TierAssignment } from "./assign-to-tiers.js";

/** A fit whose clusters are places: a row belongs to the nearest. */
export type PlacedFit = KMeansFit | KMedoidsFit | KPrototypesFit | TreeCut;

/** A fit whose clusters are distributions: a row has a probability of each. */
export type ModelledFit = GaussianMixtureFit | LatentClassFit;

/**
 * Assigns each row to its nearest centre, or by the rule of a fit, and says how clear the choice was.
 *
 * Exact on the lattice of `applyRecipe`: the same labels as `fitKMeans` and as the exported SQL. A word that a fit has
 * not seen equals none of its own. Size limits and groups of the fit do not hold here. With one centre every margin is 1.
 * Time O(nRows · nCentres · nColumns).
 *
 * @param table - Shape (nRows, nColumns), with the columns of the fit in its order. No missing values.
 * @param model - Centres, shape (nCentres, nColumns), in the matrix's units, or what a fit function returned.
 * @throws InputError if there is no centre, a centre or the table has other columns, or a value is not finite.
 * @example
 * assignRows(matrixOf({ x: [0, 5, 9] }), [[0], [10]]).labels // => Int32Array [0, 0, 1]
 */
export function assignRows(
  table: Matrix | MixedTable,
  model: readonly (readonly number[])[] | PlacedFit,
): RowAssignment;
/** Assigns each row to its likeliest cluster under a model, with its probability of each. */
export function assignRows(table: Matrix | MixedTable, model: ModelledFit): ModelAssignment;
/** Assigns each row to the tier of its total score, with the scores' own cuts. */
export function assignRows(table: Matrix | MixedTable, model: RfmQuantilesFit): TierAssignment;
export function assignRows(
  table: Matrix | MixedTable,
  model: readonly (readonly number[])[] | PlacedFit | ModelledFit | RfmQuantilesFit,
): RowAssignment | ModelAssignment | TierAssignment {
  if (!("method" in model)) return assignToCentres(numbersOf(table), model);
  if (model.method === "k-means") return assignToKMeans(numbersOf(table), model);
  if (model.method === "k-prototypes") return assignToMixedPrototypes(toMixedTable(table), model);
  if (model.method === "rfm-quantiles") return assignToTiers(numbersOf(table), model);
  if (model.method === "gaussian-mixture") return assignToMixture(numbersOf(table), model);
  if (model.method === "latent-class") return assignToClasses(toItems("assignRows", table), model);
  return assignToPrototypes(toMixedTable(table), model);
}

function assignToKMeans(matrix: Matrix, { centres, columnWeights }: KMeansFit): RowAssignment {
  if (columnWeights?.length !== matrix.columnCount) return assignToCentres(matrix, centres);
  return assignToCentres(weighColumns(matrix, columnWeights), weighPoints(centres, columnWeights));
}

function numbersOf(table: Matrix | MixedTable): Matrix {
  const { numbers, categories } = toMixedTable(table);
  if (categories.length > 0)
    throw new InputError(
      `assignRows: table must be numbers alone for this model, got the category "${categories[0]!.name}"`,
    );
  return numbers;
}

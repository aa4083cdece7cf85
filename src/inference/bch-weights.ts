import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import { invert } from "./invert.js";

/** A model of classes as far as an outside variable needs it: what fitLatentClass and fitGaussianMixture return. */
export interface ClassMemberships {
  readonly clusterCount: number;
  /** Shape (nRows, clusterCount), row after row: how likely each row belongs to each class. */
  readonly probabilities: Float64Array;
}

/** Weights of each known row for each class, shape (classes, rows): the inverse of P(assigned | class), at the row's assigned class. */
export function correctedWeights(
  { clusterCount, probabilities }: ClassMemberships,
  rows: readonly number[],
): Float64Array[] {
  const errors = Array.from({ length: clusterCount }, () => new Float64Array(clusterCount));
  const assigned = new Int32Array(probabilities.length / clusterCount);
  for (let row = 0; row < assigned.length; row++) {
    const own = probabilities.subarray(row * clusterCount, (row + 1) * clusterCount);
    assigned[row] = own.indexOf(Math.max(...own));
    own.forEach((probability, cluster) => {
      errors[cluster]![assigned[row]!]! += probability;
    });
  }
  for (const row of errors) {
    const total = sum(row);
    for (let j = 0; j < clusterCount; j++) row[j]! /= total;
  }
  const inverse = invert(errors);
  if (inverse === undefined)
    throw new InputError(
      "compareOutsideVariable: model must tell every class apart, got one that is no row's likeliest. Take fewer classes",
    );
  return Array.from({ length: clusterCount }, (_, cluster) =>
    Float64Array.from(rows, (row) => inverse[assigned[row]!]![cluster]!),
  );
}

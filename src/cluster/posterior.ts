import type { ModelAssignment } from "./model-fit.js";

/**
 * Turns logarithms of weight times density into probabilities, in place, however small they are.
 *
 * @returns Logarithm of their sum: what the row adds to the log-likelihood.
 */
export function toProbabilities(logs: Float64Array): number {
  let largest = -Infinity;
  for (let cluster = 0; cluster < logs.length; cluster++)
    if (logs[cluster]! > largest) largest = logs[cluster]!;
  let sum = 0;
  for (let cluster = 0; cluster < logs.length; cluster++) {
    logs[cluster] = Math.exp(logs[cluster]! - largest);
    sum += logs[cluster]!;
  }
  for (let cluster = 0; cluster < logs.length; cluster++) logs[cluster]! /= sum;
  return largest + Math.log(sum);
}

/** Every row's place in a model, and the log-likelihood of them all. */
export interface Placement extends ModelAssignment {
  readonly logLikelihood: number;
  /** −Σ p · ln p over rows and clusters: 0 where every row is certain. */
  readonly entropy: number;
}

/**
 * Places rows by their probabilities.
 *
 * @param fill - Writes a row's logarithm of weight times density for every cluster.
 */
export function placeRows(
  rowCount: number,
  clusterCount: number,
  fill: (target: Float64Array, row: number) => void,
): Placement {
  const probabilities = new Float64Array(rowCount * clusterCount);
  const labels = new Int32Array(rowCount);
  const runnersUp = new Int32Array(rowCount);
  const margins = new Float64Array(rowCount);
  let logLikelihood = 0;
  let entropy = 0;
  for (let row = 0; row < rowCount; row++) {
    const own = probabilities.subarray(row * clusterCount, (row + 1) * clusterCount);
    fill(own, row);
    const [first, second] = largestTwo(own);
    logLikelihood += toProbabilities(own);
    labels[row] = first;
    runnersUp[row] = second;
    margins[row] = own[first]! - (second < 0 ? 0 : own[second]!);
    for (const probability of own) if (probability > 0) entropy -= probability * Math.log(probability);
  }
  return { labels, runnersUp, margins, probabilities, logLikelihood, entropy };
}

/** Probabilities of ordered rows, back at the rows' own places. */
export function restoreRows(probabilities: Float64Array, order: Uint32Array): Float64Array {
  const width = probabilities.length / order.length;
  const restored = new Float64Array(probabilities.length);
  order.forEach((row, place) => {
    restored.set(probabilities.subarray(place * width, (place + 1) * width), row * width);
  });
  return restored;
}

/** Places of the largest and second largest value, the lowest of equals; −1 where there is none. */
function largestTwo(values: Float64Array): readonly [number, number] {
  let first = 0;
  let second = -1;
  for (let at = 1; at < values.length; at++) {
    if (values[at]! > values[first]!) {
      second = first;
      first = at;
    } else if (second < 0 || values[at]! > values[second]!) second = at;
  }
  return [first, second];
}

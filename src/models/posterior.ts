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
 * Every row's likeliest cluster, as its place in the order given; of equals the first there.
 *
 * @param logs - Shape (nRows, clusterCount): ln(weight · density).
 */
export function findLikeliest(logs: Float64Array, order: readonly number[]): Int32Array {
  const clusterCount = order.length;
  const labels = new Int32Array(logs.length / clusterCount);
  for (let row = 0; row < labels.length; row++) {
    const begin = row * clusterCount;
    let largest = logs[begin + order[0]!]!;
    for (let place = 1; place < clusterCount; place++) {
      const log = logs[begin + order[place]!]!;
      if (log <= largest) continue;
      largest = log;
      labels[row] = place;
    }
  }
  return labels;
}

/**
 * Places rows by their probabilities.
 *
 * @param logs - Shape (nRows, clusterCount): ln(weight · density).
 * @param order - The clusters in the order in which they are numbered.
 */
export function placeRows(logs: Float64Array, order: readonly number[]): Placement {
  const clusterCount = order.length;
  const rowCount = logs.length / clusterCount;
  const probabilities = new Float64Array(logs.length);
  const labels = findLikeliest(logs, order);
  const runnersUp = new Int32Array(rowCount);
  const margins = new Float64Array(rowCount);
  const own = new Float64Array(clusterCount);
  let logLikelihood = 0;
  let entropy = 0;
  for (let row = 0; row < rowCount; row++) {
    const begin = row * clusterCount;
    for (let place = 0; place < clusterCount; place++) own[place] = logs[begin + order[place]!]!;
    const first = labels[row]!;
    const second = findSecond(own, first);
    logLikelihood += toProbabilities(own);
    runnersUp[row] = second;
    margins[row] = own[first]! - (second < 0 ? 0 : own[second]!);
    for (let place = 0; place < clusterCount; place++) {
      const probability = own[place]!;
      probabilities[begin + place] = probability;
      if (probability > 0 && probability < 1) entropy -= probability * Math.log(probability);
    }
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

/** Place of the largest value but the first, the lowest of equals; −1 where there is none. */
function findSecond(values: Float64Array, first: number): number {
  let second = -1;
  for (let at = 0; at < values.length; at++)
    if (at !== first && (second < 0 || values[at]! > values[second]!)) second = at;
  return second;
}

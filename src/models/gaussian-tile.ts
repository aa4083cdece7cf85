import type { Matrix } from "../core/matrix.js";
import type { GaussianComponents } from "./gaussian-components.js";

/**
 * Four rows that are worked on together. The sums of one row wait for each other, those of four do not, and what is
 * read of a component serves all four: about three times as fast as row by row, with the same bits.
 */
export interface GaussianTile {
  /** Shape (count, columnCount, 4): the rows' differences from every component's mean. */
  readonly differences: Float64Array;
  /** Shape (count, 4): ln(weight · density), then probabilities. */
  readonly chances: Float64Array;
}

/** Rows of a tile. */
export const tileRows = 4;

export function openTile({ count, columnCount }: GaussianComponents): GaussianTile {
  return {
    differences: new Float64Array(count * columnCount * tileRows),
    chances: new Float64Array(count * tileRows),
  };
}

/** Writes four rows' differences from every mean. The last row stands in for rows beyond the end. */
export function fillDifferences(
  { differences }: GaussianTile,
  { count, columnCount, means }: GaussianComponents,
  { matrix, row }: { readonly matrix: Matrix; readonly row: number },
): void {
  const { values, rowCount } = matrix;
  const first = row * columnCount;
  const second = Math.min(row + 1, rowCount - 1) * columnCount;
  const third = Math.min(row + 2, rowCount - 1) * columnCount;
  const fourth = Math.min(row + 3, rowCount - 1) * columnCount;
  let at = 0;
  for (let component = 0; component < count; component++) {
    for (let j = 0; j < columnCount; j++) {
      const mean = means[component * columnCount + j]!;
      differences[at] = values[first + j]! - mean;
      differences[at + 1] = values[second + j]! - mean;
      differences[at + 2] = values[third + j]! - mean;
      differences[at + 3] = values[fourth + j]! - mean;
      at += tileRows;
    }
  }
}

/** Writes ln(weight · density) of four rows for every component, from their differences. */
export function fillLogDensities(
  { differences, chances }: GaussianTile,
  components: GaussianComponents,
): void {
  const { count, columnCount, isDiagonal, whiteners, logScales } = components;
  for (let component = 0; component < count; component++) {
    const begin = component * columnCount;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let i = 0; i < columnCount; i++) {
      let one = 0;
      let two = 0;
      let three = 0;
      let four = 0;
      for (let j = isDiagonal ? i : 0; j <= i; j++) {
        const factor = whiteners[(begin + i) * columnCount + j]!;
        const at = (begin + j) * tileRows;
        one += factor * differences[at]!;
        two += factor * differences[at + 1]!;
        three += factor * differences[at + 2]!;
        four += factor * differences[at + 3]!;
      }
      first += one * one;
      second += two * two;
      third += three * three;
      fourth += four * four;
    }
    const at = component * tileRows;
    chances[at] = logScales[component]! - first / 2;
    chances[at + 1] = logScales[component]! - second / 2;
    chances[at + 2] = logScales[component]! - third / 2;
    chances[at + 3] = logScales[component]! - fourth / 2;
  }
}

/** Below it a chance is nothing: all of a row's others together would round it away. */
const leastLogChance = -42;

/**
 * Turns the logarithms of the first `lanes` rows into probabilities, in place, and those of the others into 0.
 *
 * @returns What the rows add to the log-likelihood.
 */
export function toTileProbabilities({ chances }: GaussianTile, lanes: number): number {
  let logLikelihood = 0;
  let product = 1;
  for (let lane = 0; lane < tileRows; lane++) {
    let largest = -Infinity;
    for (let at = lane; at < chances.length; at += tileRows) largest = Math.max(largest, chances[at]!);
    let sum = 0;
    for (let at = lane; at < chances.length; at += tileRows) {
      const behind = chances[at]! - largest;
      const chance = lane < lanes && behind > leastLogChance ? Math.exp(behind) : 0;
      chances[at] = chance;
      sum += chance;
    }
    if (lane >= lanes) continue;
    for (let at = lane; at < chances.length; at += tileRows) chances[at]! /= sum;
    logLikelihood += largest;
    product *= sum;
  }
  return logLikelihood + Math.log(product);
}

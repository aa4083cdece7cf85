import { sum } from "../core/sum.js";
/** How the values of one group stand against those of another, all pairs counted. */
export interface Dominance {
  /** Share of pairs in which the own value is larger, less the share in which it is smaller: Cliff's delta, −1…1. */
  readonly delta: number;
  /** Sums of squared differences from delta, of each own value's and each other value's mean sign. */
  readonly ownSquares: number;
  readonly otherSquares: number;
  /** Pairs that are not equal. */
  readonly untied: number;
}

/** Compares all pairs of two sorted groups in one walk each way. O(rows). */
export function dominanceOf(own: Float64Array, others: Float64Array): Dominance {
  const rows = meanSigns(own, others);
  const columns = meanSigns(others, own);
  const delta = sum(rows.signs) / own.length;
  return {
    delta,
    ownSquares: rows.signs.reduce((sum, sign) => sum + (sign - delta) ** 2, 0),
    // Counted from the other side, where the sign of every comparison is reversed.
    otherSquares: columns.signs.reduce((sum, sign) => sum + (sign + delta) ** 2, 0),
    untied: rows.untied,
  };
}

/** For each own value the share of the others below it less the share above it. */
function meanSigns(
  own: Float64Array,
  others: Float64Array,
): { readonly signs: Float64Array; readonly untied: number } {
  const signs = new Float64Array(own.length);
  const count = others.length;
  let untied = 0;
  let below = 0;
  let upTo = 0;
  for (let i = 0; i < own.length; i++) {
    while (below < count && others[below]! < own[i]!) below++;
    while (upTo < count && others[upTo]! <= own[i]!) upTo++;
    signs[i] = (below - (count - upTo)) / count;
    untied += below + count - upTo;
  }
  return { signs, untied };
}

import { logGamma } from "../core/special-functions.js";

/** ln 0!, ln 1!, … ln `largest`!. */
export function logFactorials(largest: number): Float64Array {
  return Float64Array.from({ length: largest + 1 }, (_, count) => (count < 2 ? 0 : logGamma(count + 1)));
}

/** ln of how many ways there are to fill a vector of counts: (Σ counts)! / Π counts!. */
export function logArrangements(counts: ArrayLike<number>, logs: Float64Array): number {
  let total = 0;
  let parts = 0;
  for (let i = 0; i < counts.length; i++) {
    total += counts[i]!;
    parts += logs[counts[i]!]!;
  }
  return logs[total]! - parts;
}

import { sum } from "../core/sum.js";
import { rankValues } from "./ranks.js";

/**
 * Exact probability of a rank sum at least as far from its expectation, over every way to pick the first group.
 *
 * Ties keep their shared ranks, so it holds with ties. Counts the ways to reach each sum with each number of rows, one row after
 * another (shift algorithm); ranks are doubled, so that halves are whole. O(rows² · smaller group · rows).
 *
 * @see Streitberg & Röhmel (1986), Statistical Software Newsletter 12.
 */
export function exactRankSumP(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length > second.length) return exactRankSumP(second, first);
  const size = first.length;
  const everyone = Float64Array.from([...Array.from(first), ...Array.from(second)]);
  const { ranks, tieSum } = rankValues(everyone);
  const unit = tieSum === 0 ? 1 : 2;
  const whole = Array.from(ranks, (rank) => rank * unit);
  const observed = sum(whole.slice(0, size));
  const ways = waysToReach(whole, size);
  const centre = (unit * size * (everyone.length + 1)) / 2;
  const distance = Math.abs(observed - centre);
  let total = 0;
  let asFar = 0;
  ways.forEach((count, sum) => {
    total += count;
    if (Math.abs(sum - centre) >= distance) asFar += count;
  });
  return asFar / total;
}

/** For each sum, how many choices of `size` of the ranks reach it. */
function waysToReach(ranks: readonly number[], size: number): Float64Array {
  const largest = [...ranks].sort((a, b) => b - a).slice(0, size);
  const length = sum(largest) + 1;
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(length));
  ways[0]![0] = 1;
  ranks.forEach((rank, row) => {
    for (let picked = Math.min(size, row + 1); picked > 0; picked--) {
      const target = ways[picked]!;
      const source = ways[picked - 1]!;
      for (let sum = length - 1; sum >= rank; sum--) target[sum]! += source[sum - rank]!;
    }
  });
  return ways[size]!;
}

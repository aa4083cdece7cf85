import { sum } from "../core/sum.js";
import type { PooledRate } from "./pool-rates.js";

const gridSteps = 1000;

/**
 * Chance of each rate to be the highest: its density times the chance that all others are below, over a grid of rates.
 *
 * They sum to 1; 0 for a rate that is not known, and for all where none is. O(rates² · grid).
 */
export function chancesBest(rates: readonly (PooledRate | null)[]): number[] {
  const grid = gridOver(rates.filter((rate) => rate !== null));
  const spread = rates.map((rate) => rate && shareOfCells(rate, grid));
  const below = spread.map((shares) => shares && middleSums(shares));
  const chances = spread.map((own, j) => {
    if (own === null) return 0;
    return own.reduce((chance, share, i) => {
      let both = share;
      for (const [k, other] of below.entries()) if (other !== null && k !== j) both *= other[i]!;
      return chance + both;
    }, 0);
  });
  const total = sum(chances);
  return chances.map((chance) => (total === 0 ? 0 : chance / total));
}

/** Share of a beta distribution that lies in each cell of the grid, from the density in its middle. */
function shareOfCells({ a, b }: PooledRate, grid: readonly number[]): number[] {
  const logs = grid.slice(1).map((high, i) => {
    const middle = (high + grid[i]!) / 2;
    return (a - 1) * Math.log(middle) + (b - 1) * Math.log1p(-middle);
  });
  const highest = Math.max(...logs);
  const heights = logs.map((log) => Math.exp(log - highest));
  const total = sum(heights);
  return heights.map((height) => height / total);
}

/** Share below the middle of each cell. */
function middleSums(shares: readonly number[]): number[] {
  let before = 0;
  return shares.map((share) => {
    before += share;
    return before - share / 2;
  });
}

/** Rates from eight standard deviations below the lowest to eight above the highest. */
function gridOver(rates: readonly PooledRate[]): number[] {
  const reach = ({ rate, a, b }: PooledRate) => 8 * Math.sqrt((rate * (1 - rate)) / (a + b + 1));
  const low = Math.max(0, Math.min(...rates.map((rate) => rate.rate - reach(rate))));
  const high = Math.min(1, Math.max(...rates.map((rate) => rate.rate + reach(rate))));
  return Array.from({ length: gridSteps + 1 }, (_, i) => low + ((high - low) * i) / gridSteps);
}

import type { StartResult } from "../lattice/crew.js";

/** The start with the lowest inertia; of equals the first that converged. */
export function bestStart(results: readonly StartResult[]): StartResult {
  let best = results[0]!;
  for (const result of results) {
    const isEqual = result.inertia === best.inertia;
    if (result.inertia < best.inertia || (isEqual && result.converged && !best.converged)) best = result;
  }
  return best;
}

/** How many starts came within 0.1 % of the inertia of the best. */
export function countHits(results: readonly StartResult[], best: StartResult): number {
  return results.filter(({ inertia }) => inertia * 1000n <= best.inertia * 1001n).length;
}

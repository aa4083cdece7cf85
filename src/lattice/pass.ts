import { blockRows, type CrewMemory, type Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import { writeNarrowCentres } from "./narrow-points.js";
import { type Problem, passBlock } from "./pass-block.js";

/** Exact sums and sizes of the clusters after a pass; the last row is of no meaning. */
export interface Totals {
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
}

/** Lets every row find its nearest centre, on one thread or on many. */
export interface Passer {
  /** Forgets labels, thresholds and sums: nobody has a label and everybody must be looked at. */
  clear(): void;
  /** Forgets thresholds alone: everybody must be looked at again. */
  forgetThresholds(): void;
  /**
   * `drift`: upper bound of how far distances may have shifted since thresholds were forgotten, in lattice steps;
   * `movement`: how much of it is new.
   */
  pass(drift: number, movement: number): void;
  totals(): Totals;
}

/** The passer that does all blocks itself. */
export function soloPasser(crew: CrewMemory, desk: Desk, problem: Problem & { kernel: Kernel }): Passer {
  return {
    clear: () => clearDesk(desk, problem),
    forgetThresholds: () => forgetThresholds(desk, problem),
    pass(drift, movement) {
      writeNarrowCentres(crew, desk, { ...problem, movement });
      for (let block = 0; block * blockRows < problem.rowCount; block++)
        passBlock(crew, block, { ...problem, shared: desk, own: desk, drift });
    },
    totals: () => desk,
  };
}

export function clearDesk(desk: Desk, problem: Problem): void {
  forgetThresholds(desk, problem);
  desk.labels.fill(problem.clusterCount, 0, problem.rowCount);
  clearTotals(desk);
}

/** A threshold of −1 calls for a look at once, one of Infinity (rows of padding) never. */
export function forgetThresholds({ thresholds }: Desk, { rowCount }: Problem): void {
  thresholds.fill(-1, 0, rowCount).fill(Infinity, rowCount);
}

export function clearTotals(desk: Desk): void {
  desk.sums.fill(0);
  desk.sizes.fill(0);
}

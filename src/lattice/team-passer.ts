import { boardClusterCount } from "../core/board.js";
import type { CrewMemory } from "./crew-memory.js";
import { crewJob } from "./crew-work.js";
import type { Kernel } from "./kernel.js";
import { writeNarrowCentres } from "./narrow-points.js";
import { clearDesk, clearTotals, forgetThresholds, type Passer, type Totals } from "./pass.js";
import type { Problem } from "./pass-block.js";
import { shareBlocks } from "./share-blocks.js";

/**
 * The passer that hands blocks of rows to all threads. Each keeps sums of its own; they are whole numbers, so it
 * does not matter which thread took which block.
 */
export function teamPasser(crew: CrewMemory, problem: Problem & { readonly kernel: Kernel }): Passer {
  const { clusterCount } = problem;
  return {
    clear() {
      clearDesk(crew.desks[0]!, problem);
      crew.desks.slice(1).forEach(clearTotals);
    },
    forgetThresholds: () => forgetThresholds(crew.desks[0]!, problem),
    pass(drift, movement) {
      writeNarrowCentres(crew, crew.desks[0]!, { ...problem, movement });
      crew.board[boardClusterCount] = clusterCount;
      crew.drift[0] = drift;
      shareBlocks(crew, crewJob.pass, problem);
    },
    totals: () => addTotals(crew, clusterCount),
  };
}

function addTotals(crew: CrewMemory, clusterCount: number): Totals {
  const sums = new Float64Array(clusterCount * crew.stride);
  const sizes = new Int32Array(clusterCount);
  for (const desk of crew.desks) {
    for (let at = 0; at < sums.length; at++) sums[at]! += desk.sums[at]!;
    for (let cluster = 0; cluster < clusterCount; cluster++) sizes[cluster]! += desk.sizes[cluster]!;
  }
  return { sums, sizes };
}

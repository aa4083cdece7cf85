import { boardClusterCount, boardJob, boardRowCount, claimUnit, completeUnit } from "../core/board.js";
import { type CrewMemory, startField } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import { passBlock, soloPasser } from "./pass.js";
import { runStart } from "./run-start.js";

/** What a unit on the board is: a whole start, or one block of rows in a pass over desk 0. */
export const crewJob = { start: 0, block: 1 } as const;

/** Claims and does units until none is left. Any thread may do any unit: the result is the same. */
export function doUnits(
  crew: CrewMemory,
  deskNumber: number,
  { kernel, afterUnit }: { readonly kernel: Kernel; readonly afterUnit?: () => void },
): void {
  const own = crew.desks[deskNumber]!;
  for (;;) {
    const unit = claimUnit(crew.board);
    if (unit < 0) return;
    if (crew.board[boardJob] === crewJob.start) {
      const slot = crew.starts[unit]!;
      const rowCount = slot.facts[startField.rowCount]!;
      const clusterCount = slot.facts[startField.clusterCount]!;
      const passer = soloPasser(crew, own, { kernel, rowCount, clusterCount });
      runStart(crew, own, { kernel, slot, passer, rowCount, clusterCount });
    } else {
      passBlock(crew, unit, {
        kernel,
        own,
        shared: crew.desks[0]!,
        rowCount: crew.board[boardRowCount]!,
        clusterCount: crew.board[boardClusterCount]!,
        drift: crew.drift[0]!,
      });
    }
    completeUnit(crew.board);
    afterUnit?.();
  }
}

import { boardJob, boardRowCount, publishWork, waitForUnits } from "../core/board.js";
import { MachineError } from "../core/errors.js";
import { blockRows, type CrewMemory } from "./crew-memory.js";
import { type CrewJob, doUnits } from "./crew-work.js";
import type { Kernel } from "./kernel.js";

/** Has all threads of a crew do a job on every block of rows; the calling thread works at desk 0. */
export function shareBlocks(
  crew: CrewMemory,
  job: CrewJob,
  { kernel, rowCount }: { readonly kernel: Kernel; readonly rowCount: number },
): void {
  const units = Math.ceil(rowCount / blockRows);
  crew.board[boardJob] = job;
  crew.board[boardRowCount] = rowCount;
  publishWork(crew.board, units);
  doUnits(crew, 0, { kernel });
  waitForCrew(crew, units);
}

/** Waits for all units; a worker that died is the machine's fault. */
export function waitForCrew(crew: CrewMemory, units: number): void {
  if (!waitForUnits(crew.board, units))
    throw new MachineError("fitKMeans: worker threads must finish their work, got one that stopped");
}

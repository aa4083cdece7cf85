import { boardJob, boardRowCount, publishWork } from "../core/board.js";
import { waitForThreads } from "./board-threads.js";
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
  waitForThreads(crew.board, units, { caller: "fitKMeans" });
}

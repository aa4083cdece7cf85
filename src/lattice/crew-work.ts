import { boardClusterCount, boardJob, boardRowCount, claimUnit, completeUnit } from "../core/board.js";
import { type CrewMemory, type Desk, type StartSlot, startField } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import { measureBlock, narrowBlock } from "./narrow-points.js";
import { soloPasser } from "./pass.js";
import { passBlock } from "./pass-block.js";
import { runStart } from "./run-start.js";

/** What a unit on the board is: a whole start, or one block of rows to measure, to narrow, or in a pass over desk 0. */
export const crewJob = { start: 0, measure: 1, narrow: 2, pass: 3 } as const;

export type CrewJob = (typeof crewJob)[keyof typeof crewJob];

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
    const job = crew.board[boardJob] as CrewJob;
    if (job === crewJob.start) doStart(crew, own, { kernel, slot: crew.starts[unit]! });
    else doBlock(crew, own, { kernel, job, block: unit });
    completeUnit(crew.board);
    afterUnit?.();
  }
}

function doStart(
  crew: CrewMemory,
  own: Desk,
  { kernel, slot }: { readonly kernel: Kernel; readonly slot: StartSlot },
): void {
  const rowCount = slot.facts[startField.rowCount]!;
  const clusterCount = slot.facts[startField.clusterCount]!;
  const passer = soloPasser(crew, own, { kernel, rowCount, clusterCount });
  runStart(crew, own, { kernel, slot, passer, rowCount, clusterCount });
}

function doBlock(
  crew: CrewMemory,
  own: Desk,
  unit: { readonly kernel: Kernel; readonly job: CrewJob; readonly block: number },
): void {
  const { kernel, job, block } = unit;
  const rowCount = crew.board[boardRowCount]!;
  if (job === crewJob.measure) measureBlock(crew, own, { kernel, block, rowCount });
  else if (job === crewJob.narrow) narrowBlock(crew, { kernel, block, rowCount });
  else {
    const clusterCount = crew.board[boardClusterCount]!;
    const drift = crew.drift[0]!;
    passBlock(crew, block, { kernel, own, shared: crew.desks[0]!, rowCount, clusterCount, drift });
  }
}

import { reportFailure, waitForWork } from "../core/board.js";
import type { CrewSize } from "./crew-memory.js";
import { doUnits } from "./crew-work.js";
import type { SharedMemory } from "./kernel.js";
import { layOutMemory } from "./lay-out-memory.js";
import { openKernel } from "./open-kernel.js";

/** What the main thread hands to a thread of its crew. */
export interface CrewCall {
  readonly memory: SharedMemory;
  readonly size: CrewSize;
  readonly deskNumber: number;
}

/** Works at a desk until the crew's board is closed. */
export function serve({ memory, size, deskNumber }: CrewCall): void {
  const crew = layOutMemory(size, memory);
  try {
    const kernel = openKernel(memory);
    while (waitForWork(crew.board)) doUnits(crew, deskNumber, { kernel });
  } catch (error) {
    reportFailure(crew.board);
    throw error;
  }
}

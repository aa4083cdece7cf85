import { workerData } from "node:worker_threads";
import { reportFailure, waitForWork } from "../core/board.js";
import { type CrewSize, layOutMemory } from "./crew-memory.js";
import { doUnits } from "./crew-work.js";
import type { SharedMemory } from "./kernel.js";
import { openKernel } from "./open-kernel.js";

/** What the main thread hands to a worker of its crew. */
export interface CrewWorkerData {
  readonly memory: SharedMemory;
  readonly size: CrewSize;
  readonly deskNumber: number;
}

const { memory, size, deskNumber } = workerData as CrewWorkerData;
const crew = layOutMemory(size, memory);
try {
  const kernel = openKernel(memory);
  while (waitForWork(crew.board)) doUnits(crew, deskNumber, { kernel });
} catch (error) {
  reportFailure(crew.board);
  throw error;
}

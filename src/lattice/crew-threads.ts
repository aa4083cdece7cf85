import { Worker } from "node:worker_threads";
import { closeBoard } from "../core/board.js";
import { codeEnded } from "../core/code-ended.js";
import type { CrewMemory } from "./crew-memory.js";
import type { CrewWorkerData } from "./crew-worker.js";

/** The threads of every crew that is open, by its board. */
const open = new Map<Int32Array, readonly Worker[]>();

/** Starts a thread for every desk but the first, which is the calling thread's. */
export function openThreads(crew: CrewMemory): void {
  if (crew.size.threads === 1) return;
  // Code that is ended from outside runs no `finally`, so nobody closes what it opened.
  if (open.size === 0) codeEnded.subscribe(closeAll);
  const others = Array.from({ length: crew.size.threads - 1 }, (_, i) => startWorker(crew, i + 1));
  open.set(crew.board, others);
}

/** Lets the threads go home; in the middle of work that nobody waits for any more they are stopped. */
export function closeThreads({ board }: Pick<CrewMemory, "board">): void {
  const isIdle = closeBoard(board);
  if (!isIdle) for (const worker of open.get(board) ?? []) void worker.terminate();
  open.delete(board);
  if (open.size === 0) codeEnded.unsubscribe(closeAll);
}

function closeAll(): void {
  for (const board of open.keys()) closeThreads({ board });
}

function startWorker(crew: CrewMemory, deskNumber: number): Worker {
  const data: CrewWorkerData = { memory: crew.memory, size: crew.size, deskNumber };
  const worker = new Worker(new URL("./crew-worker.js", import.meta.url), { workerData: data, execArgv: [] });
  // A worker that cannot start leaves its share to the others; one that dies at work says so on the board.
  worker.on("error", () => undefined);
  worker.unref();
  return worker;
}

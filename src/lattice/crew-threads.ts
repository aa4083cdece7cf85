import { closeBoard, hasFailed } from "../core/board.js";
import { codeEnded } from "../core/code-ended.js";
import { callThread, releaseThread, stopThread, type WarmThread } from "../core/warm-threads.js";
import type { CrewMemory } from "./crew-memory.js";
import type { CrewCall } from "./crew-worker.js";

/** The threads of every crew that is open, by its board. */
const open = new Map<Int32Array, WarmThread[]>();

/** Calls a thread to every desk but the first, which is the calling thread's. */
export function openThreads(crew: CrewMemory): void {
  const { memory, size, board } = crew;
  if (size.threads === 1) return;
  // Code that is ended from outside runs no `finally`, so nobody closes what it opened.
  if (open.size === 0) codeEnded.subscribe(closeAll);
  const others: WarmThread[] = [];
  open.set(board, others);
  const module = new URL("./crew-worker.js", import.meta.url).href;
  for (let deskNumber = 1; deskNumber < size.threads; deskNumber++) {
    const data: CrewCall = { memory, size, deskNumber };
    others.push(callThread({ module, data }, { bytes: memory.buffer.byteLength }));
  }
}

/** Lets the threads go; in the middle of work that nobody waits for any more, or after a failure, they are stopped. */
export function closeThreads({ board }: Pick<CrewMemory, "board">): void {
  const isIdle = closeBoard(board) && !hasFailed(board);
  open.get(board)?.forEach(isIdle ? releaseThread : stopThread);
  open.delete(board);
  if (open.size === 0) codeEnded.unsubscribe(closeAll);
}

function closeAll(): void {
  for (const board of open.keys()) closeThreads({ board });
}

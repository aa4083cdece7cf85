import { closeBoard, hasFailed } from "../core/board.js";
import { codeEnded } from "../core/code-ended.js";
import { callThread, releaseThread, stopThread, type WarmThread } from "../core/warm-threads.js";
import type { SharedMemory } from "./kernel.js";

/** The threads at every board that is not closed. */
const open = new Map<Int32Array, WarmThread[]>();

/** A board and the memory that it lies in. */
interface SharedBoard {
  readonly board: Int32Array;
  readonly memory: SharedMemory;
}

/** Calls one thread with each of `calls`, to work with the caller; `module` exports `serve`, which must watch the board. */
export function openThreads(
  { board, memory }: SharedBoard,
  { module, calls }: { readonly module: string; readonly calls: readonly unknown[] },
): void {
  if (calls.length === 0) return;
  // Code that is ended from outside runs no `finally`, so nobody closes what it opened.
  if (open.size === 0) codeEnded.subscribe(closeAll);
  const threads: WarmThread[] = [];
  open.set(board, threads);
  for (const data of calls) threads.push(callThread({ module, data }, { bytes: memory.buffer.byteLength }));
}

/** Lets the threads go; in the middle of work that nobody waits for any more, or after a failure, they are stopped. */
export function closeThreads(board: Int32Array): void {
  const isIdle = closeBoard(board) && !hasFailed(board);
  open.get(board)?.forEach(isIdle ? releaseThread : stopThread);
  open.delete(board);
  if (open.size === 0) codeEnded.unsubscribe(closeAll);
}

function closeAll(): void {
  for (const board of open.keys()) closeThreads(board);
}

import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { closeBoard, hasFailed, waitForUnits } from "../core/board.js";
import { codeEnded } from "../core/code-ended.js";
import { MachineError } from "../core/errors.js";
import { callThread, hasEnded, releaseThread, stopThread, type WarmThread } from "../core/warm-threads.js";
import type { SharedMemory } from "./kernel.js";

const mostThreads = 8;
/** Below this many row-by-centre-by-column products, to wake threads costs more than they save. */
const workWorthThreads = 1e7;

/** How many threads a piece of work is worth, the caller's own among them, if nobody says: one per core, at most 8. */
export function threadsFor(work: number): number {
  // Whoever runs on a thread of its own is one of several such already.
  if (!isMainThread || work < workWorthThreads) return 1;
  return Math.min(availableParallelism(), mostThreads);
}

/** The threads at every board that is not closed. */
const open = new Map<Int32Array, WarmThread[]>();

/** A board and the memory that it lies in. */
interface SharedBoard {
  readonly board: Int32Array;
  readonly memory: SharedMemory;
}

/**
 * Calls one thread with each of `calls`, fewer where the machine gives no more, to work with the caller; `module` exports
 * `serve`, which must watch the board.
 */
export function openThreads(
  { board, memory }: SharedBoard,
  { module, calls }: { readonly module: string; readonly calls: readonly unknown[] },
): void {
  if (calls.length === 0) return;
  // Code that is ended from outside runs no `finally`, so nobody closes what it opened.
  if (open.size === 0) codeEnded.subscribe(closeAll);
  const threads: WarmThread[] = [];
  open.set(board, threads);
  for (const data of calls) {
    try {
      threads.push(callThread({ module, data }, { bytes: memory.buffer.byteLength }));
    } catch {
      break;
    }
  }
}

/**
 * Waits until all units on a board are completed.
 *
 * @throws MachineError if a thread at the board failed or ended: the unit that it held would be waited for without end.
 */
export function waitForThreads(
  board: Int32Array,
  units: number,
  { caller }: { readonly caller: string },
): void {
  const look = () => {
    if (open.get(board)?.some(hasEnded)) reportLoss(caller);
  };
  if (!waitForUnits(board, units, look)) reportLoss(caller);
}

function reportLoss(caller: string): never {
  throw new MachineError(
    `${caller}: worker threads must finish their work, got one that stopped. It may have run out of memory`,
  );
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

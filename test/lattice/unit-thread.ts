import { claimUnit, completeUnit, waitForWork } from "#src/core/board.js";

/** What a thread that claims one unit is told. */
export interface UnitCall {
  readonly board: Int32Array;
  /** 1 once the thread has its unit. */
  readonly claimed: Int32Array;
  /** Whether the thread ends instead of completing it. */
  readonly isDeadly: boolean;
}

/** For warm threads to serve: claims one unit and completes it, or ends as one that is out of memory does. */
export function serve({ board, claimed, isDeadly }: UnitCall): void {
  if (!waitForWork(board)) return;
  claimUnit(board);
  Atomics.store(claimed, 0, 1);
  Atomics.notify(claimed, 0);
  if (isDeadly) process.exit(1);
  completeUnit(board);
}

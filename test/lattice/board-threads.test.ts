import assert from "node:assert/strict";
import { test } from "node:test";
import { boardLength, claimUnit, completeUnit, publishWork } from "#src/core/board.js";
import { closeThreads, openThreads, waitForThreads } from "#src/lattice/board-threads.js";
import type { UnitCall } from "./unit-thread.js";

const module = new URL("./unit-thread.js", import.meta.url).href;

/** Shares out two units with one thread, which must have claimed one before the caller does the other. */
function shareTwoUnits(isDeadly: boolean): void {
  const buffer = new SharedArrayBuffer(boardLength * 4);
  const board = new Int32Array(buffer);
  const claimed = new Int32Array(new SharedArrayBuffer(4));
  const call: UnitCall = { board, claimed, isDeadly };
  openThreads({ board, memory: { buffer } }, { module, calls: [call] });
  try {
    publishWork(board, 2);
    Atomics.wait(claimed, 0, 0, 20_000);
    assert.ok(claimUnit(board) >= 0);
    completeUnit(board);
    waitForThreads(board, 2, { caller: "fitKMeans" });
  } finally {
    closeThreads(board);
  }
}

test("a thread that ends while it holds a unit is the machine's fault and holds up nobody, and the next call is as ever", () => {
  assert.throws(() => shareTwoUnits(true), {
    name: "MachineError",
    message: /^fitKMeans: worker threads must finish their work, got one that stopped/,
  });
  shareTwoUnits(false);
});

/** Places on the board, a shared Int32Array over which a crew hands out numbered units of work. */
const remaining = 0;
const completed = 1;
const signal = 2;
const closed = 3;
const failed = 4;
const published = 8;

/** How many places a board has. */
export const boardLength = 16;

/** What the units are. */
export const boardJob = 5;
export const boardRowCount = 6;
export const boardClusterCount = 7;

const spins = 20_000;

/** Waits of a millisecond between two looks at whether somebody died. */
const waitsPerLook = 100;

/**
 * Publishes `count` units. Whatever the units need must be in shared memory before: a worker reads it after it has
 * claimed a unit, and nothing changes again until that unit is completed, so it can never read another job's facts.
 */
export function publishWork(board: Int32Array, count: number): void {
  Atomics.store(board, published, count);
  Atomics.store(board, completed, 0);
  Atomics.store(board, remaining, count);
  Atomics.add(board, signal, 1);
  Atomics.notify(board, signal);
}

/** Whether a unit is left to claim. */
export function isWorkLeft(board: Int32Array): boolean {
  return Atomics.load(board, remaining) > 0;
}

/** A unit's number, or −1 where none is left. */
export function claimUnit(board: Int32Array): number {
  if (!isWorkLeft(board)) return -1;
  return Math.max(0, Atomics.sub(board, remaining, 1)) - 1;
}

export function completeUnit(board: Int32Array): void {
  Atomics.add(board, completed, 1);
  Atomics.notify(board, completed);
}

/** How many units of those published last are completed. */
export function completedUnits(board: Int32Array): number {
  return Atomics.load(board, completed);
}

/**
 * Waits until all units are completed; returns false where a worker failed. Only claimed units are waited for: a worker that
 * never started holds up nobody. `look` is called ten times a second; an error in it ends the wait.
 */
export function waitForUnits(board: Int32Array, count: number, look?: () => void): boolean {
  for (let turn = 0; ; turn++) {
    const done = Atomics.load(board, completed);
    if (Atomics.load(board, failed) !== 0) return false;
    if (done >= count) return true;
    if (turn <= spins) continue;
    Atomics.wait(board, completed, done, 1);
    if ((turn - spins) % waitsPerLook === 0) look?.();
  }
}

/** Waits until there may be work; returns false once the board is closed. */
export function waitForWork(board: Int32Array): boolean {
  const before = Atomics.load(board, signal);
  for (let turn = 0; ; turn++) {
    if (Atomics.load(board, closed) !== 0) return false;
    if (isWorkLeft(board)) return true;
    if (turn > spins && Atomics.load(board, signal) === before) Atomics.wait(board, signal, before);
    if (Atomics.load(board, signal) !== before) return Atomics.load(board, closed) === 0;
  }
}

export function reportFailure(board: Int32Array): void {
  Atomics.store(board, failed, 1);
  Atomics.notify(board, completed);
}

/** Whether some worker failed. */
export function hasFailed(board: Int32Array): boolean {
  return Atomics.load(board, failed) !== 0;
}

/** Sends everybody home. Returns whether all units that were ever published are completed. */
export function closeBoard(board: Int32Array): boolean {
  Atomics.store(board, closed, 1);
  Atomics.add(board, signal, 1);
  Atomics.notify(board, signal);
  return Atomics.load(board, completed) === Atomics.load(board, published);
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { runInOrder } from "#src/runner/run-in-order.js";

interface Trace {
  readonly events: string[];
  readonly most: () => number;
  readonly run: (index: number) => Promise<boolean>;
}

/** Piece `i` takes `milliseconds[i]` and succeeds unless it is `failing`. */
function trace(milliseconds: readonly number[], failing: number = -1): Trace {
  const events: string[] = [];
  let [running, most] = [0, 0];
  const run = async (index: number): Promise<boolean> => {
    events.push(`start ${index}`);
    most = Math.max(most, ++running);
    await pause(milliseconds[index]);
    running--;
    events.push(`end ${index}`);
    return index !== failing;
  };
  return { events, most: () => most, run };
}

const sets = (...lists: number[][]): ReadonlySet<number>[] => lists.map((list) => new Set(list));
const prepare = (): void => undefined;

test("pieces that wait for all before them run one after the other, however many could", async () => {
  const { events, run } = trace([5, 1, 1]);
  await runInOrder({ after: sets([], [0], [0, 1]), parallel: 4, run, prepare });
  assert.deepEqual(events, ["start 0", "end 0", "start 1", "end 1", "start 2", "end 2"]);
});

test("pieces run side by side as soon as what they wait for is done, no more than allowed", async () => {
  const { events, most, run } = trace([10, 60, 10, 10, 10]);
  await runInOrder({ after: sets([], [0], [0], [2], [1, 3]), parallel: 2, run, prepare });
  assert.equal(most(), 2);
  assert.deepEqual(events.slice(0, 4), ["start 0", "end 0", "start 1", "start 2"]);
  assert.ok(events.indexOf("end 3") < events.indexOf("end 1"));
  assert.equal(events.at(-1), "end 4");
});

test("after a failure nothing new starts and what runs is let finish", async () => {
  const { events, run } = trace([30, 5, 1, 1], 1);
  await runInOrder({ after: sets([], [], [], []), parallel: 2, run, prepare });
  assert.deepEqual(events, ["start 0", "start 1", "end 1", "end 0"]);
});

test("an error is thrown once what runs has finished", async () => {
  const { events, run } = trace([30, 0]);
  const broken = (index: number): Promise<boolean> =>
    index === 1 ? Promise.reject(new Error("broken")) : run(index);
  const done = runInOrder({ after: sets([], []), parallel: 2, run: broken, prepare });
  await assert.rejects(done, /broken/);
  assert.deepEqual(events, ["start 0", "end 0"]);
});

test("as many pieces are made ready ahead as run at once, and nothing at all is no error", async () => {
  const ready: number[] = [];
  const { run } = trace([1, 1, 1, 1]);
  const after = sets([], [0], [1], [2]);
  await runInOrder({ after, parallel: 1, run, prepare: (indices) => ready.push(indices.length) });
  assert.deepEqual(ready, [1, 1, 1, 0]);
  await runInOrder({ after: [], parallel: 1, run, prepare });
});

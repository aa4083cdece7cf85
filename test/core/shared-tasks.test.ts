import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { codeEnded } from "#src/core/code-ended.js";
import { InputError } from "#src/core/errors.js";
import type { Progress } from "#src/core/progress.js";
import { shareTasks, type TaskJob } from "#src/core/shared-tasks.js";
import { type SumInput, sumTasks } from "./sum-tasks.js";

const values = Float64Array.from({ length: 97 }, (_, i) => Math.sin(i));
const expected = Array.from({ length: 60 }, (_, task) => {
  let sum = 0;
  for (let i = 0; i <= task; i++) sum += values[i % 97]!;
  return sum;
});
const share = (input: Partial<SumInput>, options: { threads?: number; onProgress?: (p: Progress) => void }) =>
  shareTasks(sumTasks, { input: { values, ...input }, taskCount: 60, resultLength: 2, ...options });
const sums = (result: Float64Array) => [...result].filter((_, at) => at % 2 === 0);
const others = (result: Float64Array) => [...result].filter((own, at) => at % 2 === 1 && own === 0).length;
const threadsOpen = () => process.getActiveResourcesInfo().filter((name) => name === "Worker").length;

for (const threads of [1, 2, 4])
  test(`tasks on ${threads} thread(s) give the same numbers in the order of the tasks`, () => {
    const result = share({ pause: 2 }, { threads });
    assert.deepEqual(sums(result), expected);
    assert.equal(others(share({ pause: 2 }, { threads })) > 0, threads > 1);
  });

for (const threads of [1, 3])
  test(`of the tasks that fail on ${threads} thread(s), the first one's error comes out, of its own kind`, () => {
    for (let turn = 0; turn < 20; turn++)
      assert.throws(
        () => share({ failing: [31, 30, 32, 45], pause: 0.2 }, { threads }),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.equal(error.message, "sum: task must not be 30");
          return true;
        },
      );
    assert.deepEqual(sums(share({}, { threads })), expected);
  });

test("a thread that ends in the middle of a task is noticed, and the next call is as ever", () => {
  const deadly = Array.from({ length: 60 }, (_, task) => task);
  const lost = { name: "MachineError", message: /a thread must live until its task is done/ };
  assert.throws(() => share({ deadly, pause: 20 }, { threads: 2 }), lost);
  assert.deepEqual(sums(share({}, { threads: 2 })), expected);
});

test("an error out of onProgress comes out as it is, ends the work, and the next call is as ever", () => {
  const enough = new Error("enough");
  let calls = 0;
  const onProgress = () => {
    calls++;
    throw enough;
  };
  assert.throws(() => share({ pause: 5 }, { threads: 2, onProgress }), enough);
  assert.equal(calls, 1);
  assert.deepEqual(sums(share({}, { threads: 2 })), expected);
});

test("progress is told between tasks, some 200 times at most, and ends with all done", () => {
  const told: Progress[] = [];
  const taskCount = 5000;
  shareTasks(sumTasks, {
    input: { values },
    taskCount,
    resultLength: 2,
    threads: 2,
    onProgress: (progress) => told.push(progress),
  });
  assert.ok(told.length > 0 && told.length <= 201, `${told.length} calls`);
  assert.ok(told.every(({ done, total }, i) => total === taskCount && done > (told[i - 1]?.done ?? 0)));
  assert.equal(told.at(-1)?.done, taskCount);
});

test("code that is ended from outside leaves no thread at work, and the next call is as ever", () => {
  const context = vm.createContext({ work: () => share({ pause: 1000 }, { threads: 3 }) });
  assert.throws(() => vm.runInContext("work()", context, { timeout: 200 }), {
    code: "ERR_SCRIPT_EXECUTION_TIMEOUT",
  });
  codeEnded.publish(undefined);
  assert.equal(codeEnded.hasSubscribers, false);
  assert.deepEqual(sums(share({}, { threads: 2 })), expected);
});

test("a thousand calls share the same few threads and leave no memory behind", () => {
  for (let call = 0; call < 1000; call++) share({}, { threads: 3 });
  assert.ok(threadsOpen() <= 2, `${threadsOpen()} threads`);
});

test("where no other thread can begin, the calling one does all", () => {
  const lost: TaskJob<SumInput> = { module: "file:///nowhere/at-all.js", open: sumTasks.open };
  const result = shareTasks(lost, { input: { values }, taskCount: 60, resultLength: 2, threads: 2 });
  assert.deepEqual(sums(result), expected);
  assert.equal(others(result), 0);
  const alone = share({ onlyHere: true, pause: 1 }, { threads: 2 });
  assert.deepEqual([sums(alone), others(alone)], [expected, 0]);
});

test("no tasks give no numbers", () => {
  assert.equal(shareTasks(sumTasks, { input: { values }, taskCount: 0, resultLength: 2 }).length, 0);
});

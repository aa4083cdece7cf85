import assert from "node:assert/strict";
import { test } from "node:test";
import { deserialize, serialize } from "node:v8";
import { internWords } from "#src/core/intern-words.js";
import { shareTasks } from "#src/core/shared-tasks.js";
import { isInterned } from "./is-interned.js";
import { wordTasks } from "./word-tasks.js";

test("words that were put together at run time become the engine's one copy, wherever they stand", () => {
  const numbers = Float64Array.of(1, 2);
  const inner = { route: ["pl", "ain"].join("") };
  const value = { inner, again: inner, words: [["near", "est"].join(""), 3, null], numbers, none: undefined };
  assert.equal(isInterned(inner.route), false);
  const same = internWords(value);
  assert.equal(same, value);
  assert.equal(value.again, value.inner);
  assert.equal(value.numbers, numbers);
  assert.deepEqual(value, {
    inner: { route: "plain" },
    again: { route: "plain" },
    words: ["nearest", 3, null],
    numbers,
    none: undefined,
  });
  assert.ok(isInterned(inner.route) && isInterned(value.words[0]));
  assert.equal(internWords(["pl", "ain"].join("")), "plain");
});

test("a thread is told of its work in the words of the code, so that none is taken for another", () => {
  const input = { words: ["plain", "weighted"], pause: 2 };
  assert.equal(isInterned(deserialize(serialize(input)).words[0]), false);
  const found = shareTasks(wordTasks, { input, taskCount: 60, resultLength: 2, threads: 2 });
  const onThreads = Array.from({ length: 60 }, (_, task) => found.slice(2 * task, 2 * task + 2));
  const elsewhere = onThreads.filter(([isMain]) => isMain === 0);
  assert.ok(elsewhere.length > 0);
  assert.ok(elsewhere.every(([, interned]) => interned === 2));
});

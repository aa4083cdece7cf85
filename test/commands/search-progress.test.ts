import assert from "node:assert/strict";
import { test } from "node:test";
import { watchSearch } from "#src/commands/search-progress.js";

test("each stage of a search keeps a line, with the time left of the one at work", () => {
  let shown: readonly string[] = [];
  let clock = 0;
  const watch = watchSearch({ progress: (...lines) => (shown = lines), now: () => clock });
  watch({ stage: "count", done: 0, total: 200 });
  assert.deepEqual(shown, ["measuring every count             0 %"]);
  clock = 5000;
  watch({ stage: "count", done: 50, total: 200 });
  assert.deepEqual(shown, ["measuring every count             25 %, about 15 s left"]);
  watch({ stage: "count", done: 200, total: 200 });
  watch({ stage: "fence", done: 0, total: 50 });
  clock = 6000;
  watch({ stage: "fence", done: 25, total: 50 });
  assert.deepEqual(shown, [
    "measuring every count             done",
    "drawing customers anew            50 %, about 1 s left",
  ]);
});

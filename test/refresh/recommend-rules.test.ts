import assert from "node:assert/strict";
import { test } from "node:test";
import { recommendForRules } from "#src/refresh/recommend-rules.js";
import { compareSegmentMix } from "#src/refresh/segment-mix.js";

const segments = ["Often", "Rest"].map((name, i) => ({ key: `s${i + 1}`, name }));
const drift = { features: [], drifting: [], rows: { before: 1000, after: 1000 }, notes: [] };
const quiet = {
  drift,
  mix: compareSegmentMix(segments, [500, 500], [500, 500]),
  basis: ["orders"],
  age: null,
  gates: [],
};

test("rules are kept until the shares of their segments drift, they are stale, or the data cannot be what they were", () => {
  assert.deepEqual(recommendForRules(quiet), {
    word: "keep",
    reasons: ["No feature that the rules read drifted."],
  });
  const moved = recommendForRules({ ...quiet, mix: compareSegmentMix(segments, [500, 500], [700, 300]) });
  assert.equal(moved.word, "rethink");
  assert.match(moved.reasons.join(), /most of all Often: 50 % → 70 %\. Look at the rules\.$/);
  const age = { createdFor: "2026-03-31", asOf: "2026-07-31", days: 122, limit: 100, isStale: true };
  assert.deepEqual(recommendForRules({ ...quiet, age }), {
    word: "rethink",
    reasons: ["The rules were drawn 122 days ago; they last 100. Look at them, and draw them anew."],
  });
  const gate = { name: "overlap", passed: false, value: 0, limit: 0.5, reason: "Nobody is left." };
  assert.deepEqual(recommendForRules({ ...quiet, gates: [gate] }), {
    word: "rethink",
    reasons: ["Nobody is left."],
  });
});

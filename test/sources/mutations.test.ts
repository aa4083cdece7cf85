import assert from "node:assert/strict";
import { test } from "node:test";
import { checkMutations } from "./check-mutations.js";

test("of 60 damaged files every line is accounted for, or the file is refused with one sentence", async () => {
  const { files, read, refused } = await checkMutations(1, 60);
  assert.equal(read + refused, files);
  assert.ok(read > 20, `${read}`);
});

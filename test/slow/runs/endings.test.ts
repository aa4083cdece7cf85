import { test } from "node:test";
import { testEnding } from "../../runner/ended-cell.js";
import { assertFloodIsKept } from "../../runner/flooded-run.js";

testEnding({
  code: "setTimeout(() => Promise.reject(new Error('late')), 30)",
  name: "Error",
  message: /^late$/,
});
testEnding({
  code: "while (true) {}",
  name: "Timeout",
  message: /^the cell took longer than 1 s; the cell was interrupted$/,
});
testEnding({
  code: "await 1; while (true) {}",
  name: "Timeout",
  message: /^the cell took longer than 1 s; the /,
});

test("floods are complete or say what is missing: 200,000 lines, 2,000 displays, 100 MB of HTML", (context) =>
  assertFloodIsKept(context, { lines: 200_000, displays: 2000, megabytes: 100 }));

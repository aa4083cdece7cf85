import assert from "node:assert/strict";
import { test } from "node:test";
import { checkMutations } from "../../sources/check-mutations.js";

/** 10,000 for the whole. */
const asked = Number(process.env.SEGBOOK_RUNS ?? 600);

test(`of ${asked} damaged files every line is accounted for, or the file is refused, in bounded memory`, {
  timeout: 7_200_000,
}, async (context) => {
  const { files, read, refused, rowsRead, rowsKept, slowestSeconds } = await checkMutations(1000, asked);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  context.diagnostic(
    `${read} read, ${refused} refused, ${rowsRead} rows, ${rowsKept} kept, at most ${megabytes} MB and ${slowestSeconds.toFixed(1)} s`,
  );
  assert.equal(read + refused, files);
  assert.ok(read > 0.3 * asked, `${read}`);
  assert.ok(slowestSeconds < 60, `${slowestSeconds} s`);
  assert.ok(megabytes < 1000, `${megabytes} MB`);
});

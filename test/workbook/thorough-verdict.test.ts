import assert from "node:assert/strict";
import { test } from "node:test";
import { findSegments } from "#src/workbook/find-segments.js";
import { drawTriangle } from "../verdict/sets.js";

test("a thorough search has twice the copies behind its verdict, and says twice the refits", () => {
  const wishes = { counts: [2, 3], starts: 5, seed: 1, whenNothingReliable: "constructive" } as const;
  const rows = drawTriangle(150, 1, 7);
  const [usual, thorough] = [false, true].map(
    (isThorough) => findSegments(rows, { ...wishes, thorough: isThorough }).judgement!,
  );
  const drawn = ({ separations, solutions }: NonNullable<typeof usual>): unknown => ({
    copies: separations[0]!.null.copies,
    stabilityCopies: solutions[0]!.segments[0]!.jaccardNull!.copies,
    refits: solutions[0]!.segments[0]!.reason.match(/in (\d+) refits/)?.[1],
  });
  assert.deepEqual(drawn(usual!), { copies: 99, stabilityCopies: 39, refits: "50" });
  assert.deepEqual(drawn(thorough!), { copies: 199, stabilityCopies: 79, refits: "100" });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClusterCountChoice } from "#src/validity/choose-cluster-count.js";
import type { Judgement } from "#src/verdict/judgement.js";
import { decideCount } from "#src/workbook/decide-count.js";

const choice = {
  rows: [2, 3, 4].map((count) => ({ count, instability: count === 4 ? 0.01 : 0.2 })),
} as unknown as ClusterCountChoice;
const judged = (count: number) =>
  ({ recommendedCount: count, bestCounts: { plain: count }, reason: "So it is." }) as unknown as Judgement;
const wishes = { counts: [1, 4], whenNothingReliable: "constructive", isWeighted: true } as const;
const formerCentres = [[0], [1], [2]];

test("where nothing separates the customers, a refresh cuts them into as many as before", () => {
  assert.equal(decideCount(choice, judged(1), wishes).clusterCount, 4);
  const again = decideCount(choice, judged(1), { ...wishes, formerCentres });
  assert.deepEqual(again, {
    clusterCount: 3,
    countReason: "So it is. Shown is a cut into 3, as many as before.",
  });
});

test("what stands apart, what the analyst asks for and the wish for one segment go before the former count", () => {
  assert.equal(decideCount(choice, judged(2), { ...wishes, formerCentres }).clusterCount, 2);
  assert.equal(decideCount(choice, judged(1), { ...wishes, formerCentres, clusterCount: 4 }).clusterCount, 4);
  const one = { ...wishes, formerCentres, whenNothingReliable: "one" } as const;
  assert.equal(decideCount(choice, judged(1), one).clusterCount, 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOf } from "#src/core/matrix.js";
import type { Progress } from "#src/core/progress.js";
import { judgeSegments } from "#src/verdict/judge-segments.js";
import type { Judgement } from "#src/verdict/judgement.js";
import { shuffleRows } from "../cluster/matrices.js";
import { drawContinuum, drawRing, drawRows, drawTriangle } from "./sets.js";

const counts = [2, 4] as const;
const triangle = drawTriangle(240, 1, 7);
const judged = judgeSegments(triangle, { seed: 1, counts, threads: 1, shown: [2] });

test("three far groups are natural, and a cut into two is natural but divides further", () => {
  assert.equal(judged.recommendedCount, 3);
  assert.equal(judged.verdict, "natural");
  const [three, two] = judged.solutions;
  assert.deepEqual(
    three!.segments.map(({ verdict, size }) => [verdict, size]),
    [
      ["natural", 80],
      ["natural", 80],
      ["natural", 80],
    ],
  );
  assert.ok(three!.labels.every((label, row) => label === three!.labels[row % 3]!));
  assert.equal(three!.naturalParts, 3);
  assert.equal(three!.mergeFirst, null);
  assert.equal(two!.count, 2);
  for (const { separationP, pairs } of judged.solutions)
    assert.ok(separationP <= 0.05 && pairs.every(({ open }) => open));
});

test("a reason names the figures that the result holds", () => {
  const own = judged.separations.find(({ count, route }) => count === 3 && route === "plain")!;
  assert.match(
    judged.reason,
    /^3 segments: between any two there are at most .+ % as many customers as at the lower of their peaks;/,
  );
  assert.ok(judged.reason.includes(`p = ${own.pValue}`), judged.reason);
  for (const { reason, jaccard } of judged.solutions[0]!.segments)
    assert.ok(reason.includes(`${jaccard.toFixed(2)} in 50 refits`), reason);
});

test("neither the order of the rows nor the number of threads changes anything", () => {
  const { matrix, order } = shuffleRows(triangle, 9);
  const again = judgeSegments(matrix, { seed: 1, counts, threads: 2, shown: [2] });
  const inOrder = again.solutions.map((solution) => ({
    ...solution,
    labels: Int32Array.from(order.keys(), (row) => solution.labels[order.indexOf(row)]!),
  }));
  assert.deepEqual({ ...again, solutions: inOrder }, judged);
});

test("one long cloud is one group, and its slices are never natural", () => {
  const cloud = judgeSegments(drawContinuum(240, 2), { seed: 1, counts, shown: [3] });
  assert.equal(cloud.recommendedCount, 1);
  assert.equal(cloud.verdict, "no-reliable-segments");
  assert.match(cloud.reason, /one continuum/);
  const [three] = cloud.solutions;
  assert.ok(three!.segments.every(({ verdict }) => verdict !== "natural"));
  assert.equal(three!.naturalParts, 1);
});

test("answers on five steps are held against a smaller p, for steps alone can look like gaps", () => {
  const answer = (value: number) => Math.max(1, Math.min(5, Math.round(3 + value)));
  const groups = drawRows(400, 6, (random, row) =>
    Array.from({ length: 6 }, (_, j) => answer((j % 3 === row % 3 ? 1.6 : -0.8) + 0.6 * random.normal())),
  );
  const judgedGroups = judgeSegments(groups, { seed: 1, counts });
  assert.deepEqual([judgedGroups.recommendedCount, judgedGroups.significance], [3, 0.02]);
  const cloud = drawRows(240, 6, (random) => {
    const trait = random.normal();
    return Array.from({ length: 6 }, () => answer(0.8 * trait + 0.6 * random.normal()));
  });
  const judgedCloud = judgeSegments(cloud, { seed: 1, counts });
  assert.equal(judgedCloud.recommendedCount, 1);
  assert.match(judgedCloud.reason, /0\.02 is the limit/);
  assert.equal(judged.significance, 0.05);
});

test("a ring is one group, and a warning says why", () => {
  const ring = judgeSegments(drawRing(300, 3), { seed: 1, counts: [2, 3], shown: [2] });
  assert.equal(ring.recommendedCount, 1);
  assert.ok(ring.solutions[0]!.pairs[0]!.valley < 0.6);
  assert.ok(ring.solutions[0]!.pairs[0]!.joinedAround);
  assert.ok(ring.notes.some((note) => note.includes("ring")));
  assert.match(ring.solutions[0]!.segments[0]!.warnings[0]!, /way around it, as in a ring/);
});

test("a true group stays natural in a cut too fine, and the advice is to merge the others", () => {
  const matrix = drawRows(240, 4, (random, row) => {
    const trait = 2 * random.normal();
    const noise = () => 0.5 * random.normal();
    return row < 90 ? [9 + noise(), -9 + noise()] : [trait + noise(), trait + noise()];
  });
  const mixed = judgeSegments(matrix, { seed: 1, counts: [2, 4], shown: [3] });
  assert.equal(mixed.recommendedCount, 2);
  const three = mixed.solutions.find(({ count }) => count === 3)!;
  const round = three.labels[0]!;
  assert.equal(three.verdict, "partly-natural");
  assert.ok(three.segments.every(({ verdict, cluster }) => (verdict === "natural") === (cluster === round)));
  assert.equal(three.naturalParts, 2);
  assert.ok(three.mergeFirst!.a !== round && three.mergeFirst!.b !== round);
  assert.match(three.mergeFirst!.sentence, /read them as one group cut in two/);
  assert.ok(three.mergeFirst!.loss > 0 && three.mergeFirst!.loss < 0.2);
});

test("labels of the caller's are judged as they are, rows in no segment left out", () => {
  const labels = Array.from({ length: 240 }, (_, row) => (row < 12 ? -1 : (row + 1) % 3));
  const own = judgeSegments(triangle, { seed: 1, counts: [2, 3], shown: [labels] });
  const solution = own.solutions.at(-1)!;
  assert.deepEqual(Array.from(solution.labels), labels);
  assert.deepEqual(
    solution.segments.map(({ size }) => size),
    [76, 76, 76],
  );
  assert.ok(solution.segments.every(({ verdict }) => verdict === "natural"));
});

test("the plain route keeps what a column weighs in the matrix as given", () => {
  const weighed = (weight: number) =>
    matrixOf({
      a: Array.from({ length: 120 }, (_, i) => (i % 2) * 3 + (i % 7) / 7),
      b: Array.from({ length: 120 }, (_, i) => weight * (Math.floor(i / 60) * 3 + (i % 11) / 11)),
    });
  const labelsOf = (judgement: Judgement) =>
    judgement.solutions.find(({ route }) => route === "plain")!.labels;
  const first = labelsOf(judgeSegments(weighed(0.1), { seed: 1, counts: [2, 2], shown: [2] }));
  const second = labelsOf(judgeSegments(weighed(10), { seed: 1, counts: [2, 2], shown: [2] }));
  assert.ok(first.every((label, row) => label === first[row % 2]));
  assert.ok(second.every((label, row) => label === second[Math.floor(row / 60) * 60]));
});

test("progress grows to its end, and an error in it ends the work", () => {
  const told: Progress[] = [];
  const small = drawTriangle(60, 1, 7);
  judgeSegments(small, { seed: 1, counts: [2, 2], onProgress: (progress) => told.push(progress) });
  assert.ok(told.every(({ done, total }, i) => done >= (told[i - 1]?.done ?? 0) && total === told[0]!.total));
  assert.equal(told.at(-1)!.done, told.at(-1)!.total);
  assert.throws(
    () =>
      judgeSegments(small, {
        seed: 1,
        counts: [2, 2],
        onProgress: () => {
          throw new Error("stopped");
        },
      }),
    /stopped/,
  );
});

test("rules on sample size come with the strictest failed one first", () => {
  const [first, second] = judged.sampleSize;
  assert.deepEqual(
    [first!.rule, first!.needed, first!.met, second!.met],
    ["100 rows per column", 300, false, true],
  );
});

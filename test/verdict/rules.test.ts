import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import type { Route } from "#src/kmeans/fit-route.js";
import type { CountSeparation, JudgedSolution, PairJudgement } from "#src/verdict/judgement.js";
import { findParts } from "#src/verdict/merge-advice.js";
import { recommendCount } from "#src/verdict/recommend-count.js";
import { recommendStable } from "#src/verdict/recommend-stable.js";
import { bandOf, separationPValues } from "#src/verdict/separation.js";
import { setAtomsAside } from "#src/verdict/set-atoms-aside.js";
import { smallestSegment } from "#src/verdict/valley-limits.js";
import {
  isBorderline,
  type SegmentEvidence,
  segmentVerdict,
  separationSignificance,
  solutionVerdict,
} from "#src/verdict/verdict-rules.js";

const separate: SegmentEvidence = {
  groupsExist: true,
  isSeparate: true,
  isLargeEnough: true,
  jaccard: 0.9,
  stabilityP: 0.5,
};

test("stability takes the word natural away, and never gives it", () => {
  assert.equal(segmentVerdict(separate), "natural");
  assert.equal(segmentVerdict({ ...separate, jaccard: 0.7 }), "not-supported");
  assert.equal(segmentVerdict({ ...separate, jaccard: 0.7, stabilityP: 0.05 }), "natural");
  assert.equal(segmentVerdict({ ...separate, jaccard: 0.59, stabilityP: 0.05 }), "not-supported");
  assert.equal(segmentVerdict({ ...separate, isSeparate: false, jaccard: 1 }), "constructive");
  assert.equal(segmentVerdict({ ...separate, groupsExist: false, stabilityP: 0.025 }), "reproducible");
  assert.equal(segmentVerdict({ ...separate, isLargeEnough: false }), "not-supported");
});

test("an overlap within 0.03 of the limit that counts is borderline", () => {
  assert.ok(isBorderline({ ...separate, jaccard: 0.77 }));
  assert.ok(!isBorderline({ ...separate, jaccard: 0.79 }));
  // Where copies seldom do as well, 0.60 is the limit of a separate segment.
  assert.ok(!isBorderline({ ...separate, jaccard: 0.77, stabilityP: 0.025 }));
  assert.ok(isBorderline({ ...separate, jaccard: 0.62, stabilityP: 0.025 }));
});

test("the whole is natural only where its own count parts further than copies", () => {
  const all = [
    { verdict: "natural", size: 60 },
    { verdict: "natural", size: 40 },
  ] as const;
  assert.equal(solutionVerdict(all, { partsFurther: true, rowCount: 100 }), "natural");
  assert.equal(solutionVerdict(all, { partsFurther: false, rowCount: 100 }), "partly-natural");
  const half = [
    { verdict: "constructive", size: 50 },
    { verdict: "not-supported", size: 50 },
  ] as const;
  assert.equal(solutionVerdict(half, { partsFurther: false, rowCount: 100 }), "constructive");
  assert.equal(solutionVerdict(half, { partsFurther: false, rowCount: 101 }), "no-reliable-segments");
});

test("where every column has an atom, a gap must be rarer than elsewhere", () => {
  assert.equal(separationSignificance([false, true]), 0.05);
  assert.equal(separationSignificance([false, false]), 0.02);
});

test("p-values of two tries by hand", () => {
  // First try: mean of 0.2, 1, 1, 1 is 0.8, deviation 0.4: the rows lie 1.5 below it, the copies 0.5 above.
  // Second try: all 1, deviation held at 0.04: everything lies at 0. No copy reaches 1.5; all reach 0.
  const ones = Float64Array.of(1, 1, 1);
  const tried = [
    { own: 0.2, copies: ones },
    { own: 1, copies: ones },
  ];
  assert.deepEqual(separationPValues(tried, []), [1 / 4, 1]);
  assert.deepEqual(separationPValues(tried, [{ own: 0.3, copies: ones }])[2], 1 / 4);
  assert.deepEqual(bandOf({ own: 0.5, copies: Float64Array.of(0.4, 0.6, 0.8) }), {
    low: 0.42000000000000004,
    median: 0.6,
    high: 0.78,
    percentile: 1 / 3,
    copies: 3,
    sorted: [0.4, 0.6, 0.8],
  });
});

const separation = (count: number, route: Route, pValue: number, everyPairOpen = true): CountSeparation => ({
  count,
  route,
  pValue,
  partsFurther: pValue <= 0.05,
  everyPairOpen,
  worstValley: 0.5,
  null: { low: 0, median: 0, high: 1, percentile: 0, copies: 99, sorted: [] },
});

test("the largest count that holds is recommended, on the plain route where both come to it", () => {
  const both = [separation(2, "plain", 0.01), separation(3, "plain", 0.01), separation(3, "weighted", 0.01)];
  assert.deepEqual(recommendCount(both), {
    count: 3,
    route: "plain",
    bestCounts: { plain: 3, weighted: 3 },
    passedOver: [],
  });
  const weighted = [...both, separation(4, "weighted", 0.05), separation(5, "plain", 0.01, false)];
  assert.equal(recommendCount(weighted).route, "weighted");
  assert.equal(recommendCount(weighted).count, 4);
  assert.equal(recommendCount([separation(2, "plain", 0.06)]).count, 1);
});

test("a count of which a segment may be a saddle gives way to the next that is natural; where none is, the largest stays", () => {
  const open = [
    separation(3, "plain", 0.01),
    separation(3, "weighted", 0.01),
    separation(4, "weighted", 0.01),
  ];
  const judged: string[] = [];
  let depth = 0.6;
  const judgeWith = (overlaps: Readonly<Record<string, number>>) => (count: number, route: Route) => {
    judged.push(`${count} ${route}`);
    const segments = [0.9, overlaps[`${count} ${route}`] ?? 0.9].map((jaccard, cluster) => ({
      cluster,
      jaccard,
      worstValley: depth,
      verdict: jaccard < 0.6 ? "not-supported" : "natural",
    }));
    const verdict = segments.every(({ jaccard }) => jaccard >= 0.6) ? "natural" : "partly-natural";
    return {
      count,
      route,
      segments,
      verdict,
      pairs: [{ a: 0, b: 1, valley: 0.4 }],
    } as unknown as JudgedSolution;
  };
  const { recommended, solution } = recommendStable(open, judgeWith({ "4 weighted": 0.55 }));
  assert.deepEqual(recommended, {
    count: 3,
    route: "plain",
    bestCounts: { plain: 3, weighted: 3 },
    passedOver: [{ count: 4, why: "instability" }],
  });
  assert.equal(solution!.count, 3);
  assert.deepEqual(judged.splice(0), ["4 weighted", "3 plain"]);
  assert.equal(recommendStable(open, judgeWith({ "4 weighted": 0.6 })).recommended.count, 4);
  const shaky = { "4 weighted": 0.2, "3 plain": 0.55 };
  assert.equal(recommendStable(open, judgeWith(shaky)).recommended.route, "weighted");
  assert.equal(recommendStable(open, judgeWith(shaky)).recommended.count, 3);
  const none = { "4 weighted": 0.2, "3 plain": 0.2, "3 weighted": 0.2 };
  assert.equal(recommendStable(open, judgeWith(none)).recommended.count, 4);
  assert.equal(recommendStable([separation(2, "plain", 0.5)], judgeWith({})).solution, undefined);
  // A gap as deep as this is no saddle's.
  depth = 0.5;
  assert.equal(recommendStable(open, judgeWith({ "4 weighted": 0.2 })).recommended.count, 4);
});

test("a count of which a segment has shallow gaps only gives way to a smaller one that has deep gaps only", () => {
  const open = [separation(3, "plain", 0.01), separation(4, "plain", 0.01), separation(4, "weighted", 0.01)];
  // Segment 3 of the four lies between the others.
  const judgeWith = (smaller: number, own: number) => (count: number, route: Route) => {
    const segments = Array.from({ length: count }, (_, cluster) => ({ cluster, verdict: "natural" }));
    const pairs = segments.flatMap(({ cluster: a }) =>
      segments
        .slice(a + 1)
        .map(({ cluster: b }) => ({ a, b, valley: count === 3 ? smaller : b === 3 ? own : 0.2 })),
    );
    return { count, route, segments, pairs, verdict: "natural" } as unknown as JudgedSolution;
  };
  const { recommended, solution } = recommendStable(open, judgeWith(0.5, 0.6));
  assert.equal(solution!.count, 3);
  assert.deepEqual([recommended.count, recommended.route], [3, "plain"]);
  assert.deepEqual(recommended.passedOver, [{ count: 4, why: "shallow gaps" }]);
  assert.equal(recommendStable(open, judgeWith(0.51, 0.6)).recommended.count, 4);
  assert.equal(recommendStable(open, judgeWith(0.5, 0.5)).recommended.count, 4);
});

test("segments that closed pairs join through others are one part", () => {
  const pair = (a: number, b: number, open: boolean): PairJudgement => ({
    a,
    b,
    open,
    valley: 1,
    limit: 0.8,
    joinedAround: false,
  });
  assert.deepEqual(
    findParts([pair(0, 1, true), pair(0, 2, false), pair(2, 3, false), pair(1, 3, true)], 4),
    [0, 1, 0, 0],
  );
});

test("a segment needs 20 rows, or 2 % of all", () => {
  assert.equal(smallestSegment(500), 20);
  assert.equal(smallestSegment(4000), 80);
});

test("an atom at the end moves into the half beside it, ties are spread, everything else stays", () => {
  const column = Float64Array.of(0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7.5, 7.5);
  const aside = setAtomsAside(column, createRandom(1));
  for (const value of aside.subarray(0, 4)) assert.ok(value >= 0.5 && value <= 4.5, `${value}`);
  assert.deepEqual(Array.from(aside.subarray(8, 10)), [5, 6]);
  for (const value of aside.subarray(10)) assert.ok(value >= 6.75 && value <= 8.25, `${value}`);
  const plain = Float64Array.of(3, 1, 2);
  assert.equal(setAtomsAside(plain, createRandom(1)), plain);
  assert.deepEqual(setAtomsAside(Float64Array.of(1, 2, 1, 2), createRandom(1)), new Float64Array(4));
});

test("an atom amid a continuum moves into the half around it; steps of a scale stay where they are", () => {
  // 20 other values, 1 to 20, two of them below the atom: the half around it is 1 to 10.
  const others = Array.from({ length: 20 }, (_, i) => i + 1);
  const amid = Float64Array.from([...others, ...new Array<number>(12).fill(2.5)]);
  const moved = setAtomsAside(amid, createRandom(1)).subarray(20);
  for (const value of moved) assert.ok(value >= 0.5 && value <= 10.5, `${value}`);
  assert.ok(new Set(moved).size === 12 && Math.max(...moved) > 6);
  const scale = Float64Array.from({ length: 50 }, (_, i) => 1 + (i % 5));
  const spread = setAtomsAside(scale, createRandom(1));
  for (const [i, step] of scale.entries())
    if (step === 2 || step === 3 || step === 4) assert.ok(Math.abs(spread[i]! - step) <= 0.5);
});

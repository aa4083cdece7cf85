import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { assignWithinLimits } from "#src/kmeans/assign-within-limits.js";
import { type LimitProblem, squaredDistance } from "#src/kmeans/limit-problem.js";
import { openPricedRows, type PricedRows } from "#src/kmeans/priced-rows.js";

interface AssignmentCase {
  readonly rows: number[][];
  readonly centres: number[][];
  readonly least: number;
  readonly most: number;
  readonly cost: number;
}

const reference = JSON.parse(readFileSync("test/reference/constrained-kmeans.json", "utf8")) as {
  assignments: AssignmentCase[];
};

function problemOf(given: Omit<AssignmentCase, "cost">): LimitProblem {
  const pad = (row: number[]) => [...row, 0, 0, 0, 0].slice(0, 4);
  return {
    points: Float32Array.from(given.rows.flatMap(pad)),
    rowCount: given.rows.length,
    stride: 4,
    centres: Float32Array.from(given.centres.flatMap(pad)),
    clusterCount: given.centres.length,
    least: given.least,
    most: given.most,
  };
}

function solve(problem: LimitProblem, rows: PricedRows = openPricedRows(problem)) {
  assignWithinLimits(problem, rows);
  const { labels, prices } = rows;
  const sizes = Array.from(prices, (_, cluster) => labels.filter((label) => label === cluster).length);
  const cost = labels.reduce((sum, label, i) => sum + squaredDistance(problem, i, label), 0);
  return { labels, sizes, cost, prices };
}

test("an assignment worked by hand: the row that costs least to move makes way", () => {
  // Rows 0, 1, 3 are nearest to 0. One must go to 10: 100 − 0, 81 − 1 or 49 − 9, so row 3 goes; 0 + 1 + 49 + 1.
  const problem = problemOf({ rows: [[0], [1], [3], [9]], centres: [[0], [10]], least: 2, most: 2 });
  const { labels, cost } = solve(problem);
  assert.deepEqual([...labels], [0, 0, 1, 1]);
  assert.equal(cost, 51);
});

test("a row makes way through a third cluster where that is cheaper", () => {
  // 0 and 4 go to 0, 9 to 8. Straight from 0 to 20, row 4 would cost 256 − 16; 4 to 8 and 9 to 20: 16 − 16 + 121 − 1.
  const problem = problemOf({ rows: [[0], [4], [9]], centres: [[0], [8], [20]], least: 1, most: 1 });
  assert.deepEqual([...solve(problem).labels], [0, 1, 2]);
});

test("60 assignments cost what a minimum-cost flow of OR-Tools costs, and keep the limits", () => {
  for (const given of reference.assignments) {
    const { sizes, cost } = solve(problemOf(given));
    assert.equal(cost, given.cost);
    assert.ok(sizes.every((size) => size >= given.least && size <= given.most));
  }
});

test("labels and prices of other centres, or wild prices, change the way but not the cost", () => {
  const random = createRandom(3);
  for (const given of reference.assignments) {
    const problem = problemOf(given);
    const rows = openPricedRows(problem);
    for (const nudge of [300, 30, 3, 0]) {
      const centres = problem.centres.map((value) => value + Math.round(random.normal() * nudge));
      solve({ ...problem, centres }, rows);
    }
    assert.equal(solve(problem, rows).cost, given.cost);
    for (let cluster = 0; cluster < problem.clusterCount; cluster++)
      rows.prices[cluster] = Math.floor(random.normal() * 1e6);
    assert.equal(solve(problem, rows).cost, given.cost);
  }
});

test("the prices that are left prove the optimum: no row would rather be elsewhere, only full clusters charge", () => {
  const random = createRandom(5);
  for (let round = 0; round < 5; round++) {
    const rows = Array.from({ length: 5000 }, () =>
      [0, 1, 2].map(() => Math.round(random.normal() * 2 ** 20)),
    );
    const problem = problemOf({ rows, centres: rows.slice(0, 7), least: 650 + 10 * round, most: 760 });
    const { labels, sizes, prices } = solve(problem);
    labels.forEach((label, i) => {
      const own = squaredDistance(problem, i, label) + prices[label]!;
      for (let other = 0; other < 7; other++)
        assert.ok(own <= squaredDistance(problem, i, other) + prices[other]!);
    });
    sizes.forEach((size, cluster) => {
      if (prices[cluster]! > 0) assert.equal(size, problem.most);
      if (prices[cluster]! < 0) assert.equal(size, problem.least);
    });
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { decomposeMigration } from "#src/refresh/decompose-migration.js";
import { countInBins, freezeBins } from "#src/refresh/frozen-bins.js";
import { holdAssignments } from "#src/refresh/hold-assignments.js";
import { matchSegments } from "#src/refresh/match-segments.js";
import { migrationTable } from "#src/refresh/migration-table.js";
import { populationStabilityIndex } from "#src/refresh/population-stability-index.js";
import { stuartMaxwell } from "#src/refresh/stuart-maxwell.js";
import { twoSampleDistance } from "#src/refresh/two-sample-distance.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly distance: { before: number[]; after: number[]; ks: number; pValue: number; wasserstein: number };
  readonly psi: { before: number[]; after: number[]; value: number; limit: number; pValue: number };
  readonly stuart: { counts: number[][]; statistic: number; df: number; pValue: number };
  readonly match: { table: number[][]; origins: number[] };
}
const reference = referenceNumbers<Reference>("refresh");

function near(ours: number, theirs: number): void {
  assert.ok(Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs), `${ours} instead of ${theirs}`);
}

/** Common customers from a table of counts: rows before, columns after; the last of each stands for none. */
function customersOf(table: readonly (readonly number[])[], none = false) {
  const [before, after]: [number[], number[]] = [[], []];
  const limit = (index: number, count: number) => (none && index === count - 1 ? -1 : index);
  for (const [a, row] of table.entries())
    for (const [b, count] of row.entries())
      for (let i = 0; i < count; i++) {
        before.push(limit(a, table.length));
        after.push(limit(b, row.length));
      }
  const less = none ? 1 : 0;
  return { before, after, beforeCount: table.length - less, afterCount: table[0]!.length - less };
}

const statuses = (table: readonly (readonly number[])[], none = false) => {
  const { segments, former } = matchSegments(customersOf(table, none));
  return [segments.map(({ status }) => status), former.map(({ status }) => status)];
};

test("distances, stability index and marginal homogeneity are those of SciPy and statsmodels", () => {
  const { distance, psi, stuart } = reference;
  const found = twoSampleDistance(distance.before, distance.after);
  near(found.kolmogorovSmirnov, distance.ks);
  near(found.pValue, distance.pValue);
  near(found.wasserstein, distance.wasserstein);
  const index = populationStabilityIndex(psi.before, psi.after);
  near(index.value, psi.value);
  near(index.noDriftLimit, psi.limit);
  near(index.pValue, psi.pValue);
  const homogeneity = stuartMaxwell(stuart.counts);
  near(homogeneity.statistic, stuart.statistic);
  near(homogeneity.pValue, stuart.pValue);
  // Stuart (1955) and Agresti (2002), section 10.3.2: 11.96 with 3 degrees of freedom.
  assert.equal(homogeneity.statistic.toFixed(2), "11.96");
});

test("the index stays below its limit in about 95 of 100 draws without drift", () => {
  const random = createRandom(3);
  let above = 0;
  for (let draw = 0; draw < 400; draw++) {
    const { cuts, counts } = freezeBins(Array.from({ length: 2000 }, () => random.normal()));
    const now = countInBins(
      cuts,
      Array.from({ length: 1500 }, () => random.normal()),
    );
    const { value, noDriftLimit } = populationStabilityIndex(counts, now);
    if (value > noDriftLimit) above++;
  }
  assert.ok(above >= 8 && above <= 34, `${above} of 400`);
});

test("segments are matched as SciPy's linear_sum_assignment matches them", () => {
  const { table, origins } = reference.match;
  const random = createRandom(1);
  const customers = customersOf(table);
  const { segments } = matchSegments(
    { ...customers, centreDistance: () => random.next() },
    { drifted: 0.01, continued: 0.01 },
  );
  assert.deepEqual(
    segments.map(({ keeps }) => keeps),
    origins,
  );
});

test("segments continue, drift, split, merge, are born and die", () => {
  assert.deepEqual(
    statuses([
      [90, 5],
      [5, 90],
    ]),
    [
      ["continued", "continued"],
      ["continued", "continued"],
    ],
  );
  assert.deepEqual(
    statuses([
      [60, 40],
      [0, 300],
    ]),
    [
      ["drifted", "continued"],
      ["drifted", "continued"],
    ],
  );
  // One falls into two halves, and into 60 and 40.
  assert.deepEqual(
    statuses([
      [48, 52, 0],
      [0, 0, 80],
    ]),
    [
      ["split", "split", "continued"],
      ["split", "continued"],
    ],
  );
  assert.deepEqual(
    statuses([
      [60, 40, 0],
      [0, 0, 80],
    ]),
    [
      ["split", "split", "continued"],
      ["split", "continued"],
    ],
  );
  // Two become one; a large one that takes in a small one goes on.
  assert.deepEqual(
    statuses([
      [50, 0],
      [60, 0],
      [0, 70],
    ]),
    [
      ["merged", "continued"],
      ["merged", "merged", "continued"],
    ],
  );
  assert.deepEqual(
    statuses([
      [900, 0],
      [100, 0],
      [0, 70],
    ]),
    [
      ["continued", "continued"],
      ["continued", "died", "continued"],
    ],
  );
  // Customers of all segments make a new one; the customers of one scatter over all.
  assert.deepEqual(
    statuses([
      [90, 0, 10],
      [0, 90, 10],
    ]),
    [
      ["continued", "continued", "born"],
      ["continued", "continued"],
    ],
  );
  assert.deepEqual(
    statuses([
      [90, 0],
      [0, 90],
      [9, 9],
    ]),
    [
      ["continued", "continued"],
      ["continued", "continued", "died"],
    ],
  );
  // A segment of newcomers only has no common customer; customers may come from no segment, or go to none.
  assert.deepEqual(
    statuses(
      [
        [90, 0, 0],
        [0, 0, 0],
      ],
      true,
    ),
    [["continued", "born"], ["continued"]],
  );
  assert.deepEqual(
    statuses(
      [
        [30, 70],
        [0, 0],
      ],
      true,
    ),
    [["born"], ["died"]],
  );
});

test("where overlaps are equal the nearer centres belong together, and no common customer is no match", () => {
  const customers = customersOf([
    [20, 20],
    [20, 20],
  ]);
  const keptWhere = (isNear: (a: number, b: number) => boolean) =>
    matchSegments(
      { ...customers, centreDistance: (a, b) => (isNear(a, b) ? 0.1 : 5) },
      { drifted: 0.3, continued: 0.3 },
    ).segments.map(({ keeps }) => keeps);
  assert.deepEqual(
    keptWhere((a, b) => a === b),
    [0, 1],
  );
  assert.deepEqual(
    keptWhere((a, b) => a !== b),
    [1, 0],
  );
  const nobody = matchSegments({ before: [], after: [], beforeCount: 2, afterCount: 1 });
  assert.deepEqual(
    nobody.segments.map(({ status, keeps }) => [status, keeps]),
    [["born", null]],
  );
  assert.deepEqual(
    nobody.former.map(({ status }) => status),
    ["died", "died"],
  );
});

const segments = [
  { key: "s1", name: "Champions" },
  { key: "s2", name: "Sleepers" },
];

test("migration counts movers, newcomers and the lapsed, and net flows add up to nothing but the unassigned", () => {
  const table = migrationTable(
    { keys: ["a", "b", "c", "d", "e"], labels: [0, 0, 1, 1, -1], segments },
    {
      keys: ["a", "b", "c", "e", "f"],
      labels: [0, 1, 1, 0, 1],
      segments: [segments[1]!, segments[0]!].reverse(),
    },
  );
  assert.deepEqual(table.counts, [
    [1, 1, 0, 0],
    [0, 1, 0, 1],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ]);
  assert.deepEqual([table.common, table.arrived, table.lapsed, table.stayers], [4, 1, 1, 0.5]);
  assert.deepEqual(
    table.netFlows.map(({ net }) => net),
    [0, 1],
  );
  assert.equal(table.test!.degreesOfFreedom, 1);
  assert.throws(
    () => migrationTable({ keys: ["a", "a"], labels: [0, 0], segments }, { keys: [], labels: [], segments }),
    /keys before must differ/,
  );
});

test("the parts of a change add up to it, and each alone gets all of its own change", () => {
  const same = (list: readonly string[]) => ({ oldDefinition: list, newDefinition: list });
  const none = same([]);
  const grown = decomposeMigration(
    {
      commonOldData: same(["s1", "s1", "s2"]),
      commonNewData: same(["s1", "s2", "s2"]),
      lapsed: none,
      arrived: none,
    },
    ["s1", "s2"],
  );
  assert.deepEqual(
    grown.map(({ change, customersChanged, definitionChanged, baseChanged }) => [
      change,
      customersChanged,
      definitionChanged,
      baseChanged,
    ]),
    [
      [-1, -1, 0, 0],
      [1, 1, 0, 0],
    ],
  );
  const random = createRandom(5);
  const draw = (size: number) => {
    const keys = () => Array.from({ length: size }, () => ["s1", "s2", "s3", null][random.below(4)]!);
    return {
      oldDefinition: keys(),
      newDefinition: keys(),
      amounts: Array.from({ length: size }, () => random.below(1000)),
    };
  };
  const parts = decomposeMigration(
    { commonOldData: draw(50), commonNewData: draw(50), lapsed: draw(20), arrived: draw(30) },
    ["s1", "s2", "s3"],
  );
  for (const { before, after, change, ...part } of parts) {
    assert.equal(change, after - before);
    const sum = part.customersChanged + part.definitionChanged + part.baseChanged;
    assert.equal(sum, change);
  }
});

test("customers on a border are held until the margin is clear or they are asked twice", () => {
  const found = holdAssignments(
    {
      held: ["s1", "s1", "s1", null, "s9", "s2"],
      lastNearest: ["s1", "s1", "s2", null, "s9", "s2"],
      nearest: ["s2", "s2", "s2", "s2", "s2", "s2"],
      margins: [0.01, 0.2, 0.01, 0.01, 0.01, 0.01],
    },
    0.05,
    new Set(["s1", "s2"]),
  );
  assert.deepEqual(found.segments, ["s1", "s2", "s2", "s2", "s2", "s2"]);
  assert.deepEqual([...found.isHeld], [1, 0, 0, 0, 0, 0]);
  assert.deepEqual([found.moves, found.heldBack], [4, 1]);
  assert.equal(
    holdAssignments({ held: ["s1"], lastNearest: [null], nearest: ["s2"], margins: [0] }, 0, new Set(["s1"]))
      .heldBack,
    0,
  );
});

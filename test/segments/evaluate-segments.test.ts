import assert from "node:assert/strict";
import { test } from "node:test";
import { type EvaluationOptions, evaluateSegments } from "#src/segments/evaluate-segments.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import { numberColumn, tableOf } from "../customer-tables.js";

/** 60, 30 and 10 customers who spend 1, 4 and 10 each. */
const sizes = [60, 30, 10];
const labels = sizes.flatMap((size, label) => Array.from({ length: size }, () => label));
const profile = profileSegments(
  tableOf(
    numberColumn(
      "spend",
      labels.map((label) => [1, 4, 10][label]!),
    ),
  ),
  labels,
  { segments: sizes.map((_, j) => ({ key: `s${j + 1}`, name: `S${j + 1}` })), moneyFeature: "spend" },
);
const fit = (ratings: Readonly<Record<string, number>>) =>
  ({ name: "Match", side: "fit", weight: 1, measure: "asked", ratings }) as const;
const usual: EvaluationOptions = {
  seed: 3,
  knockOuts: [{ name: "Large enough", measure: "size", least: 20 }],
  criteria: [
    { name: "Customers", side: "attractiveness", weight: 1, measure: "share" },
    { name: "Revenue a head", side: "attractiveness", weight: 3, measure: "revenue-per-customer" },
    fit({ s1: 5, s2: 10, s3: 10 }),
  ],
};

test("by hand: knock-outs take a segment out, ratings are weighted, the rank is of the product", () => {
  const { segments } = evaluateSegments(profile, usual);
  assert.deepEqual(
    segments.map(({ standing, rank }) => [standing, rank]),
    [
      ["in", 2],
      ["in", 1],
      ["out", null],
    ],
  );
  // Second: customers 30/60 of 10 = 5, revenue a head 4/10 of 10 = 4: (1 · 5 + 3 · 4) / 4 = 4.25.
  assert.deepEqual([segments[1]!.attractiveness, segments[1]!.fit, segments[1]!.score], [4.25, 10, 4.25]);
  assert.equal(segments[2]!.knockOuts[0]!.words, "10 customers, at least 20");
  assert.equal(segments[0]!.parts[0]!.words, "60 % of customers");
});

test("ranks are tried with other weights, the same every time", () => {
  const even = { ...usual, criteria: [...usual.criteria.slice(0, 2), fit({ s1: 10, s2: 10, s3: 1 })] };
  const { segments } = evaluateSegments(profile, even);
  const [first, second] = segments;
  // First: (10 + 3 · 1) / 4 = 3.25 against 4.25, near enough for other weights to turn them round.
  assert.deepEqual([first!.rank, second!.rank], [2, 1]);
  assert.ok(second!.firstShare! > 0.5 && second!.firstShare! < 1);
  assert.ok(Math.abs(first!.firstShare! + second!.firstShare! - 1) < 1e-12);
  assert.deepEqual(second!.rankRange, [1, 2]);
  assert.deepEqual(evaluateSegments(profile, even), evaluateSegments(profile, even));
});

test("what nobody answered stays open, and without ratings there is no rank", () => {
  const { segments, notes } = evaluateSegments(profile, {
    ...usual,
    knockOuts: [
      { name: "Reachable", measure: "asked", answers: { s1: true, s2: false } },
      {
        name: "Trusted",
        measure: "verdict",
        least: "constructive",
        verdicts: { s1: "not-supported", s3: "natural" },
      },
      { name: "Distinct", measure: "distinct", least: 1 },
    ],
    criteria: [...usual.criteria.slice(0, 2), fit({ s1: 5 })],
  });
  assert.deepEqual(
    segments.map(({ standing }) => standing),
    ["out", "out", "open"],
  );
  assert.deepEqual(segments[0]!.knockOuts[1], {
    name: "Trusted",
    passed: false,
    words: "not supported, at least constructive",
  });
  assert.equal(segments[2]!.rank, null);
  assert.deepEqual(notes, ["Not answered for every segment: Reachable, Trusted."]);
});

test("criteria that make no sense are input errors", () => {
  const evaluate = (change: Partial<EvaluationOptions>) => () =>
    evaluateSegments(profile, { ...usual, ...change });
  assert.throws(
    evaluate({ knockOuts: [usual.knockOuts[0]!, usual.knockOuts[0]!] }),
    /knockOuts must have unique names, got "Large enough" twice/,
  );
  assert.throws(
    evaluate({ criteria: [{ ...usual.criteria[0]!, weight: 0 }] }),
    /weight of "Customers" must be a number above 0, got 0/,
  );
  assert.throws(
    evaluate({ criteria: [fit({ s1: 11 })] }),
    /rating of "Match" for s1 must be a number from 0 to 10, got 11/,
  );
  assert.throws(
    evaluate({ criteria: [fit({ s9: 1 })] }),
    /"Match" must be answered for segments s1, s2, s3, got "s9"/,
  );
});

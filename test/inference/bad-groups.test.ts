import assert from "node:assert/strict";
import { test } from "node:test";
import { brownForsythe } from "#src/inference/brown-forsythe.js";
import { compareTests } from "#src/inference/compare-tests.js";
import { dunnTest } from "#src/inference/dunn-test.js";
import { equivalenceTest } from "#src/inference/equivalence-test.js";
import { gamesHowell } from "#src/inference/games-howell.js";
import { kruskalWallis } from "#src/inference/kruskal-wallis.js";
import { mannWhitneyU } from "#src/inference/mann-whitney-u.js";
import { oneWayAnova } from "#src/inference/one-way-anova.js";
import { studentizedRange } from "#src/inference/studentized-range.js";
import { tukeyKramer } from "#src/inference/tukey-kramer.js";
import { welchAnova } from "#src/inference/welch-anova.js";
import { welchT } from "#src/inference/welch-t.js";

const good = [1, 2, 3, 4];
const bounds = { low: -1, high: 1 };

test("a segment of one: means are refused, ranks take it and say that they are rough", () => {
  for (const compare of [welchAnova, oneWayAnova, brownForsythe, gamesHowell, tukeyKramer])
    assert.throws(() => compare([good, [5]]), /must hold at least 2 values each, got 1 in group 1/);
  assert.throws(() => welchT(good, [5]), /welchT: groups must hold at least 2 values each/);
  assert.throws(() => equivalenceTest(good, [], bounds), /equivalenceTest: .* got 0 in group 1/);
  const ranks = kruskalWallis([good, [5]]);
  assert.match(ranks.notes.join(" "), /smallest group has 1 rows/);
  assert.equal(ranks.effect.interval, null);
  const u = mannWhitneyU(good, [5]);
  assert.equal(u.statistic, 0);
  assert.equal(u.pValue, 0.4);
  assert.equal(u.effect.interval, null);
  assert.equal(dunnTest([good, [5]]).pairs.length, 1);
});

test("groups that do not vary: an error where the method needs spread, a stated result where it does not", () => {
  const same = [2, 2, 2];
  assert.throws(() => welchT(same, [3, 3]), /welchT: groups must vary within, got equal values in both/);
  assert.throws(() => gamesHowell([same, [3, 3], good]), /gamesHowell: groups must vary within/);
  assert.throws(() => tukeyKramer([same, [3, 3], good]), /got equal values in both groups 0 and 1/);
  assert.throws(() => equivalenceTest(same, same, bounds), /must vary within/);
  assert.ok(welchT(same, good).pValue > 0.1);
  const apart = oneWayAnova([same, [3, 3, 3]]);
  assert.equal(apart.statistic, Number.POSITIVE_INFINITY);
  assert.match(apart.notes.join(" "), /1e-300 is an upper bound/);
  assert.equal(oneWayAnova([same, same]).pValue, 1);
  assert.equal(brownForsythe([same, [3, 3]]).pValue, 1);
  assert.equal(compareTests([same, good]).trust, "ranks");
});

test("all ties: nothing differs, p is 1 and a note says why", () => {
  const ties = [
    [7, 7, 7, 7, 7],
    [7, 7, 7, 7, 7, 7],
  ];
  for (const result of [kruskalWallis(ties), mannWhitneyU(ties[0]!, ties[1]!)]) {
    assert.equal(result.pValue, 1);
    assert.match(result.notes.join(" "), /All values are equal/);
  }
  assert.equal(mannWhitneyU(ties[0]!, ties[1]!, { distribution: "normal" }).pValue, 1);
  assert.equal(dunnTest(ties).pairs[0]!.adjustedPValue, 1);
});

test("NaN is refused with its place, or left out and counted where that is asked for; infinity is refused in either case", () => {
  const gaps = [1, Number.NaN, 2, 3, 4];
  assert.throws(
    () => welchT(good, gaps),
    /finite numbers, got NaN at group 1, value 1\. Leave missing values out first: \{ missing: "leave-out" \}/,
  );
  const result = welchT(good, gaps, { missing: "leave-out" });
  assert.equal(result.statistic, 0);
  assert.match(result.notes.join(" "), /Left out as missing: 1 of 9 values/);
  for (const compare of [welchAnova, oneWayAnova, kruskalWallis, brownForsythe, dunnTest, gamesHowell])
    assert.match(compare([good, gaps], { missing: "leave-out" }).notes.join(" "), /1 of 9 values/);
  assert.throws(() => welchT(good, [1, 2, Infinity], { missing: "leave-out" }), /got Infinity at group 1/);
  assert.throws(() => welchT(good, [1, 1e200]), /numbers up to 1e150 in size, got 1e\+200/);
});

test("a p too small for a double is an upper bound, and says so", () => {
  const low = Array.from({ length: 400 }, (_, i) => Math.sin(i));
  const high = low.map((value) => value + 100);
  const third = low.map((value) => value + 200);
  for (const result of [welchT(low, high), oneWayAnova([low, high]), welchAnova([low, high])]) {
    assert.equal(result.pValue, 1e-300);
    assert.match(result.notes.join(" "), /p is smaller than can be computed: 1e-300 is an upper bound/);
  }
  for (const result of [gamesHowell([low, high, third]), tukeyKramer([low, high, third])]) {
    assert.ok(result.pairs.every(({ adjustedPValue }) => adjustedPValue === 1e-300));
    assert.match(result.notes.join(" "), /upper bound/);
  }
});

test("from 10,000 rows on the note says that the effect size leads", () => {
  const many = Float64Array.from({ length: 6000 }, (_, i) => Math.sin(i));
  const result = welchT(
    many,
    many.map((value) => value + 0.1),
  );
  assert.match(result.notes.join(" "), /12,000 rows make p small for any difference: the effect size/);
});

test("skew, unequal variances and small groups are said", () => {
  const skewed = Array.from({ length: 20 }, (_, i) => Math.exp(i / 3));
  const narrow = Array.from({ length: 20 }, (_, i) => i / 20);
  const notes = oneWayAnova([skewed, narrow]).notes.join(" ");
  assert.match(notes, /variance is .* times as large in one group as in another, .* Welch ANOVA does not/);
  assert.match(notes, /Skewness within groups is .*, beyond ±1/);
  assert.match(oneWayAnova([good, [3, 4, 5]]).notes.join(" "), /smallest group has 3 rows/);
});

test("means and ranks that disagree: the comparison says which found what and which to trust", () => {
  // One huge value hides in the mean what the ranks see.
  const low = Array.from({ length: 30 }, (_, i) => i);
  const high = low.map((value) => value + 12);
  const skewed = compareTests([[...low, 5000], high]);
  assert.equal(skewed.agree, false);
  assert.equal(skewed.trust, "ranks");
  assert.match(
    skewed.why,
    /^Only the ranks differ \(p .* for means, .* for ranks\)\. Trust the ranks: skewness/,
  );
  const plain = compareTests([low, high]);
  assert.equal(plain.agree, true);
  assert.equal(plain.trust, "means");
  assert.equal(plain.assumptions.smallestGroup, 30);
});

test("what is no option is refused", () => {
  assert.throws(() => studentizedRange(1, 10), /groupCount must be a whole number from 2 to 1000/);
  assert.throws(() => studentizedRange(3, 0.5), /degreesOfFreedom must be a number from 1 to Infinity/);
  assert.throws(() => studentizedRange(3, 5).quantile(1), /probability must be a number/);
  assert.throws(() => studentizedRange(3, 5).below(Number.NaN), /q must be a number, got NaN/);
  assert.throws(() => equivalenceTest(good, good, { low: 1, high: -1 }), /low must be below high/);
  const many = Array.from({ length: 150 }, (_, i) => i);
  assert.throws(
    () => mannWhitneyU(many, many, { distribution: "exact" }),
    /rows for the exact distribution must be a whole number from 2 to 200, got 300/,
  );
});

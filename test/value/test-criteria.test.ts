import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { testCriteria } from "#src/value/test-criteria.js";

const random = createRandom(8);
const size = 1200;
const truth = Array.from({ length: size }, () => random.below(4));
const margins = truth.map((group) => 10 * group + 10 * random.normal());
const chance = (seed: number, groups: number) => {
  const own = createRandom(seed);
  return { name: `chance ${seed}`, labels: truth.map(() => own.below(groups)) };
};

test("the criterion that made the margin is found, and predicts on unseen customers what it explains", () => {
  const found = testCriteria(
    [chance(1, 4), { name: "true groups", labels: truth }, chance(2, 8)],
    [{ name: "halves", labels: truth.map((group) => (group < 2 ? 0 : 1)) }],
    margins,
    { seed: 1, draws: 200 },
  );
  assert.deepEqual([found.best, found.baseline], ["true groups", "halves"]);
  const line = found.lines[1]!;
  // Variance between 125, within 100: η² = 0.556.
  assert.ok(Math.abs(line.etaSquared - 125 / 225) < 0.04 && line.predicted > line.etaSquared - 0.02);
  assert.deepEqual(
    found.lines.map(({ chosen }) => chosen),
    [0, 1, 0, null],
  );
  assert.equal(found.predictedNested, found.predicted);
  assert.match(found.notes[1]!, /halves, the best of the simpler divisions, predicts/);
});

test("the best of many random criteria is seen through: nothing is predicted on customers that had no say", () => {
  let [seen, honest] = [0, 0];
  for (let seed = 0; seed < 3; seed++) {
    const own = createRandom(100 + seed);
    const noise = truth.map(() => own.normal());
    const candidates = Array.from({ length: 25 }, (_, i) => chance(1000 * seed + i, 2));
    const found = testCriteria(candidates, [], noise, { seed: 1, draws: 100, repeats: 2 });
    seen += found.predicted / 3;
    honest += found.predictedNested / 3;
    if (found.predictedNested <= 0)
      assert.match(found.notes.join(" "), /nothing may be refined on this evidence/);
  }
  assert.ok(seen > 0.001 && honest < seen / 2, `${seen}, ${honest}`);
});

test("what cannot be tested is refused", () => {
  assert.throws(
    () => testCriteria([], [], margins, { seed: 1 }),
    /candidates must hold at least one, got none/,
  );
  assert.throws(
    () => testCriteria([{ name: "few", labels: [0, 1, 0, 1] }], [], [1, 2, 3, 4], { seed: 1, draws: 100 }),
    /at least 20 customers in common, got 4/,
  );
});

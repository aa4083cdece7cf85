import assert from "node:assert/strict";
import { test } from "node:test";
import * as charts from "#src/charts/charts.js";
import { InputError } from "#src/core/errors.js";
import { createRandom } from "#src/core/random.js";
import { adjustedRandIndex } from "#src/validity/adjusted-rand.js";
import { compareClusterings } from "#src/validity/compare-clusterings.js";
import { variationOfInformation } from "#src/validity/variation-of-information.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Reference {
  readonly cases: readonly {
    readonly labelsA: readonly number[];
    readonly labelsB: readonly number[];
    readonly variationOfInformation: number;
    readonly adjustedRand: number;
  }[];
}

const { cases } = referenceNumbers<Reference>("agreement");

function closeTo(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-12, `${actual} against ${expected}`);
}

test("variation of information equals SciPy's entropies less scikit-learn's mutual information, −1 left out", () => {
  for (const { labelsA, labelsB, ...expected } of cases) {
    closeTo(variationOfInformation(labelsA, labelsB), expected.variationOfInformation);
    closeTo(adjustedRandIndex(labelsA, labelsB), expected.adjustedRand);
  }
});

test("by hand: a group split in halves costs ln 2 of its share; crossing halves cost ln 2 both ways", () => {
  closeTo(variationOfInformation([0, 0, 0, 0], [0, 0, 1, 1]), Math.log(2));
  closeTo(variationOfInformation([0, 0, 1, 1], [0, 0, 1, 2]), Math.log(2) / 2);
  closeTo(variationOfInformation([0, 0, 1, 1], [0, 1, 0, 1]), 2 * Math.log(2));
});

test("it is a distance: 0 under any numbering, the same both ways, never above a detour, at most ln n", () => {
  const random = createRandom(4);
  for (let round = 0; round < 50; round++) {
    const [a, b, c] = [2, 3, 6].map((count) => Array.from({ length: 40 }, () => random.below(count)));
    assert.equal(
      variationOfInformation(
        a!,
        a!.map((label) => 9 - label),
      ),
      0,
    );
    const direct = variationOfInformation(a!, b!);
    assert.equal(variationOfInformation(b!, a!), direct);
    assert.ok(direct <= variationOfInformation(a!, c!) + variationOfInformation(c!, b!) + 1e-12);
    assert.ok(direct <= Math.log(40));
    assert.equal(variationOfInformation([...a!].reverse(), [...b!].reverse()), direct);
  }
});

const clusterings = [
  { name: "odd one", labels: [0, 1, 0, 1, 0, 1, 0, 1] },
  { name: "twin", labels: Int32Array.of(1, 1, 1, 1, 0, 0, 0, -1) },
  { name: "middle", labels: [0, 0, 0, 0, 1, 1, 1, 1] },
  { name: "near", labels: [0, 0, 0, 1, 1, 1, 1, 1] },
];

test("every pair is compared, the grouping that most agree with first, then those nearest to it", () => {
  const agreement = compareClusterings(clusterings);
  assert.deepEqual(agreement.names, ["middle", "twin", "near", "odd one"]);
  agreement.names.forEach((_, i) => {
    assert.equal(agreement.adjustedRand[i]![i], 1);
    assert.equal(agreement.variationOfInformation[i]![i], 0);
  });
  assert.equal(agreement.adjustedRand[0]![1], 1);
  assert.equal(
    agreement.adjustedRand[2]![0],
    adjustedRandIndex(clusterings[2]!.labels, clusterings[3]!.labels),
  );
  assert.deepEqual(agreement.rowsInCommon[1], [7, 7, 7, 7]);
});

test("the heat map prints both numbers of each pair below the diagonal, its twin lists the pairs", () => {
  const figure = charts.agreement(compareClusterings(clusterings));
  assert.equal(figure.title, "“middle” and “twin” agree most (1.00), “middle” and “odd one” least (−0.17)");
  const texts = figure.data[0]!.text as readonly (readonly string[])[];
  assert.deepEqual(texts[0], ["1.00<br>0.00 nats", "", ""]);
  assert.equal(figure.table.rows.length, 6);
  const two = charts.agreement(compareClusterings(clusterings.slice(2)));
  assert.match(two.title, /^“middle” and “near” agree to 0\.\d\d of 1$/);
});

test("bad input is told in one sentence", () => {
  const [a, b] = clusterings.slice(2);
  const refusals: readonly (readonly [() => unknown, RegExp])[] = [
    [
      () => variationOfInformation([0, 1], [0]),
      /^variationOfInformation: labelsB must have 2 values .*, got 1$/,
    ],
    [() => variationOfInformation([0, -1], [0, 1]), /labelsA must have at least 2 labelled rows, got 1$/],
    [
      () => variationOfInformation([0, Number.NaN], [0, 1]),
      /labels must be whole numbers, got NaN at row 1$/,
    ],
    [
      () => adjustedRandIndex([0, 1], [0, 0.5]),
      /^adjustedRandIndex: labels must be whole numbers, got 0\.5 at row 1$/,
    ],
    [
      () => compareClusterings([a!]),
      /^compareClusterings: clusterings must hold at least 2 groupings, got 1$/,
    ],
    [() => compareClusterings([a!, a!]), /must have a name of their own each, got "middle" twice$/],
    [
      () => compareClusterings([a!, { name: "short", labels: [0, 1] }]),
      /labels of "short" must have 8 values \(as "middle" has\), got 2$/,
    ],
    [
      () => compareClusterings([a!, b!, { name: "none", labels: new Int32Array(8).fill(-1) }]),
      /"none" must label at least 2 rows that "middle" labels too, got 0$/,
    ],
  ];
  for (const [call, message] of refusals)
    assert.throws(
      call,
      (error: unknown) => error instanceof InputError && message.test(error.message),
      `${message}`,
    );
});

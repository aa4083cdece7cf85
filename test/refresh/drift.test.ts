import assert from "node:assert/strict";
import { test } from "node:test";
import type { FeatureColumn } from "#src/core/feature.js";
import { type Matrix, matrixOfColumns } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import type { Recipe } from "#src/features/recipe.js";
import { classifyDates, type DatedRows } from "#src/refresh/domain-classifier.js";
import { measureDrift } from "#src/refresh/drift-measure.js";
import { compareSegmentMix } from "#src/refresh/segment-mix.js";
import { referenceNumbers } from "../reference-numbers.js";

type Known = number | null;
interface NumberFigures {
  readonly psi: number;
  readonly limit: number;
  readonly ks: number;
  readonly wasserstein: number;
  readonly medians: readonly number[];
  readonly outOfRange: number;
}
interface Reference {
  readonly features: {
    readonly spend: readonly (readonly Known[])[];
    readonly orders: readonly (readonly Known[])[];
    readonly regions: readonly (readonly string[])[];
    readonly spends: NumberFigures;
    readonly counts: NumberFigures;
    readonly cramersV: number;
    readonly pValues: readonly number[];
    readonly adjusted: readonly number[];
  };
  readonly classifier: {
    readonly keys: readonly (readonly string[])[];
    readonly rows: readonly (readonly (readonly Known[])[])[];
    readonly auc: number;
    readonly low: number;
    readonly high: number;
  };
}
const reference = referenceNumbers<Reference>("drift");

function near(ours: number | null, theirs: number, tolerance = 1e-9): void {
  assert.ok(
    ours !== null && Math.abs(ours - theirs) <= tolerance * Math.abs(theirs),
    `${ours} instead of ${theirs}`,
  );
}

function column(name: string, values: readonly Known[] | readonly (string | null)[]): FeatureColumn {
  const isText = values.some((value) => typeof value === "string");
  const about = {
    name,
    label: name,
    unit: isText ? "" : "EUR",
    role: "basis",
    meaning: name,
    source: "customers",
  } as const;
  if (isText)
    return {
      kind: "category",
      feature: { ...about, type: "category" },
      values: values as readonly (string | null)[],
    };
  const known = Float64Array.from(values as readonly Known[], (value) => value ?? Number.NaN);
  return { kind: "number", feature: { ...about, type: "number" }, values: known };
}

const draw = (random: ReturnType<typeof createRandom>, count: number, shift = 0) =>
  Array.from({ length: count }, () => shift + random.normal());

test("distances, tests and their adjusted p-values are those of SciPy and statsmodels", () => {
  const { spend, orders, regions, spends, counts, cramersV, pValues, adjusted } = reference.features;
  const at = (date: number) => [
    column("spend", spend[date]!),
    column("orders", orders[date]!),
    column("region", regions[date]!),
  ];
  const { features, drifting } = measureDrift(at(0), at(1));
  for (const [i, theirs] of [spends, counts].entries()) {
    const { number } = features[i]!;
    near(number!.stabilityIndex, theirs.psi);
    near(number!.noDriftLimit, theirs.limit);
    near(number!.kolmogorovSmirnov, theirs.ks);
    near(number!.wasserstein, theirs.wasserstein);
    assert.deepEqual([number!.medianBefore, number!.medianAfter], theirs.medians);
    near(number!.outOfRange, theirs.outOfRange);
  }
  near(features[2]!.category!.cramersV, cramersV);
  const tests = features.flatMap((feature) => feature.tests);
  for (const [i, one] of tests.entries()) {
    near(one.pValue, pValues[i]!, 1e-7);
    near(one.adjustedPValue, adjusted[i]!, 1e-7);
  }
  assert.deepEqual(drifting, ["spend", "region"]);
  assert.match(features[2]!.sentence, /have a category that the baseline does not have \("islands"\)/);
});

test("dates are told apart as scikit-learn's ridge and ROC area do it, each customer in one fold", () => {
  const { keys, rows, auc, low, high } = reference.classifier;
  const at = (date: number): DatedRows => ({ keys: keys[date]!, matrix: twoColumns(rows[date]!) });
  const found = classifyDates(plainRecipe, [at(0), at(1)])!;
  near(found.auc, auc);
  near(found.low, low);
  near(found.high, high);
  assert.ok(found.nullLow < 0.5 && found.nullHigh > 0.5 && found.nullHigh < found.auc);
});

const plainRecipe: Recipe = {
  latticeBits: 20,
  clamp: 8,
  steps: ["x", "y"].map((feature) => ({
    feature,
    impute: 0.25,
    whenMissing: "impute",
    transform: "identity",
    centre: 0,
    scale: 1,
  })),
  notes: [],
};

function twoColumns(rows: readonly (readonly Known[])[]): Matrix {
  return matrixOfColumns(
    ["x", "y"],
    [0, 1].map((j) => Float64Array.from(rows, (row) => row[j] ?? Number.NaN)),
  );
}

test("a change of correlation that no single feature shows is seen by all together, whatever the order of rows", () => {
  const random = createRandom(4);
  const pair = (share: number) => {
    const [x, noise] = [random.normal(), random.normal()];
    return [x, share * x + Math.sqrt(1 - share * share) * noise];
  };
  const rows = [0, 0.8].map((share) => Array.from({ length: 400 }, () => pair(share)));
  const columnsAt = (date: number) =>
    [0, 1].map((j) =>
      column(
        j === 0 ? "x" : "y",
        rows[date]!.map((row) => row[j]!),
      ),
    );
  assert.deepEqual(measureDrift(columnsAt(0), columnsAt(1)).drifting, []);
  const keys = rows.map((list, date) => list.map((_, i) => `${date}-${i}`));
  const datedRows = (date: number, isReversed = false): DatedRows => {
    const order = isReversed ? [...keys[date]!.keys()].reverse() : [...keys[date]!.keys()];
    return { keys: order.map((i) => keys[date]![i]!), matrix: twoColumns(order.map((i) => rows[date]![i]!)) };
  };
  const found = classifyDates(plainRecipe, [datedRows(0), datedRows(1)])!;
  assert.ok(found.isDrifting, found.sentence);
  assert.deepEqual(classifyDates(plainRecipe, [datedRows(0, true), datedRows(1, true)]), found);
  const few: DatedRows = { keys: keys[0]!.slice(0, 30), matrix: twoColumns(rows[0]!.slice(0, 30)) };
  assert.equal(classifyDates(plainRecipe, [few, datedRows(1)]), null);
});

test("an area lies above the band of draws by lot exactly where its p-value is at most 0.05", () => {
  const random = createRandom(21);
  const datedRows = (date: number, shift: number): DatedRows => ({
    keys: Array.from({ length: 60 }, (_, i) => `${date}-${i}`),
    matrix: twoColumns(Array.from({ length: 60 }, () => [random.normal() + shift, random.normal()])),
  });
  const above = Array.from({ length: 100 }, (_, i) => {
    const options = { permutations: 19 + 10 * (i % 2) };
    const { auc, nullHigh, pValue } = classifyDates(
      plainRecipe,
      [datedRows(0, 0), datedRows(1, 0.3)],
      options,
    )!;
    assert.equal(auc > nullHigh, pValue <= 0.05, `${auc}, ${nullHigh}, ${pValue}`);
    return auc > nullHigh;
  });
  assert.ok(above.includes(true) && above.includes(false));
});

test("a trifle is significant among many customers and no drift; a sample is said, and overlap", () => {
  const random = createRandom(8);
  const [before, after] = [draw(random, 40_000), draw(random, 40_000, 0.04)].map((list) => [
    column("spend", list),
  ]);
  const report = measureDrift(before!, after!, { commonCustomers: 30_000, sampleSize: 30_000 });
  const [feature] = report.features;
  assert.ok(feature!.tests.every(({ adjustedPValue }) => adjustedPValue < 0.01));
  assert.equal(feature!.isDrifting, false);
  assert.match(feature!.sentence, /^spend moved by less than what counts as drift: /);
  assert.deepEqual(report.rows, { before: 30_000, after: 30_000 });
  assert.match(report.notes.join(" "), /30,000 customers are at both dates \(75 % of those before/);
  assert.match(report.notes.join(" "), /At most 30,000 customers of a date were compared, drawn with seed 1/);
});

test("features that are empty, constant, new, gone or of another kind are told, and nothing is NaN", () => {
  const random = createRandom(2);
  const none = Array.from({ length: 200 }, () => null);
  const report = measureDrift(
    [
      column("emptied", draw(random, 200)),
      column("filled", none),
      column("never", none),
      column(
        "constant",
        Array.from({ length: 200 }, () => 5),
      ),
      column(
        "was constant",
        Array.from({ length: 200 }, () => 5),
      ),
      column("gone", draw(random, 200)),
      column("kind", draw(random, 200)),
    ],
    [
      column("emptied", none),
      column("filled", draw(random, 200)),
      column("never", none),
      column(
        "constant",
        Array.from({ length: 200 }, () => 5),
      ),
      column("was constant", draw(random, 200)),
      column(
        "kind",
        Array.from({ length: 200 }, () => "a"),
      ),
      column("new", none),
    ],
  );
  assert.deepEqual(
    report.features.map(({ sentence }) => sentence.split(":")[1]!.trim()),
    [
      "no customer has a value any more.",
      "no customer had a value before, 100 % do now.",
      "no customer has a value at either date.",
      "every customer has the same value at both dates.",
      report.features[4]!.sentence.split(":")[1]!.trim(),
    ],
  );
  assert.deepEqual(report.drifting, ["emptied", "filled", "was constant"]);
  assert.match(
    report.notes.join(" "),
    /only the baseline has it: gone\..*does not have it: new\..*one date only: kind\./,
  );
  assert.doesNotMatch(JSON.stringify(report), /NaN|Infinity/);
  assert.throws(() => measureDrift([], []), /columns before must hold one value per customer, got none/);
  assert.throws(
    () => measureDrift([column("a", [1])], [column("a", [1]), column("b", [1, 2])]),
    /columns after must hold one value per customer, got 2 in "b" and 1 in the first/,
  );
});

test("a baseline of one value has no spread, whatever its mean is rounded to, and a category of one value is told", () => {
  // Ten times a tenth is not one: the mean of these is not 0.1.
  const constant = Array.from({ length: 1000 }, () => 0.1);
  const only = Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? null : "EUR"));
  const moved = measureDrift(
    [column("rate", constant)],
    [column("rate", [...constant.slice(500), ...constant.slice(500).map(() => 0.2)])],
  ).features[0]!;
  assert.equal(moved.number!.wasserstein, null);
  assert.match(moved.sentence, /^rate drifted: .*the baseline had one value only/);
  const [currency] = measureDrift([column("currency", only)], [column("currency", only)]).features;
  assert.equal(currency!.category!.cramersV, null);
  assert.equal(
    currency!.sentence,
    "currency did not drift: every customer with a value has the same at both dates.",
  );
});

test("a category of thousands of values is compared by its largest, and rare ones are not named", () => {
  const many = (prefix: string) => Array.from({ length: 3000 }, (_, i) => `${prefix}${i % 1500}`);
  const [feature] = measureDrift([column("postcode", many("a"))], [column("postcode", many("b"))]).features;
  assert.equal(feature!.category!.unseenShare, 1);
  assert.deepEqual(feature!.category!.unseen, []);
  assert.ok(feature!.isDrifting);
});

test("the mix of segments drifts where it moved by more than chance and more than a trifle", () => {
  const segments = ["Families", "Hunters"].map((name, i) => ({ key: `s${i + 1}`, name }));
  const moved = compareSegmentMix(segments, [500, 500], [700, 300]);
  assert.equal(moved.isDrifting, true);
  assert.equal(
    moved.sentence,
    "Under the definition of before, the shares of the segments moved (Cramér's V 0.203), most of all Families: 50 % → 70 %.",
  );
  const trifle = compareSegmentMix(segments, [500_000, 500_000], [502_000, 498_000]);
  assert.equal(trifle.isDrifting, false);
  assert.match(
    trifle.sentence,
    /moved by less than what counts as drift .*most of all Families: 50 % → 50.2 %/,
  );
  assert.equal(compareSegmentMix(segments, [10, 0], [0, 0]).pValue, null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { type Matrix, matrixOf, matrixOfColumns, rowsOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { fitRecipe } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { csvColumns, numbersOf } from "../csv-columns.js";
import { datasetFile, withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface RecipeNumbers {
  readonly wholesale: readonly { column: string; median: number; centre: number; scale: number }[];
  readonly firstRow: readonly number[];
  readonly income: { impute: number; centre: number; scale: number };
}

const expected = referenceNumbers<RecipeNumbers>("recipe");

const wholesaleFile = datasetFile("wholesale/wholesale_customers_bom.csv");
const campaignFile = datasetFile("marketing_campaign/marketing_campaign_iso_dates.csv");

function wholesale(): Matrix {
  const columns = csvColumns(wholesaleFile!);
  const names = expected.wholesale.map(({ column }) => column);
  return matrixOfColumns(
    names,
    names.map((name) => numbersOf(columns.get(name)!)),
  );
}

function assertNear(actual: number, wanted: number, tolerance = 1e-12): void {
  assert.ok(Math.abs(actual - wanted) <= tolerance * Math.abs(wanted), `${actual} is not ${wanted}`);
}

test("the six wholesale spends have NumPy's centres and scales", {
  skip: wholesaleFile ? false : withoutDataset,
}, () => {
  const recipe = fitRecipe(wholesale());
  assert.equal(recipe.steps.length, 6);
  recipe.steps.forEach((step, j) => {
    const wanted = expected.wholesale[j]!;
    assert.deepEqual(
      [step.feature, step.transform, step.whenMissing, step.impute],
      [wanted.column, "log1p", "fallback", wanted.median],
    );
    assertNear(step.centre, wanted.centre);
    assertNear(step.scale, wanted.scale);
  });
});

test("the lattice value is the z-score to half a step", {
  skip: wholesaleFile ? false : withoutDataset,
}, () => {
  const matrix = wholesale();
  const lattice = applyRecipe(fitRecipe(matrix), matrix);
  expected.firstRow.forEach((z, j) => {
    assert.ok(Math.abs(lattice.values[j]! - z) <= 2 ** -21 + 1e-12);
  });
  assert.ok(lattice.values.every((value) => Number.isInteger(value * 2 ** 20) && Math.abs(value) <= 8));
});

test("any order of rows gives the same recipe, bit for bit", {
  skip: wholesaleFile ? false : withoutDataset,
}, () => {
  const matrix = wholesale();
  const random = createRandom(11);
  const rows = Array.from({ length: matrix.rowCount }, (_, i) => i);
  for (let i = rows.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  assert.deepEqual(fitRecipe(rowsOf(matrix, rows)), fitRecipe(matrix));
});

test("missing incomes take the median before centre and scale, as NumPy does", {
  skip: campaignFile ? false : withoutDataset,
}, () => {
  const income = numbersOf(csvColumns(campaignFile!).get("Income")!);
  const [step] = fitRecipe(matrixOf({ income })).steps;
  assert.deepEqual([step!.transform, step!.whenMissing], ["log1p", "impute"]);
  assertNear(step!.impute, expected.income.impute);
  assertNear(step!.centre, expected.income.centre);
  assertNear(step!.scale, expected.income.scale);
});

test("three values by hand: mean 2, standard deviation 1, so z is −1, 0, 1", () => {
  const matrix = matrixOf({ x: [3, 1, 2] });
  const recipe = fitRecipe(matrix);
  assert.deepEqual(recipe, {
    latticeBits: 20,
    clamp: 8,
    steps: [{ feature: "x", impute: 2, whenMissing: "fallback", transform: "identity", centre: 2, scale: 1 }],
    notes: [],
  });
  assert.deepEqual([...applyRecipe(recipe, matrix).values], [1, -1, 0]);
});

test("auto takes logarithms of a long tail only, signed where values are negative", () => {
  const even = [1, 2, 3, 4, 5, 6, 7, 8];
  const tail = [0, 0, 1, 1, 2, 2, 3, 90];
  const negative = [-1, 0, 1, 1, 2, 2, 3, 90];
  const left = [-90, -3, 2, 2, 1, 1, 0, 0];
  const { steps } = fitRecipe(matrixOf({ even, tail, negative, left }));
  assert.deepEqual(
    steps.map(({ transform }) => transform),
    ["identity", "log1p", "signedLog", "signedLog"],
  );
});

test("a transform asked for is taken, from a Map or an object", () => {
  const matrix = matrixOf({ x: [0, 1, 4], y: [1, 2, 3] });
  const { steps } = fitRecipe(matrix, { transforms: { x: "sqrt" } });
  assert.deepEqual(
    steps.map(({ transform, centre }) => [transform, centre]),
    [
      ["sqrt", 1],
      ["identity", 2],
    ],
  );
  const transforms = new Map([["x", "sqrt"]] as const);
  assert.deepEqual(fitRecipe(matrix, { transforms }).steps, steps);
});

test("columns that do not vary are left out with a note each", () => {
  const matrix = matrixOf({
    same: [5, 5, Number.NaN],
    none: [Number.NaN, Infinity, Number.NaN],
    x: [1, 2, 3],
  });
  const recipe = fitRecipe(matrix);
  assert.deepEqual(recipe.notes, [
    "Left out same: every known value is 5",
    "Left out none: no customer has a value",
  ]);
  assert.deepEqual(applyRecipe(recipe, matrix).columns, ["x"]);
});

test("a missing value, or one that the transform cannot take, lands where the median does; far values at ±8", () => {
  const recipe = fitRecipe(matrixOf({ x: [0, 1, 3] }), { transforms: { x: "log1p" } });
  const applied = applyRecipe(recipe, matrixOf({ x: [1, Number.NaN, -Infinity, -1, -7, 1e300] })).values;
  assert.deepEqual([...applied], [...Array(5).fill(applied[0]), 8]);
});

test("columns are found by name and hostile names are names", () => {
  const names = ["__proto__", 'a"b', "values", "<script>"];
  const columns = names.map((_, j) => [j, 2 * j + 1, 3 * j + 5]);
  const recipe = fitRecipe(matrixOfColumns(names, columns), {
    transforms: new Map([["values", "identity"]]),
  });
  const applied = applyRecipe(recipe, matrixOfColumns([...names].reverse(), [...columns].reverse()));
  assert.deepEqual(applied, applyRecipe(recipe, matrixOfColumns(names, columns)));
});

test("what cannot be fitted or applied is one clear error", () => {
  const x = matrixOf({ x: [1, 2, 3] });
  const refused: [() => unknown, RegExp][] = [
    [
      () => fitRecipe(matrixOf({ x: [4, 4] })),
      /^fitRecipe: matrix must hold at least one column that varies, got 2 rows: Left out x: every known value is 4$/,
    ],
    [() => fitRecipe(matrixOf({ x: [4] })), /at least one column that varies, got 1 rows/],
    [
      () => fitRecipe(matrixOfColumns(["x", "x"], [[1], [2]])),
      /a name of its own for each column, got "x" twice/,
    ],
    [() => fitRecipe(x, { transforms: { spend: "sqrt" } }), /a column under transforms must be one of x/],
    [
      () => fitRecipe(x, { transforms: { x: "log" as "log1p" } }),
      /the transform of "x" must be one of auto, identity, log1p, signedLog, sqrt, got "log"/,
    ],
    [
      () => fitRecipe(matrixOf({ x: [-1, 2] }), { transforms: { x: "log1p" } }),
      /column "x" must have no value below 0 for log1p, got -1\. signedLog takes negative values/,
    ],
    [() => fitRecipe(matrixOf({ x: [-1e308, 1e308] })), /column "x" must have a finite spread/],
    [
      () => applyRecipe(fitRecipe(matrixOf({ spend: [1, 2] })), matrixOf({ spent: [1, 2] })),
      /^applyRecipe: matrix must have the column "spend", got spent\. Did you mean "spent"\?$/,
    ],
  ];
  for (const [call, message] of refused)
    assert.throws(call, (error) => error instanceof InputError && message.test(error.message));
});

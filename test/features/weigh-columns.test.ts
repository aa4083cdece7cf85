import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { columnOf, type Matrix, matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { fitRecipe, type RecipeOptions } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";

const random = createRandom(5);
const normals = (): number[] => Array.from({ length: 300 }, () => random.normal());
const raw = matrixOf({ age: normals(), orders: normals(), visits: normals(), spend: normals() });
const blockOf = { age: "customers", orders: "behaviour", visits: "behaviour", spend: "behaviour" };

function variances(matrix: Matrix): number[] {
  return matrix.columns.map((_, j) => {
    const column = columnOf(matrix, j);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    return column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (column.length - 1);
  });
}

const weighted = (weights: RecipeOptions["weights"]): number[] =>
  variances(applyRecipe(fitRecipe(raw, { ...(weights && { weights }) }), raw));

function assertNear(actual: readonly number[], wanted: readonly number[]): void {
  assert.equal(actual.length, wanted.length);
  // A lattice step of 2^-20 moves a variance of 300 rows by less.
  actual.forEach((value, j) => {
    assert.ok(Math.abs(value - wanted[j]!) < 1e-6, `${actual} is not ${wanted}`);
  });
}

test("a weight multiplies a column's variance, and so its squared differences; the largest counts 1", () => {
  assertNear(weighted({ columns: { age: 4 } }), [1, 0.25, 0.25, 0.25]);
  assertNear(weighted({ columns: new Map([["age", 0.5]]) }), [0.5, 1, 1, 1]);
});

test("a block's weight is that of each of its columns; a block that is not named has 1", () => {
  assertNear(weighted({ blockOf, blocks: { behaviour: 0.5, customers: 2 } }), [1, 0.25, 0.25, 0.25]);
  assertNear(weighted({ blockOf, blocks: { behaviour: 0.5 } }), [1, 0.5, 0.5, 0.5]);
});

test("equal gives every block the same total variance, however many columns it has", () => {
  const [age, ...behaviour] = weighted({ blockOf, blocks: "equal" });
  assertNear([behaviour.reduce((sum, value) => sum + value, 0)], [age!]);
});

test("equal counts only columns that vary", () => {
  const matrix = matrixOf({ a: [1, 2, 3], b: [1, 5, 2], flat: [7, 7, 7] });
  const recipe = fitRecipe(matrix, {
    weights: { blockOf: { a: "one", b: "two", flat: "two" }, blocks: "equal" },
  });
  assert.deepEqual(recipe, fitRecipe(matrix));
});

test("weights that are all alike change nothing, byte for byte", () => {
  const plain = JSON.stringify(fitRecipe(raw));
  assert.equal(JSON.stringify(fitRecipe(raw, { weights: { columns: {} } })), plain);
  assert.equal(
    JSON.stringify(fitRecipe(raw, { weights: { blockOf, blocks: { behaviour: 7, customers: 7 } } })),
    plain,
  );
});

test("a weighted recipe clusters as k-means with column weights on an unweighted one does", () => {
  const plain = applyRecipe(fitRecipe(raw), raw);
  const stretched = matrixOf(
    Object.fromEntries(
      plain.columns.map((name, j) => [name, columnOf(plain, j).map((z) => (name === "age" ? z : z / 2))]),
    ),
  );
  const recipe = fitRecipe(raw, { weights: { columns: { age: 4 } } });
  const options = { clusterCount: 3, starts: 50, seed: 2 };
  const ours = fitKMeans(applyRecipe(recipe, raw), options);
  assert.deepEqual(ours.labels, fitKMeans(stretched, options).labels);
});

test("a column of weight 0 is left out, and the notes tell every weight", () => {
  const { steps, notes } = fitRecipe(raw, { weights: { columns: { age: 0, spend: 0.25 } } });
  assert.deepEqual(
    steps.map(({ feature }) => feature),
    ["orders", "visits", "spend"],
  );
  assert.deepEqual(notes, [
    "Left out age: its weight is 0",
    "Squared differences count by weight, folded into the scale (standard deviation / √weight): 0.25 for spend; 1 for any other feature",
  ]);
});

const refusals: readonly (readonly [unknown, RegExp])[] = [
  [
    { columns: { ages: 1 } },
    /^fitRecipe: a column under weights must be one of age, .* got "ages"\. Did you mean "age"\?$/,
  ],
  [{ columns: { age: -1 } }, /^fitRecipe: the weight of "age" must be a number from 0 to Infinity, got -1$/],
  [{ columns: { age: Number.NaN } }, /got NaN$/],
  [{ columns: { age: "2" } }, /got "2"$/],
  [
    { columns: { age: 0, orders: 0, visits: 0, spend: 0 } },
    /^fitRecipe: weights must leave at least one column that varies above 0, got 0 for each of 4$/,
  ],
  [
    { blockOf, blocks: { behavior: 2 } },
    /^fitRecipe: a block under weights must be one of customers, behaviour, got "behavior"\. Did you mean "behaviour"\?$/,
  ],
  [
    { blockOf, blocks: { behaviour: 0, customers: 0 } },
    /^fitRecipe: weights must leave at least one block above 0, got 0 for customers, behaviour$/,
  ],
  [{ blockOf, blocks: "same" }, /^fitRecipe: blocks must be "equal" or a weight for each block, got "same"$/],
  [
    { blockOf: { age: "customers" }, blocks: "equal" },
    /^fitRecipe: blockOf must name the block of each column, got none for "orders"$/,
  ],
];

test("weights that make no sense are refused in one sentence", () => {
  for (const [weights, message] of refusals)
    assert.throws(
      () => fitRecipe(raw, { weights: weights as RecipeOptions["weights"] & object }),
      (error: unknown) => error instanceof InputError && message.test(error.message),
      `${message}`,
    );
});

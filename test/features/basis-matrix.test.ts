import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable, Feature } from "#src/core/feature.js";
import { basisMatrix } from "#src/features/basis-matrix.js";

const feature = (name: string, type: Feature["type"]): Feature => {
  return { name, type, label: name, unit: "", role: "basis", meaning: "", source: "customers" };
};
const table: CustomerTable = {
  keyName: "customer_id",
  keys: ["a", "b"],
  columns: [
    { kind: "number", feature: feature("__proto__", "number"), values: Float64Array.of(1, Number.NaN) },
    { kind: "category", feature: feature("gender", "category"), values: ["f", null] },
    { kind: "number", feature: feature("spend", "number"), values: Float64Array.of(3, 4) },
  ],
};

test("the matrix has the named columns in the order asked, missing values kept", () => {
  const matrix = basisMatrix(table, ["spend", "__proto__"]);
  assert.deepEqual([...matrix.values], [3, 1, 4, Number.NaN]);
  assert.deepEqual(matrix.columns, ["spend", "__proto__"]);
});

test("a name that is no column, a category and no name at all are errors", () => {
  assert.throws(() => basisMatrix(table, ["spent"]), /names must be one of .*Did you mean "spend"\?/);
  assert.throws(
    () => basisMatrix(table, ["gender"]),
    /must be of numeric features, got the category "gender"/,
  );
  assert.throws(() => basisMatrix(table, []), /at least one feature, got none/);
});

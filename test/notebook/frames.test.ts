import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable, Feature } from "#src/core/feature.js";
import { fromFrame, numbers } from "#src/notebook/from-frame.js";
import { toFrame } from "#src/notebook/to-frame.js";

function feature(name: string, type: Feature["type"]): Feature {
  return { name, label: name, unit: "", type, role: "descriptor", meaning: "", source: "customers" };
}

const table: CustomerTable = {
  keyName: "customer_id",
  keys: ["007", "42", "9007199254740993"],
  columns: [
    { kind: "number", feature: feature("values", "number"), values: Float64Array.of(1.5, Number.NaN, 3) },
    { kind: "category", feature: feature("__proto__", "category"), values: ["a", null, "=cmd()"] },
    { kind: "number", feature: feature('a"b', "number"), values: Float64Array.of(1, 2, 3) },
    { kind: "number", feature: feature("2024", "number"), values: Float64Array.of(4, 5, 6) },
  ],
};

test("columns that danfo needs for itself are renamed, the others keep their names and order", () => {
  const frame = toFrame(table);
  assert.deepEqual(frame.columns, ["customer_id", "column_values", "column___proto__", 'a"b', "column_2024"]);
  assert.deepEqual(frame.shape, [3, 5]);
});

test("keys stay text, missing numbers NaN, missing texts null", () => {
  const frame = toFrame(table);
  assert.deepEqual(frame.column("customer_id").values, ["007", "42", "9007199254740993"]);
  assert.deepEqual([...numbers(frame, "column_values")], [1.5, Number.NaN, 3]);
  assert.deepEqual(frame.column("column___proto__").values, ["a", null, "=cmd()"]);
});

test("a table too long for danfo becomes a seeded sample in the table’s order, and asks for the seed", () => {
  const many = {
    ...table,
    keys: Array.from({ length: 500 }, (_, i) => String(i).padStart(3, "0")),
    columns: [],
  };
  const keys = toFrame(many, { rows: 50, seed: 7 }).column("customer_id").values as string[];
  assert.equal(keys.length, 50);
  assert.deepEqual(keys, [...keys].sort());
  assert.deepEqual(keys, toFrame(many, { rows: 50, seed: 7 }).column("customer_id").values);
  assert.throws(() => toFrame(many, { rows: 50 }), {
    name: "InputError",
    message: /seed must be given for a table of 500 rows/,
  });
});

test("a frame goes back to a matrix, column by column, every cell checked", () => {
  const frame = toFrame(table);
  const matrix = fromFrame(frame, { columns: ["column_2024", 'a"b'] });
  assert.deepEqual([...matrix.values], [4, 1, 5, 2, 6, 3]);
  assert.throws(() => fromFrame(frame, { columns: ["column_values"] }), {
    name: "InputError",
    message: 'fromFrame: column "column_values" must hold numbers, got NaN at row 1',
  });
  assert.equal(
    Number.isNaN(fromFrame(frame, { columns: ["column_values"], missing: "NaN" }).values[1]),
    true,
  );
});

test("a column that is not there is refused with the nearest name", () => {
  assert.throws(() => numbers(toFrame(table), "custmer_id"), { message: /Did you mean "customer_id"\?/ });
});

test("text in a column of numbers is refused with its row", () => {
  assert.throws(() => numbers(toFrame(table), "customer_id"), {
    message: 'numbers: column "customer_id" must hold numbers, got "007" at row 0',
  });
});

test("an empty table has no frame", () => {
  assert.throws(() => toFrame({ ...table, keys: [] }), { name: "InputError", message: /at least one row/ });
});

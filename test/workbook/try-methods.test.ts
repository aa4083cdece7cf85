import assert from "node:assert/strict";
import { test } from "node:test";
import type { CustomerTable } from "#src/core/feature.js";
import { matrixOf } from "#src/core/matrix.js";
import { tryMethods } from "#src/workbook/try-methods.js";

const basis = matrixOf({ x: [0, 0.1, 0.2, 5, 5.1, 5.2, 9, 9.1] });
const table: CustomerTable = { keyName: "id", keys: [..."abcdefgh"], columns: [] };

test("a method that cannot take the data says so, and the others are tried all the same", () => {
  const survey = { answers: matrixOf({ q1: [1, 1, 1] }), places: [0, 1, 2] };
  const methods = tryMethods(
    { basis, table, rows: Int32Array.of(0, 1, 2, 3, 4, 5), survey },
    { clusterCount: 2, seed: 1 },
  );
  assert.deepEqual(
    methods.map(({ name, labels }) => [name, labels.length]),
    [
      ["k-medoids", 6],
      ["Ward’s tree", 6],
      ["Gaussian mixture", 6],
      ["latent classes", 0],
    ],
  );
  assert.match(methods[3]!.notes[0]!, /^Not tried: fitLatentClass: clusterCount must be .+, got 2\.$/);
});

test("customers without answers have no latent class", () => {
  const survey = { answers: matrixOf({ q1: [1, 1, 2], q2: [1, 1, 2] }), places: [0, 2, 3] };
  const methods = tryMethods(
    { basis, table, rows: Int32Array.of(1, 2, 3, 4, 6), survey },
    { clusterCount: 2, seed: 1 },
  );
  const { labels } = methods.find(({ name }) => name === "latent classes")!;
  assert.deepEqual([...labels], [0, -1, 0, 1, -1]);
});

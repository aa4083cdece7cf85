import assert from "node:assert/strict";
import { test } from "node:test";
import { columnOf, type Matrix, matrixOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { fitRecipe } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { assignCustomers } from "#src/segments/assign.js";
import { defineSegments } from "#src/segments/define-segments.js";

const random = createRandom(21);

/** 400 customers; the groups in spend and visits cross those in age. */
function madeShop(): Matrix {
  const rows = Array.from({ length: 400 }, (_, i) => ({ young: i % 2, rich: (i >> 1) % 2 }));
  return matrixOf({
    age: rows.map(({ young }) => 60 - 30 * young + 4 * random.normal()),
    spend: rows.map(({ rich }) => Math.exp(4 + rich + 0.7 * random.normal())),
    visits: rows.map(({ rich }) => 10 + 8 * rich + 6 * random.normal()),
  });
}

test("a weighted definition places every customer in DuckDB as it does here, and as the fit did", async () => {
  const raw = madeShop();
  const blockOf = { age: "customers", spend: "transactions", visits: "transactions" };
  const recipe = fitRecipe(raw, { weights: { blockOf, blocks: { customers: 3, transactions: 0.7 } } });
  const fit = fitKMeans(applyRecipe(recipe, raw), { clusterCount: 4, starts: 20, seed: 1 });
  const definition = defineSegments({
    id: "weighted",
    createdFor: null,
    keyName: "customer_id",
    features: raw.columns.map((name) => ({
      name,
      label: name,
      unit: "",
      type: "number",
      role: "basis",
      meaning: name,
    })),
    recipe,
    fit,
    verdicts: fit.centres.map(() => "constructive"),
  });
  const customers = {
    keys: Array.from({ length: raw.rowCount }, (_, i) => `c${i}`),
    columns: new Map(raw.columns.map((name, j) => [name, columnOf(raw, j)])),
  };
  assert.deepEqual(assignCustomers(definition, customers).labels, fit.labels);
  const [check] = await verifyTargets(definition, { customers, targets: ["duckdb"] });
  assert.deepEqual([check?.status, check?.disagreements], ["agrees", 0]);
});

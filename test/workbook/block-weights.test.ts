import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { fitRecipe } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { varianceShares } from "#src/validity/variance-shares.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("weights: equal in the workbook gives the sample shop's three blocks a third of the variance each", async () => {
  const shop = readFileSync("data/sample/segbook.yaml", "utf8");
  const file = join(folder, "segbook.yaml");
  writeFileSync(file, shop.replace("seed: 7", "seed: 7, weights: equal"));
  const book = await openWorkbook(file, { dataFolder: resolve("data/sample") });
  try {
    const basis = await book.basis();
    const recipe = fitRecipe(basis, { transforms: book.transforms, weights: book.weights! });
    const { blocks } = varianceShares(applyRecipe(recipe, basis), { features: book.features });
    assert.deepEqual(blocks.map(({ name, featureCount }) => [name, featureCount]).sort(), [
      ["customers", 1],
      ["transactions", 5],
      ["web", 1],
    ]);
    // Rounding to the lattice moves a share by less.
    for (const { ofVariance } of blocks) assert.ok(Math.abs(ofVariance - 1 / 3) < 1e-6);
  } finally {
    book.close();
  }
});

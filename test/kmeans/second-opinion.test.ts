import assert from "node:assert/strict";
import { test } from "node:test";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { crossCheckKMeans } from "#src/kmeans/second-opinion.js";
import { drawBlobs, readWholesale } from "../cluster/matrices.js";
import { datasetFile, withoutDataset } from "../datasets.js";

const wholesale = datasetFile("wholesale/wholesale_customers_bom.csv");

test("ml-kmeans reaches the same fixed point from the same centres on wholesale customers", {
  skip: wholesale === undefined && withoutDataset,
}, () => {
  const matrix = readWholesale(wholesale!);
  for (const clusterCount of [1, 2, 3, 4, 6, 9])
    assert.ok(crossCheckKMeans(matrix, fitKMeans(matrix, { clusterCount, seed: 1, starts: 5 })).agrees);
});

test("ml-kmeans reaches the same fixed point on data with and without groups", () => {
  for (let seed = 0; seed < 12; seed++) {
    const { matrix } = drawBlobs({
      seed,
      rowCount: 300,
      columnCount: 2 + (seed % 5),
      groups: 1 + (seed % 4),
      spread: 1.5,
    });
    const opinion = crossCheckKMeans(
      matrix,
      fitKMeans(matrix, { clusterCount: 2 + (seed % 6), seed, starts: 2 }),
    );
    assert.equal(opinion.disagreements, 0, `seed ${seed}`);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { withoutDataset } from "../../datasets.js";
import { startReferences, startTable, weightedReferences } from "../../kmeans/start-references.js";

/** Values are rounded to the lattice, which moves a sum of squares by less. */
const tolerance = 1e-7;

for (const data of ["wholesale", "campaign", "iris", "ruspini", "chickwts"]) {
  const matrix = startTable(data);
  const options = { skip: matrix === undefined && withoutDataset };
  test(
    `${data}: 1,000 starts come as low as 1,000 of scikit-learn and 1,000 of R, counts 2 to 10`,
    options,
    () => {
      for (const { clusterCount, inertia } of startReferences().filter((wanted) => wanted.data === data)) {
        const fit = fitKMeans(matrix!, { clusterCount, seed: 2, starts: 1000 });
        assert.ok(
          fit.inertia <= inertia * (1 + tolerance),
          `${clusterCount}: ${fit.inertia} above ${inertia}`,
        );
      }
    },
  );

  test(
    `${data}: with case weights 1,000 starts come as low as 200 of scikit-learn, counts 2, 5 and 8`,
    options,
    () => {
      const caseWeights = Array.from({ length: matrix!.rowCount }, (_, i) => i % 5);
      for (const { clusterCount, inertia } of weightedReferences().filter((wanted) => wanted.data === data)) {
        const fit = fitKMeans(matrix!, { clusterCount, caseWeights, seed: 2, starts: 1000 });
        assert.ok(
          fit.inertia <= inertia * (1 + tolerance),
          `${clusterCount}: ${fit.inertia} above ${inertia}`,
        );
      }
    },
  );
}

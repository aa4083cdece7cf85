import { test } from "node:test";
import { withoutDataset } from "../../datasets.js";
import { comparePairs, compareSchemes, stabilityTable } from "../../validity/stability-references.js";

for (const name of ["planted", "wholesale"]) {
  const options = { skip: stabilityTable(name) === undefined && withoutDataset };
  test(`${name}: 1,000 draws of each scheme as 1,000 of fpc's clusterboot`, options, () => {
    compareSchemes(name, 1000);
  });

  test(
    `${name}: 1,000 pairs of samples as 1,000 of flexclust's bootFlexclust and slswFlexclust`,
    options,
    () => {
      comparePairs(name, 1000);
    },
  );
}

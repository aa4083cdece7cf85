// Peak memory of k-means on 10,000,000 × 8 with 8 clusters. node bench/ten-million.js; writes its section of bench/results.md.
import { fileURLToPath } from "node:url";
import { fitKMeans } from "../dist/index.js";
import { drawMixture, spacedRows } from "./made-data.js";
import { measure } from "./measure.js";
import { writeSection } from "./results.js";

const file = fileURLToPath(import.meta.url);
if (process.argv[2] === "fit") {
  const matrix = drawMixture(10_000_000, 8);
  fitKMeans(matrix, {
    clusterCount: 8,
    seed: 1,
    initialCentres: spacedRows(matrix, 8),
    maxIterations: 50,
  });
} else if (process.argv[2] === "draw") {
  drawMixture(10_000_000, 8);
} else {
  const gigabytes = async (task) =>
    ((await measure(process.execPath, [file, task], { memory: true })).peakBytes / 1e9).toFixed(2);
  const [drawn, fitted] = [await gigabytes("draw"), await gigabytes("fit")];
  writeSection(
    "Memory of 10,000,000 rows",
    [
      "Largest memory of the whole process, k-means on 10,000,000 × 8 into 8 clusters, one thread per core.",
      "",
      "| | GB | wanted |",
      "| --- | ---: | ---: |",
      `| the matrix alone, as doubles | ${drawn} | |`,
      `| with the fit | ${fitted} | < 1.6 |`,
    ].join("\n"),
  );
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  assignRows,
  fitGaussianMixture,
  fitKMeans,
  fitKMedoids,
  fitKPrototypes,
  gapStatistic,
  meanSilhouette,
  mixedTableOf,
} from "../dist/index.js";
import { drawMixture, drawWords, spacedRows } from "./made-data.js";

/**
 * The works that are timed. Each draws its data, runs ours, and lists the peers' requests under the names of their rows in
 * the table; of several ways that a peer knows, the one that was fastest in a first run is timed.
 *
 * @param folder - For the data that both sides read.
 * @param threads - For both sides.
 */
export function clusterWorks(folder, threads) {
  return [
    ...[6, 12, 24].map((count) => fromCentres(folder, threads, count)),
    manyCounts(folder, threads),
    manyStarts(folder, threads),
    gapOf(folder, threads),
    silhouetteOf(folder),
    medoidsOf(folder),
    prototypesOf(folder),
    mixtureOf(folder, 1),
    mixtureOf(folder, 10),
    assignmentOf(folder, threads),
  ];
}

const wanted = { 6: [0.35, 0.5], 12: [0.15, 0.25], 24: [0.12, 0.2] };

function fromCentres(folder, threads, clusterCount) {
  return {
    name: `k-means 1M × 8 from given centres, ${clusterCount} clusters`,
    repeats: 3,
    prepare() {
      const matrix = drawMixture(1_000_000, 8);
      const initialCentres = spacedRows(matrix, clusterCount);
      const request = {
        task: "kmeans_from",
        ...writeMatrix(folder, matrix),
        centres: writeNumbers(folder, `centres-${clusterCount}`, Float64Array.from(initialCentres.flat())),
      };
      const ways = ["float64", "float32"].map((type) =>
        ["lloyd", "elkan"].map((algorithm) => ({ ...request, type, algorithm })),
      );
      return {
        ours: () => fitKMeans(matrix, { clusterCount, seed: 1, initialCentres, threads }),
        peers: [
          { name: "scikit-learn, double", ways: ways[0], wanted: wanted[clusterCount][0] },
          { name: "scikit-learn, its fastest", ways: ways.flat(), wanted: wanted[clusterCount][1] },
        ],
      };
    },
  };
}

function manyCounts(folder, threads) {
  const counts = Array.from({ length: 11 }, (_, i) => i + 2);
  return {
    name: "k-means 100k × 8, counts 2…12, 20 starts each",
    repeats: 3,
    prepare() {
      const matrix = drawMixture(100_000, 8);
      const request = { task: "kmeans_starts", ...writeMatrix(folder, matrix), counts, starts: 20 };
      return {
        ours: () =>
          counts.map((clusterCount) => fitKMeans(matrix, { clusterCount, starts: 20, seed: 1, threads })),
        peers: [{ name: "scikit-learn, its fastest", ways: bothTypes(request), wanted: 0.25 }],
      };
    },
  };
}

function manyStarts(folder, threads) {
  return {
    name: "k-means 4,000 × 6, 6 clusters, 50 starts",
    repeats: 15,
    prepare() {
      const matrix = drawMixture(4000, 6);
      const request = { task: "kmeans_starts", ...writeMatrix(folder, matrix), counts: [6], starts: 50 };
      return {
        ours: () => fitKMeans(matrix, { clusterCount: 6, starts: 50, seed: 1, threads }),
        peers: [{ name: "scikit-learn, its fastest", ways: bothTypes(request), wanted: 0.25 }],
      };
    },
  };
}

/** The peers work reference by reference: they are timed with few, and their time is taken as proportional to the data sets. */
const peerReferences = 9;

function gapOf(folder, threads) {
  return {
    name: "gap 5k × 6, counts 1…10, 50 starts, 200 references",
    repeats: 1,
    prepare() {
      const matrix = drawMixture(5000, 6);
      const counts = Array.from({ length: 10 }, (_, i) => i + 1);
      const request = {
        ...writeMatrix(folder, matrix),
        counts,
        highest: 10,
        starts: 50,
        references: peerReferences,
      };
      const options = { counts: [1, 10], starts: 50, references: 200, seed: 1, threads };
      const scale = 201 / (peerReferences + 1);
      return {
        ours: () => gapStatistic(matrix, options),
        also: {
          "with 50 starts per reference too": () =>
            gapStatistic(matrix, { ...options, startsPerReference: 50 }),
        },
        peers: [
          { name: "R clusGap", program: "R", ways: [request], scale, wanted: 0.1 },
          { name: "scikit-learn in a loop", ways: [{ task: "gap", ...request }], scale, wanted: 0.3 },
        ],
      };
    },
  };
}

function silhouetteOf(folder) {
  return {
    name: "exact mean silhouette 20k × 8",
    repeats: 5,
    prepare() {
      const matrix = drawMixture(20_000, 8);
      const { labels } = fitKMeans(matrix, { clusterCount: 8, starts: 5, seed: 1 });
      const request = {
        task: "silhouette",
        ...writeMatrix(folder, matrix),
        labels: writeNumbers(folder, "labels", labels),
      };
      return {
        ours: () => meanSilhouette(matrix, labels, { seed: 1 }),
        peers: [{ name: "scikit-learn", ways: [request], wanted: 0.5 }],
      };
    },
  };
}

function medoidsOf(folder) {
  return {
    name: "k-medoids (FasterPAM) 5k × 8, 8 clusters, 5 starts",
    repeats: 3,
    prepare() {
      const matrix = drawMixture(5000, 8);
      const request = { task: "faster_pam", ...writeMatrix(folder, matrix), count: 8, starts: 5 };
      return {
        ours: () => fitKMedoids(matrix, { clusterCount: 8, starts: 5, seed: 1 }),
        peers: [{ name: "kmedoids", ways: [request], wanted: 2 }],
      };
    },
  };
}

function prototypesOf(folder) {
  const wordCount = 4;
  return {
    name: "k-prototypes 100k, 6 numbers + 4 words, 6 clusters, 1 start",
    repeats: 1,
    prepare() {
      const matrix = drawMixture(100_000, 6);
      const words = drawWords(matrix, wordCount);
      const request = {
        task: "k_prototypes",
        ...writeMatrix(folder, matrix),
        words: writeNumbers(folder, "words", words),
        wordCount,
        count: 6,
        gamma: 0.5,
      };
      const table = mixedTableOf({
        ...columnsOf(matrix),
        ...Object.fromEntries(
          Array.from({ length: wordCount }, (_, j) => [
            `w${j}`,
            Array.from({ length: matrix.rowCount }, (_, i) => String(words[i * wordCount + j])),
          ]),
        ),
      });
      return {
        ours: () => fitKPrototypes(table, { clusterCount: 6, starts: 1, seed: 1, gamma: 0.5 }),
        peers: [{ name: "kmodes", ways: [request], wanted: 0.05 }],
      };
    },
  };
}

function mixtureOf(folder, starts) {
  return {
    name: `Gaussian mixture, full, 100k × 8, 6 components, starts: ${starts}`,
    repeats: 3,
    prepare() {
      const matrix = drawMixture(100_000, 8);
      const request = {
        task: "gaussian_mixture",
        ...writeMatrix(folder, matrix),
        count: 6,
        starts,
        tolerance: 1e-6,
      };
      return {
        ours: () => fitGaussianMixture(matrix, { clusterCount: 6, starts, seed: 1 }),
        peers: [{ name: "scikit-learn", ways: [request], wanted: 1 }],
      };
    },
  };
}

function assignmentOf(folder) {
  return {
    name: "assignment 10M × 8, 8 clusters",
    repeats: 3,
    prepare() {
      const matrix = drawMixture(10_000_000, 8);
      const centres = spacedRows(matrix, 8);
      const request = {
        task: "predict",
        ...writeMatrix(folder, matrix),
        centres: writeNumbers(folder, "centres-8", Float64Array.from(centres.flat())),
      };
      return {
        ours: () => assignRows(matrix, centres),
        peers: [
          {
            name: "scikit-learn predict",
            ways: ["float64", "float32"].map((type) => ({ ...request, type })),
            wanted: 0.5,
          },
        ],
      };
    },
  };
}

function bothTypes(request) {
  return ["float64", "float32"].flatMap((type) =>
    ["lloyd", "elkan"].map((algorithm) => ({ ...request, type, algorithm })),
  );
}

function columnsOf({ values, rowCount, columnCount, columns }) {
  return Object.fromEntries(
    columns.map((name, j) => [
      name,
      Float64Array.from({ length: rowCount }, (_, i) => values[i * columnCount + j]),
    ]),
  );
}

function writeMatrix(folder, { values, columnCount, rowCount }) {
  return { columns: columnCount, values: writeNumbers(folder, `values-${rowCount}-${columnCount}`, values) };
}

function writeNumbers(folder, name, numbers) {
  const file = join(folder, name);
  writeFileSync(file, numbers);
  return file;
}

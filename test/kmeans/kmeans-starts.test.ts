import assert from "node:assert/strict";
import { test } from "node:test";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { drawBlobs } from "../cluster/matrices.js";
import { withoutDataset } from "../datasets.js";
import { startReferences, startTable, weightedReferences } from "./start-references.js";

/** Values are rounded to the lattice, which moves a sum of squares by less. */
const tolerance = 1e-7;

for (const data of ["wholesale", "iris", "ruspini", "chickwts"]) {
  const matrix = startTable(data);
  test(`${data}: 200 starts come as low as 1,000 of scikit-learn and 1,000 of R, counts 2 to 7`, {
    skip: matrix === undefined && withoutDataset,
  }, () => {
    for (const { clusterCount, inertia } of startReferences().filter((wanted) => wanted.data === data)) {
      if (clusterCount > 7) continue;
      const fit = fitKMeans(matrix!, { clusterCount, seed: 1, starts: 200 });
      assert.ok(fit.inertia <= inertia * (1 + tolerance), `${clusterCount}: ${fit.inertia} above ${inertia}`);
    }
  });

  test(`${data}: with case weights 200 starts come as low as 200 of scikit-learn, counts 2 and 5`, {
    skip: matrix === undefined && withoutDataset,
  }, () => {
    const caseWeights = Array.from({ length: matrix!.rowCount }, (_, i) => i % 5);
    for (const { clusterCount, inertia } of weightedReferences().filter((wanted) => wanted.data === data)) {
      if (clusterCount > 5) continue;
      const fit = fitKMeans(matrix!, { clusterCount, caseWeights, seed: 1, starts: 200 });
      assert.ok(fit.inertia <= inertia * (1 + tolerance), `${clusterCount}: ${fit.inertia} above ${inertia}`);
    }
  });
}

test("given centres among several starts are the first of them, and the best is kept", () => {
  const { matrix } = drawBlobs({ seed: 8, rowCount: 400, columnCount: 3, groups: 4, spread: 4 });
  const good = fitKMeans(matrix, { clusterCount: 4, seed: 1, starts: 20 });
  const poor = [0, 1, 2, 3].map((i) => [i / 1000, 0, 0]);
  const fromGood = fitKMeans(matrix, { clusterCount: 4, seed: 1, starts: 2, initialCentres: good.centres });
  assert.equal(fromGood.inertia, good.inertia);
  assert.equal(fromGood.starts, 2);
  const fromPoor = fitKMeans(matrix, { clusterCount: 4, seed: 1, starts: 20, initialCentres: poor });
  assert.equal(fromPoor.inertia, good.inertia);
  const alone = fitKMeans(matrix, { clusterCount: 4, seed: 1, starts: 1, initialCentres: poor });
  assert.deepEqual(alone, fitKMeans(matrix, { clusterCount: 4, seed: 99, initialCentres: poor }));
  assert.deepEqual(
    alone.initialCentres,
    poor.map((centre) => centre.map((x) => Math.round(x * 2 ** 20) / 2 ** 20)),
  );
});

test("many rows begin on a sample by hash: shuffled rows and other threads change nothing, and no start is worse off", () => {
  const { matrix } = drawBlobs({ seed: 9, rowCount: 40_000, columnCount: 4, groups: 5, spread: 3 });
  const options = { clusterCount: 5, seed: 3, starts: 6 };
  const fit = fitKMeans(matrix, { ...options, threads: 1 });
  const turned = {
    ...matrix,
    values: Float64Array.from({ length: matrix.values.length }, (_, at) => {
      const row = matrix.rowCount - 1 - Math.floor(at / 4);
      return matrix.values[row * 4 + (at % 4)]!;
    }),
  };
  const again = fitKMeans(turned, { ...options, threads: 2 });
  assert.deepEqual({ ...again, labels: again.labels.reverse() }, fit);
  assert.ok(fit.converged);
  const plain = fitKMeans(matrix, { clusterCount: 5, seed: 0, initialCentres: fit.initialCentres });
  assert.ok(fit.inertia <= plain.inertia);
});

test("many copies of few rows leave no start without centres", () => {
  const values = Float64Array.from({ length: 40_000 }, (_, i) => (i % 8000 === 0 ? 1 + i / 8000 : 0));
  const matrix = { rowCount: 40_000, columnCount: 1, columns: ["x"], values };
  const fit = fitKMeans(matrix, { clusterCount: 6, seed: 1, starts: 4 });
  assert.equal(fit.inertia, 0);
  assert.deepEqual(fit.sizes, [39_995, 1, 1, 1, 1, 1]);
});

test("20 separate groups are found by at least a quarter of the starts", () => {
  const { matrix } = drawBlobs({ seed: 5, rowCount: 4000, columnCount: 6, groups: 20, spread: 6 });
  assert.ok(fitKMeans(matrix, { clusterCount: 20, seed: 1, starts: 40 }).hitRate >= 0.25);
});

test("a listener hears of every start, and what it throws comes out", () => {
  const { matrix } = drawBlobs({ seed: 2, rowCount: 40_000, columnCount: 2, groups: 3, spread: 3 });
  const heard: number[] = [];
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    assert.equal(total, 8);
    heard.push(done);
  };
  fitKMeans(matrix, { clusterCount: 3, seed: 1, starts: 8, onProgress });
  assert.deepEqual(
    heard,
    [...heard].sort((a, b) => a - b),
  );
  assert.equal(heard.at(-1), 8);
  const stop = new Error("enough");
  assert.throws(
    () =>
      fitKMeans(matrix, {
        clusterCount: 3,
        seed: 1,
        onProgress: () => {
          throw stop;
        },
      }),
    (error) => error === stop,
  );
});

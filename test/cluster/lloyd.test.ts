import assert from "node:assert/strict";
import { test } from "node:test";
import { closeCrew, loadRows, openCrew, runStarts } from "#src/cluster/crew.js";
import { typedKernel } from "#src/cluster/typed-kernel.js";
import { matrixOfColumns } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { exhaustiveLloyd } from "./exhaustive-lloyd.js";

const step = 2 ** -20;

interface Problem {
  readonly rows: number[][];
  readonly start: number[][];
}

/** Small problems full of trouble: five-value lattices, extremes, duplicates, odd columns, constants, equal starting centres. */
function drawProblem(number: number): Problem {
  const random = createRandom(number);
  const columnCount = 1 + random.below(number % 10 === 0 ? 32 : 9);
  const rowCount = 3 + random.below(120);
  const clusterCount = 1 + random.below(Math.min(9, rowCount));
  const kinds = [
    () => random.below(5) - 2,
    () => (random.below(2) === 0 ? -(2 ** 23) : 2 ** 23),
    () => Math.round(random.normal() * 2 ** 20),
    () => Math.round(Math.max(-8, Math.min(8, random.normal() * 3)) * 2 ** 20),
    () => (random.below(20) === 0 ? Math.round(random.normal() * 2 ** 20) : 7),
  ];
  const kind = kinds[number % kinds.length]!;
  const rows = Array.from({ length: rowCount }, () => Array.from({ length: columnCount }, kind));
  const start = Array.from({ length: clusterCount }, () =>
    random.below(6) === 0 ? Array.from({ length: columnCount }, kind) : [...rows[random.below(rowCount)]!],
  );
  return { rows, start };
}

function distinct(rows: number[][]): number {
  return new Set(rows.map((row) => row.join())).size;
}

function toMatrix(rows: number[][]) {
  const names = rows[0]!.map((_, j) => `x${j}`);
  return matrixOfColumns(
    names,
    names.map((_, j) => rows.map((row) => row[j]! * step)),
  );
}

for (const { title, threads, typed, problems } of [
  {
    title: "pruned SIMD k-means equals exhaustive Lloyd after every iteration",
    threads: 1,
    typed: false,
    problems: 240,
  },
  {
    title: "two threads equal exhaustive Lloyd after every iteration",
    threads: 2,
    typed: false,
    problems: 40,
  },
  {
    title: "the typed-array kernel equals exhaustive Lloyd after every iteration",
    threads: 1,
    typed: true,
    problems: 120,
  },
]) {
  test(title, () => {
    let refills = 0;
    for (let number = 0; number < problems; number++) {
      const { rows, start } = drawProblem(number);
      const clusterCount = start.length;
      if (distinct(rows) < clusterCount) continue;
      const size = { rowCapacity: rows.length, columnCount: rows[0]!.length, clusterCapacity: clusterCount };
      const opened = openCrew({ ...size, startCapacity: 1 }, { threads, work: 0 });
      const crew = typed ? { ...opened, kernel: typedKernel(opened.memory.buffer) } : opened;
      const loaded = loadRows(crew, toMatrix(rows), { canonical: false, caller: "test" });
      for (const maxIterations of [1, 2, 3, 5, 1000]) {
        const initialCentres = start.map((centre) => centre.map((value) => value * step));
        const request = {
          clusterCount,
          seed: 0,
          startNumber: 0,
          maxIterations,
          initialCentres,
          refine: false,
        };
        const [result] = runStarts(crew, loaded, [request]);
        const expected = exhaustiveLloyd(rows, start, maxIterations);
        const got = Array.from({ length: clusterCount }, (_, cluster) =>
          [...result!.centres.subarray(cluster * crew.stride, (cluster + 1) * crew.stride)].slice(
            0,
            rows[0]!.length,
          ),
        );
        const where = `problem ${number}, ${maxIterations} iterations`;
        assert.deepEqual(got, expected.centres, where);
        assert.deepEqual([...crew.desks[0]!.labels.subarray(0, rows.length)], expected.labels, where);
        assert.equal(result!.iterations, expected.iterations, where);
        assert.equal(result!.inertia, bigInertia(rows, expected), where);
        refills += result!.refills;
      }
      closeCrew(opened);
    }
    assert.ok(refills > 0, "some problem must have an empty cluster");
  });
}

function bigInertia(rows: number[][], fit: { labels: number[]; centres: number[][] }): bigint {
  return rows.reduce(
    (sum, row, i) =>
      sum + row.reduce((part, value, j) => part + BigInt(value - fit.centres[fit.labels[i]!]![j]!) ** 2n, 0n),
    0n,
  );
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { matrixOfColumns } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { type Crew, closeCrew, loadRows, openCrew, runStarts } from "#src/lattice/crew.js";
import { findLattice } from "#src/lattice/lattice-rows.js";
import { runLloyd } from "#src/lattice/lloyd.js";
import { soloPasser } from "#src/lattice/pass.js";
import { typedKernel } from "#src/lattice/typed-kernel.js";
import { exhaustiveLloyd, nearest, squared } from "./exhaustive-lloyd.js";

const step = 2 ** -20;

interface Problem {
  readonly rows: number[][];
  readonly start: number[][];
}

/** Small problems full of trouble: five-value lattices, extremes, duplicates, odd columns, constants, equal starting centres. */
function drawProblem(number: number): Problem {
  const random = createRandom(number);
  const columnCount = 1 + random.below(number % 10 === 0 ? 32 : 9);
  const rowCount = 1 + random.below(120);
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
    title: "four threads equal exhaustive Lloyd after every iteration",
    threads: 4,
    typed: false,
    problems: 10,
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
      if (distinct(rows) < start.length) continue;
      const limits = [1, 2, 3, 5, 1000];
      refills += compareWithExhaustive(
        { rows, start },
        { threads, typed, limits, where: `problem ${number}` },
      );
    }
    assert.ok(refills > 0, "some problem must have an empty cluster");
  });
}

test("256 clusters equal exhaustive Lloyd", () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 601 }, () =>
    Array.from({ length: 5 }, () => random.below(4000) * 2 ** 11),
  );
  const start = rows.slice(0, 256).map((row) => [...row]);
  compareWithExhaustive({ rows, start }, { threads: 1, typed: false, limits: [1, 4], where: "256 clusters" });
});

test("1,024 columns equal exhaustive Lloyd, up to the 2^20 steps where their squares still add up exactly", () => {
  const random = createRandom(4);
  const kinds = [() => (random.below(2) === 0 ? -(2 ** 20) : 2 ** 20), () => random.below(2 ** 20)];
  for (const kind of kinds) {
    const rows = Array.from({ length: 41 }, () => Array.from({ length: 1024 }, kind));
    const start = rows.slice(0, 5).map((row) => [...row]);
    for (const typed of [false, true])
      compareWithExhaustive(
        { rows, start },
        { threads: 1, typed, limits: [1, 1000], where: "1,024 columns" },
      );
  }
});

test("beyond 32 columns the lattice is coarser where values reach far, and a note says so", () => {
  const rows = [0, 1].map((first) => [first, ...Array.from({ length: 127 }, () => 2 ** 23)]);
  const { step: coarse, notes } = findLattice(
    "test",
    toMatrix(rows.map((row) => row.map((q) => q - 2 ** 22))),
  );
  assert.equal(coarse, step, "a range of 2^23 steps still fits 128 columns");
  assert.deepEqual(notes, []);
  const wide = findLattice("test", toMatrix([...rows, rows[0]!.map((q) => -q)]));
  assert.equal(wide.step, 2 * step);
  assert.deepEqual(wide.notes, [
    `Values were rounded to multiples of ${2 * step}, so that distances over 128 columns are exact.`,
  ]);
});

test("centres that travel far start the thresholds over, and the labels stay exact", () => {
  // Opposite corners of 32 columns lie 2^26.5 steps apart.
  const corner = (value: number, shift: number) => Array.from({ length: 32 }, (_, j) => value + shift * j);
  const rows = Array.from({ length: 90 }, (_, i) =>
    corner(i % 2 === 0 ? 2 ** 23 : -(2 ** 23), i % 2 === 0 ? -i : i),
  );
  const start = Array.from({ length: 3 }, () => corner(-(2 ** 23), 0));
  const opened = openFor({ rows, start }, 1);
  loadRows(opened, toMatrix(rows), { canonical: false, caller: "test" });
  const desk = opened.desks[0]!;
  const problem = { rowCount: rows.length, clusterCount: 3, kernel: opened.kernel };
  const passer = soloPasser(opened, desk, problem);
  const drifts: number[] = [];
  let forgotten = 0;
  const watched = {
    ...passer,
    forgetThresholds() {
      forgotten++;
      passer.forgetThresholds();
    },
    pass(drift: number, movement: number) {
      drifts.push(drift);
      passer.pass(drift, movement);
    },
  };
  for (const [cluster, centre] of start.entries()) desk.centres.set(centre, cluster * opened.stride);
  runLloyd(opened, desk, { ...problem, passer: watched, maxIterations: 1000, refine: false });
  const expected = exhaustiveLloyd(rows, start, 1000);
  assert.deepEqual([...desk.labels.subarray(0, rows.length)], expected.labels);
  assert.ok(forgotten > 0);
  assert.ok(Math.max(...drifts) <= 2 ** 26);
});

test("a threshold never promises more than the second nearest centre keeps", () => {
  const random = createRandom(9);
  for (const columnCount of [1, 3, 8, 13, 40]) {
    const draw = () => Array.from({ length: columnCount }, () => Math.round(random.normal() * 2 ** 17));
    const rows = Array.from({ length: 333 }, draw);
    const start = rows.slice(0, 7);
    const crew = openFor({ rows, start }, 1);
    loadRows(crew, toMatrix(rows), { canonical: false, caller: "test" });
    const desk = crew.desks[0]!;
    for (const [cluster, centre] of start.entries()) desk.centres.set(centre, cluster * crew.stride);
    const passer = soloPasser(crew, desk, { rowCount: 333, clusterCount: 7, kernel: crew.kernel });
    passer.clear();
    passer.pass(0, Infinity);
    assert.ok(desk.margin[0]! < Infinity, "the coarse integers are in use");
    let resting = 0;
    rows.forEach((row, i) => {
      const [first, second] = start.map((centre) => Math.sqrt(squared(row, centre))).sort((a, b) => a - b);
      assert.equal(desk.labels[i], nearest(row, start));
      assert.ok(desk.thresholds[i]! <= second! - first!);
      if (desk.thresholds[i]! > 0.9 * (second! - first!)) resting++;
    });
    assert.ok(resting > 250, `${resting} thresholds are close to what they could be`);
  }
});

function openFor({ rows, start }: Problem, threads: number): Crew {
  const size = { rowCapacity: rows.length, columnCount: rows[0]!.length, clusterCapacity: start.length };
  return openCrew({ ...size, startCapacity: 1 }, { threads, work: 0 });
}

/** Runs a problem to each limit of iterations on a crew and by exhaustion; returns how many clusters were refilled. */
function compareWithExhaustive(
  { rows, start }: Problem,
  options: { threads: number; typed: boolean; limits: number[]; where: string },
): number {
  const clusterCount = start.length;
  const opened = openFor({ rows, start }, options.threads);
  const crew = options.typed ? { ...opened, kernel: typedKernel(opened.memory.buffer) } : opened;
  const loaded = loadRows(crew, toMatrix(rows), { canonical: false, caller: "test" });
  const initialCentres = start.map((centre) => centre.map((value) => value * step));
  let refills = 0;
  for (const maxIterations of options.limits) {
    const request = { clusterCount, seed: 0, startNumber: 0, maxIterations, initialCentres, refine: false };
    const [result] = runStarts(crew, loaded, [request]);
    const expected = exhaustiveLloyd(rows, start, maxIterations);
    const got = start.map((_, cluster) => [
      ...result!.centres.subarray(cluster * crew.stride, cluster * crew.stride + rows[0]!.length),
    ]);
    const where = `${options.where}, ${maxIterations} iterations`;
    assert.deepEqual(got, expected.centres, where);
    assert.deepEqual([...crew.desks[0]!.labels.subarray(0, rows.length)], expected.labels, where);
    assert.equal(result!.iterations, expected.iterations, where);
    assert.equal(result!.inertia, bigInertia(rows, expected), where);
    refills += result!.refills;
  }
  closeCrew(opened);
  return refills;
}

function bigInertia(rows: number[][], fit: { labels: number[]; centres: number[][] }): bigint {
  return rows.reduce(
    (sum, row, i) =>
      sum + row.reduce((part, value, j) => part + BigInt(value - fit.centres[fit.labels[i]!]![j]!) ** 2n, 0n),
    0n,
  );
}

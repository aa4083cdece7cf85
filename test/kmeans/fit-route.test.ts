import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { openRouteSolver, type RouteFit, type RouteOptions } from "#src/kmeans/fit-route.js";
import { openRouteKernel } from "#src/kmeans/open-route-kernel.js";
import type { RouteKernel } from "#src/kmeans/route-kernel.js";
import { routeKernelBinary } from "#src/kmeans/route-kernel-binary.js";
import { loadPoints, openRouteMemory } from "#src/kmeans/route-memory.js";
import { runRoute } from "#src/kmeans/run-route.js";
import { beginStart } from "#src/kmeans/seed-route.js";
import { typedRouteKernel } from "#src/kmeans/typed-route-kernel.js";
import { createSharedMemory } from "#src/lattice/open-kernel.js";
import { referenceNumbers } from "../reference-numbers.js";
import { assembleRouteKernel } from "./build-route-kernel.js";
import { runExhaustively } from "./exhaustive-route.js";

interface Reference {
  readonly square: number[][];
  readonly free: Readonly<Record<string, boolean[]>>;
  readonly best: readonly {
    data: string;
    route: "plain" | "weighted";
    clusterCount: number;
    objective: number;
  }[];
  readonly starts: readonly {
    readonly data: string;
    readonly route: "plain" | "weighted";
    readonly rows: number[];
    readonly startWeights: number[];
    readonly labels: number[];
    readonly weights: number[];
    readonly centres: number[][];
    readonly objective: number;
  }[];
}

const reference = referenceNumbers<Reference>("column-weighted");
const { iris, ruspini } = referenceNumbers<{ iris: number[][]; ruspini: number[][] }>("cluster-data");
const tables: Readonly<Record<string, readonly number[][]>> = { iris, ruspini, square: reference.square };

/** Row-major, each column of mean 0 and standard deviation 1. */
function standardise(rows: readonly (readonly number[])[]): Float64Array {
  const columns = rows[0]!.map((_, j) => {
    const values = rows.map((row) => row[j]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / (values.length - 1)) || 1;
    return values.map((value) => (value - mean) / deviation);
  });
  return Float64Array.from(rows.flatMap((_, i) => columns.map((column) => column[i]!)));
}

/** A fit in a memory of its own. */
function fitRoute(points: Float64Array, options: RouteOptions & { readonly columnCount: number }): RouteFit {
  const { rowCount, columnCount, clusterCount } = options;
  const size = { rowCapacity: rowCount, columnCount, clusterCapacity: clusterCount };
  return openRouteSolver(size).fit(points, options);
}

function close(actual: Iterable<number>, expected: Iterable<number>, tolerance = 1e-9): void {
  const [a, b] = [[...actual], [...expected]];
  assert.equal(a.length, b.length);
  a.forEach((value, at) => {
    assert.ok(
      Math.abs(value - b[at]!) <= tolerance * Math.max(1, Math.abs(b[at]!)),
      `${value} is not ${b[at]}`,
    );
  });
}

test("the committed kernel is what route-kernel.wat assembles to (else: node build/kmeans/build-route-kernel.js)", async () => {
  assert.equal(routeKernelBinary, await assembleRouteKernel());
});

for (const route of ["plain", "weighted"] as const)
  test(`the ${route} route ends from given centres where NumPy ends: labels, centres, weights and objective to 1e-9`, () => {
    const own = reference.starts.filter((start) => start.route === route);
    assert.ok(own.length > 30);
    for (const start of own) {
      const points = standardise(tables[start.data]!);
      const free = reference.free[start.data]!;
      const rowCount = start.labels.length;
      const clusterCount = start.rows.length;
      const memory = openRouteMemory({ rowCapacity: rowCount, columnCount: free.length, clusterCapacity: 6 });
      loadPoints(memory, points, rowCount);
      const { centres, weights, labels } = memory.arrays;
      start.rows.forEach((row, cluster) => {
        centres.set(points.subarray(row * free.length, (row + 1) * free.length), cluster * free.length);
      });
      weights.set(start.startWeights);
      const weighted = route === "weighted";
      const end = runRoute(memory, { rowCount, clusterCount, weighted, free, mostSteps: 200 });
      assert.ok(end.converged);
      assert.deepEqual([...labels.subarray(0, rowCount)], start.labels);
      close(centres.subarray(0, clusterCount * free.length), start.centres.flat());
      close(weights, start.weights);
      close([end.objective], [start.objective]);
    }
  });

test("1,000 starts come as low as NumPy's 200 on iris, ruspini and a square of four groups, for both routes", () => {
  for (const { data, route, clusterCount, objective } of reference.best) {
    const rowCount = tables[data]!.length;
    const free = reference.free[data]!;
    const options: RouteOptions = { rowCount, clusterCount, route, free, starts: 1000, seed: 1 };
    const fit = fitRoute(standardise(tables[data]!), { ...options, columnCount: free.length });
    assert.ok(fit.objective <= objective + 1e-9 * Math.abs(objective), `${data} ${route} ${clusterCount}`);
  }
});

test("a solver gives for every matrix what a solver of its own gives, whatever it fitted before", () => {
  const solver = openRouteSolver({ rowCapacity: 301, columnCount: 4, clusterCapacity: 8 });
  const free = [true, true, true, false];
  for (const [turn, rowCount] of [301, 9, 300, 64, 8].entries())
    for (const route of ["weighted", "plain"] as const) {
      const random = createRandom(turn);
      const points = Float64Array.from({ length: rowCount * 4 }, () => random.normal());
      const options: RouteOptions = { rowCount, clusterCount: 2 + turn, route, free, starts: 5, seed: 3 };
      assert.deepEqual(solver.fit(points, options), fitRoute(points, { ...options, columnCount: 4 }));
    }
});

test("few different rows, equal rows, constant columns and a single column come to an end", () => {
  const options = { starts: 6, seed: 1, route: "weighted" } as const;
  for (const route of ["plain", "weighted"] as const) {
    const three = Float64Array.from({ length: 40 }, (_, i) => (i % 3) - 1);
    const two = { ...options, route, rowCount: 40, clusterCount: 5, columnCount: 1, free: [true] };
    const few = fitRoute(three, two);
    assert.equal(new Set(few.labels).size, 3);
    close([few.objective], [route === "plain" ? 0 : Math.log(0.1) - 1]);
    const same = fitRoute(new Float64Array(40), two);
    assert.equal(new Set(same.labels).size, 1);
    const flat = Float64Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? 0 : (at % 7) - 3));
    const fit = fitRoute(flat, { ...two, clusterCount: 2, columnCount: 2, free: [true, true] });
    assert.deepEqual([fit.centres[0], fit.centres[2], new Set(fit.labels).size], [0, 0, 2]);
    const one = fitRoute(flat, { ...two, clusterCount: 1, columnCount: 2, free: [true, true] });
    assert.deepEqual([...new Set(one.labels)], [0]);
  }
});

test("rows as far from two centres go to the lower number, also where 32 bits cannot tell them apart", () => {
  const points = Float64Array.from([-2, 0, 2, 1e-12]);
  const memory = openRouteMemory({ rowCapacity: 4, columnCount: 1, clusterCapacity: 2 });
  loadPoints(memory, points, 4);
  memory.arrays.centres.set([-1, 1]);
  memory.arrays.weights.fill(1);
  runRoute(memory, { rowCount: 4, clusterCount: 2, weighted: false, free: [true], mostSteps: 200 });
  assert.deepEqual([...memory.arrays.labels.subarray(0, 4)], [0, 0, 1, 1]);
});

test("thresholds change nothing: every start ends where comparing all distances ends", () => {
  const free = [true, true, true, true, false];
  for (let turn = 0; turn < 8; turn++) {
    const random = createRandom(turn);
    const rowCount = 2600 - 150 * turn;
    const clusterCount = 2 + (turn % 7);
    const points = Float64Array.from({ length: rowCount * 5 }, (_, at) =>
      at % 5 === 1 ? Math.round(random.normal()) : random.normal() ** (turn % 3 === 0 ? 3 : 1),
    );
    const memory = openRouteMemory({ rowCapacity: rowCount, columnCount: 5, clusterCapacity: 8 });
    loadPoints(memory, points, rowCount);
    for (const weighted of [false, true]) {
      const problem = { rowCount, clusterCount, weighted, free, mostSteps: 200 };
      beginStart(memory, problem, { random, start: turn });
      const begun = { centres: memory.arrays.centres.slice(), weights: memory.arrays.weights.slice() };
      const end = runRoute(memory, problem);
      const plain = runExhaustively(points, problem, begun);
      assert.deepEqual(memory.arrays.labels.slice(0, rowCount), plain.labels, `turn ${turn}, ${weighted}`);
      assert.equal(end.steps, plain.steps);
      close(memory.arrays.weights, plain.weights);
    }
  }
});

test("both kernels give the same bits: labels, lists, sums, sizes and seeding distances", () => {
  const random = createRandom(5);
  for (const columnCount of [1, 2, 5, 6]) {
    const values = Float32Array.from({ length: 64 * columnCount }, () => random.normal());
    const results = [
      openRouteKernel,
      ({ buffer }: { buffer: SharedArrayBuffer }) => typedRouteKernel(buffer),
    ].map((open) => exercise(open, values, columnCount));
    assert.deepEqual(results[0], results[1]);
  }
});

/** Runs every part of a kernel once; returns all of its memory. */
function exercise(
  open: (memory: { readonly buffer: SharedArrayBuffer }) => RouteKernel,
  values: Float32Array,
  columnCount: number,
): Uint8Array {
  const memory = createSharedMemory(1);
  const kernel = open(memory);
  const stride = Math.ceil(columnCount / 2) * 2;
  const at = { tiles: 0, rows: 4096, centres: 8192, labels: 9216, list: 10240, next: 11264, unsure: 12288 };
  const more = { sums: 13312, sizes: 14336, nearest: 15360, tileSums: 16384, seed: 17408 };
  const kept = {
    rowIds: 18432,
    thresholds: 19456,
    far: 20480,
    scratch: 21504,
    weights: 22528,
    gathered: 23552,
  };
  const part = { list: 26624, labels: 27648 };
  new Float32Array(memory.buffer, at.tiles, values.length).set(values);
  new Float64Array(memory.buffer, at.rows, 64 * stride).set(values.subarray(0, 64));
  new Float32Array(memory.buffer, at.centres, 4 * (columnCount + 1)).set(
    values.subarray(3, 3 + 4 * (columnCount + 1)),
  );
  new Float32Array(memory.buffer, more.seed, 2 * columnCount).set(
    values.subarray(9, 9 + 2 * columnCount).map(Math.abs),
  );
  new Float32Array(memory.buffer, more.nearest, 64).fill(2);
  new Int32Array(memory.buffer, at.labels, 64).fill(4);
  const tileBytes = columnCount * 32;
  const tilesEnd = 8 * tileBytes;
  const ids = new Int32Array(memory.buffer, kept.rowIds, 64);
  ids.set(ids.map((_, row) => row));
  new Float32Array(memory.buffer, kept.weights, columnCount).set(
    values.subarray(5, 5 + columnCount).map(Math.abs),
  );
  const out = [at.list, at.next, at.unsure, 0.05] as const;
  const keep = [1, kept.weights, kept.thresholds, kept.far, 0.01, 0.3, 1.7, kept.scratch] as const;
  const whole = [at.tiles, tileBytes, tilesEnd, at.centres, 4, kept.rowIds, at.labels] as const;
  assert.equal(kernel.assign(...whole, ...out, ...keep), 64);
  const next = new Int32Array(memory.buffer, at.next, 64);
  next.forEach((label, i) => {
    next[i] = Math.max(0, label);
  });
  kernel.move(at.rows, stride * 8, at.list, at.next, at.list + 256, at.labels, more.sums, more.sizes);
  kernel.approach(at.tiles, tileBytes, tilesEnd, more.seed, more.nearest, more.tileSums);
  const count = kernel.scan(kept.thresholds, 64, 0.5, part.list);
  assert.ok(count > 8 && count < 64, `${count}`);
  const eights = part.list + Math.floor(count / 8) * 32;
  kernel.gather(at.tiles, tileBytes, part.list, eights, at.labels, kept.gathered, part.labels);
  const gatheredEnd = kept.gathered + Math.floor(count / 8) * tileBytes;
  const some = [kept.gathered, tileBytes, gatheredEnd, at.centres, 3, part.list, part.labels] as const;
  kernel.assign(...some, ...out, ...keep);
  // Beyond the lists' ends the two differ: one writes before it knows whether to keep.
  new Uint8Array(memory.buffer, part.list + count * 4, 8).fill(0);
  new Uint8Array(memory.buffer, at.list, 320).fill(0);
  new Uint8Array(memory.buffer, at.next, 320).fill(0);
  new Uint8Array(memory.buffer, kept.scratch, 32).fill(0);
  return new Uint8Array(memory.buffer).slice();
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { kernelBinary } from "#src/lattice/kernel-binary.js";
import { createSharedMemory, openKernel } from "#src/lattice/open-kernel.js";
import { typedKernel } from "#src/lattice/typed-kernel.js";
import { assembleKernel } from "./build-kernel.js";

test("the committed kernel is what kernel.wat assembles to (else: node build/lattice/build-kernel.js)", async () => {
  assert.equal(kernelBinary, await assembleKernel());
});

test("both kernels find the same nearest centres, weighted sums and seeding distances, ties included", () => {
  const random = createRandom(5);
  const rowCount = 64;
  for (const columns of [4, 8, 12]) {
    const rowBytes = columns * 4;
    const at = {
      rows: 0,
      centres: 8192,
      thresholds: 16384,
      labels: 20480,
      list: 24576,
      next: 28672,
      scratch: 32768,
      sums: 36864,
      sizes: 49152,
      nearest: 53248,
      weights: 57344,
    };
    const fill = (buffer: SharedArrayBuffer, values: number[]) => {
      new Float32Array(buffer, at.rows, rowCount * columns).set(values);
      new Float32Array(buffer, at.centres, 6 * columns).set(values.slice(columns * 3, columns * 9));
      new Float32Array(buffer, at.thresholds, rowCount).fill(-1);
      new Int32Array(buffer, at.labels, rowCount).fill(6);
      new Float64Array(buffer, at.nearest, rowCount).fill(Infinity);
      new Int32Array(buffer, at.weights, rowCount).set(Array.from({ length: rowCount }, (_, i) => i % 4));
    };
    const values = Array.from({ length: rowCount * columns }, () => (random.below(5) - 2) * 2 ** 21);
    const results = [true, false].map((simd) => {
      const memory = createSharedMemory(1);
      fill(memory.buffer, values);
      const kernel = simd ? openKernel(memory) : typedKernel(memory.buffer);
      const listed = kernel.scan(at.thresholds, 0, rowCount, 0, at.list);
      const changed = kernel.assign(
        at.rows,
        rowBytes,
        at.list,
        listed,
        at.centres,
        6,
        at.thresholds,
        at.labels,
        at.next,
        at.scratch,
        0,
        (columns + 8) * 2 ** -24,
      );
      const weights = columns === 8 ? 0 : at.weights;
      kernel.move(at.rows, rowBytes, at.list, at.next, changed, at.labels, at.sums, at.sizes, weights);
      const total = kernel.approach(at.rows, rowBytes, rowCount, at.centres, at.nearest);
      return {
        listed,
        changed,
        total,
        labels: [...new Int32Array(memory.buffer, at.labels, rowCount)],
        sums: [...new Float64Array(memory.buffer, at.sums, 7 * columns)],
        sizes: [...new Int32Array(memory.buffer, at.sizes, 7)],
        nearest: [...new Float64Array(memory.buffer, at.nearest, rowCount)],
      };
    });
    assert.deepEqual(results[0], results[1]);
  }
});

test("both kernels enter, measure and narrow rows with the same bits, and tell a fraction", () => {
  const random = createRandom(7);
  const rowCount = 30;
  const at = { source: 0, rows: 8192, narrow: 16384, weights: 24576, totals: 28672 };
  for (const [columns, isWeighted] of [
    [1, false],
    [6, true],
    [8, false],
    [13, true],
  ] as const) {
    const stride = Math.ceil(columns / 4) * 4;
    const narrowStride = Math.ceil(columns / 8) * 8;
    const whole = Array.from({ length: rowCount * columns }, () => random.below(2 ** 24) - 2 ** 23);
    for (const [values, isWhole] of [
      [whole, true],
      [[...whole.slice(1), 0.5], false],
      [[...whole.slice(1), Number.NaN], false],
    ] as const) {
      const results = [true, false].map((simd) => {
        const memory = createSharedMemory(1);
        const { buffer } = memory;
        new Float64Array(buffer, at.source, values.length).set(values.map((value) => value / 1024));
        new Int32Array(buffer, at.weights, rowCount).set(
          values.map((_, i) => (i % 5) * 1_000_000).slice(0, rowCount),
        );
        const kernel = simd ? openKernel(memory) : typedKernel(buffer);
        const largest = kernel.enter(at.source, columns, rowCount, at.rows, stride * 4, 1024);
        assert.equal(largest === Infinity, !isWhole);
        if (!isWhole) return undefined;
        kernel.measure(at.rows, stride * 4, rowCount, isWeighted ? at.weights : 0, at.totals);
        kernel.narrow(at.rows, stride * 4, rowCount, at.narrow, narrowStride * 2, 2 ** -10 / 3);
        const [, upper = 0n, rest = 0n] = new BigUint64Array(buffer, at.totals, 3);
        return {
          largest,
          rows: [...new Float32Array(buffer, at.rows, rowCount * stride)],
          longest: new Float64Array(buffer, at.totals, 1)[0],
          sum: (upper << 26n) + rest,
          narrow: [...new Int16Array(buffer, at.narrow, rowCount * narrowStride)],
        };
      });
      assert.deepEqual(results[0], results[1]);
      if (results[0] === undefined) continue;
      const weightOf = (i: number) => BigInt(isWeighted ? (i % 5) * 1_000_000 : 1);
      const squares = whole.map((q, i) => weightOf(Math.floor(i / columns)) * BigInt(q) ** 2n);
      assert.equal(
        results[0].sum,
        squares.reduce((sum, square) => sum + square, 0n),
      );
    }
  }
});

test("both kernels sum distances with the same bits, whichever row stands beside", () => {
  const random = createRandom(8);
  const at = { pair: 0, groups: 1024, starts: 32768, sums: 36864 };
  const starts = [0, 2, 3];
  for (const columns of [1, 3, 8]) {
    const groups = Array.from({ length: 12 * columns }, () => random.normal());
    const pair = Array.from({ length: 2 * columns }, () => random.normal());
    const sumsOf = (simd: boolean, first: 0 | 1) => {
      const memory = createSharedMemory(1);
      const { buffer } = memory;
      const values = new Float64Array(buffer);
      for (let j = 0; j < columns; j++)
        for (let half = 0; half < 2; half++)
          values.fill(pair[j * 2 + ((first + half) % 2)]!, j * 4 + half * 2, j * 4 + half * 2 + 2);
      for (let group = 0; group < 3; group++) {
        const place = at.groups / 8 + group * (columns + 1) * 4;
        values.set(groups.slice(group * columns * 4, (group + 1) * columns * 4), place);
        // The second and the third group miss a row each.
        new Int32Array(buffer).fill(
          -1,
          (place + columns * 4) * 2,
          (place + columns * 4) * 2 + (group ? 6 : 8),
        );
      }
      new Int32Array(buffer, at.starts, 3).set(starts);
      const kernel = simd ? openKernel(memory) : typedKernel(buffer);
      kernel.sumDistances(at.pair, columns, at.groups, at.starts, 2, at.sums);
      return [...new Float64Array(buffer, at.sums, 4)];
    };
    const sums = sumsOf(true, 0);
    assert.deepEqual(sums, sumsOf(false, 0));
    const [a0, b0, a1, b1] = sums;
    assert.deepEqual(sumsOf(true, 1), [b0, a0, b1, a1]);
    assert.ok(a0! > 0 && b1! > 0);
  }
});

test("both kernels place rows with the same bits, ties, equal centres and lost rows included", () => {
  const random = createRandom(6);
  const at = { rows: 0, centres: 8192, labels: 16384, runnersUp: 20480, distances: 24576, margins: 28672 };
  const rowCount = 52;
  for (const [columns, clusterCount] of [
    [1, 1],
    [3, 5],
    [8, 4],
  ] as const) {
    const kinds = [() => random.below(3), () => random.normal() * 10 ** random.below(9)];
    const values = Array.from({ length: rowCount * columns }, (_, i) => kinds[i % 2]!());
    values[columns * 7] = Number.NaN;
    const centres = [...values.slice(0, columns * (clusterCount - 1)), ...values.slice(0, columns)];
    const results = [true, false].map((simd) => {
      const memory = createSharedMemory(1);
      const { buffer } = memory;
      new Float64Array(buffer, at.rows, values.length).set(values);
      new Float64Array(buffer, at.centres, centres.length).set(centres);
      const kernel = simd ? openKernel(memory) : typedKernel(buffer);
      kernel.place(
        at.rows,
        columns * 8,
        rowCount,
        at.centres,
        clusterCount,
        at.labels,
        at.runnersUp,
        at.distances,
        at.margins,
        32768,
      );
      return {
        labels: [...new Int32Array(buffer, at.labels, rowCount)],
        runnersUp: [...new Int32Array(buffer, at.runnersUp, rowCount)],
        distances: [...new Float64Array(buffer, at.distances, rowCount)],
        margins: [...new Float64Array(buffer, at.margins, rowCount)],
      };
    });
    assert.deepEqual(results[0], results[1]);
    assert.equal(results[0]!.labels[7], -1);
  }
});

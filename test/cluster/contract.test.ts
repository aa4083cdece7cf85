// What every way of grouping promises, whatever it does inside.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClusterFit } from "#src/cluster/cluster-fit.js";
import { type MixedTable, rowsOfTable } from "#src/cluster/mixed-table.js";
import { type Method, methods } from "./methods.js";
import { drawMixed, shuffleTable } from "./mixed-tables.js";

const columnsFor = {
  numbers: { numbers: 3, words: 0 },
  both: { numbers: 2, words: 2 },
  words: { numbers: 0, words: 5 },
};

function tableFor(method: Method, seed: number, rowCount = 90): MixedTable {
  return drawMixed({ seed, rowCount, groups: 3, ...columnsFor[method.takes] }).table;
}

function distinctRows(table: MixedTable): number {
  return new Set(rowTexts(table)).size;
}

function rowTexts(table: MixedTable): string[] {
  const { values, columnCount } = table.numbers;
  return Array.from({ length: table.rowCount }, (_, i) =>
    [
      ...values.subarray(i * columnCount, (i + 1) * columnCount),
      ...table.categories.map(({ codes }) => codes[i]),
    ].join(),
  );
}

function deepFreeze(table: MixedTable): MixedTable {
  for (const column of table.categories) Object.freeze(column);
  Object.freeze(table.categories);
  Object.freeze(table.numbers);
  return Object.freeze(table);
}

function checkFit(fit: ClusterFit, rowCount: number, { numberedBySize = true }: Method): void {
  const { labels, sizes, clusterCount } = fit;
  assert.ok(labels instanceof Int32Array);
  assert.equal(labels.length, rowCount);
  assert.equal(sizes.length, clusterCount);
  assert.deepEqual(
    sizes,
    sizes.map((_, cluster) => labels.filter((label) => label === cluster).length),
  );
  if (numberedBySize)
    assert.deepEqual(
      sizes,
      [...sizes].sort((a, b) => b - a),
    );
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    rowCount,
  );
  assert.ok(sizes.at(-1)! > 0 || fit.notes.some((note) => /no row/.test(note)));
  assert.ok(Number.isFinite(fit.objective));
  assert.equal(typeof fit.converged, "boolean");
  assert.ok(Number.isInteger(fit.starts) && fit.starts >= 1);
  assert.ok(fit.hitRate >= 0 && fit.hitRate <= 1);
  for (const note of fit.notes) assert.match(note, /^[A-Z0-9].*\.$/s);
}

for (const method of methods) {
  const { name } = method;

  test(`${name}: labels are 0 to clusterCount − 1 by size, and sizes count them`, () => {
    for (let seed = 0; seed < 5; seed++)
      checkFit(
        method.fit(tableFor(method, seed), { clusterCount: 2 + (seed % 4), seed, starts: 4 }),
        90,
        method,
      );
  });

  test(`${name}: the same seed gives the same fit, and what was given stays as it was`, () => {
    const table = tableFor(method, 1);
    const before = rowTexts(table);
    const options = Object.freeze({ clusterCount: 3, seed: 7, starts: 4 });
    const fit = method.fit(deepFreeze(table), options);
    assert.deepEqual(method.fit(table, options), fit);
    assert.deepEqual(rowTexts(table), before);
  });

  test(`${name}: shuffled rows keep their cluster and the objective its last bit`, () => {
    const table = tableFor(method, 2);
    const fit = method.fit(table, { clusterCount: 4, seed: 3, starts: 4 });
    for (const seed of [1, 2, 3]) {
      const shuffled = shuffleTable(table, seed);
      const again = method.fit(shuffled.table, { clusterCount: 4, seed: 3, starts: 4 });
      assert.deepEqual(
        [...again.labels],
        shuffled.order.map((row) => fit.labels[row]),
      );
      assert.deepEqual(
        { objective: again.objective, sizes: again.sizes, hitRate: again.hitRate, notes: again.notes },
        { objective: fit.objective, sizes: fit.sizes, hitRate: fit.hitRate, notes: fit.notes },
      );
    }
  });

  if (!method.partsEqualRows)
    if (method.keepsEqualRows !== false)
      test(`${name}: equal rows share a cluster`, () => {
        const table = tableFor(method, 3, 30);
        const doubled = rowsOfTable(table, [...Array(30).keys(), ...Array(30).keys(), 5, 5, 5]);
        const { labels } = method.fit(doubled, { clusterCount: 3, seed: 1, starts: 4 });
        const byText = new Map(rowTexts(doubled).map((text, i) => [text, labels[i]]));
        assert.deepEqual(
          [...labels],
          rowTexts(doubled).map((text) => byText.get(text)!),
        );
      });

  test(`${name}: one cluster, one per different row, one row and one column are fine`, () => {
    const table = tableFor(method, 4, 12);
    checkFit(method.fit(table, { clusterCount: 1, seed: 1, starts: 2 }), 12, method);
    checkFit(method.fit(table, { clusterCount: distinctRows(table), seed: 1, starts: 2 }), 12, method);
    checkFit(method.fit(rowsOfTable(table, [3]), { clusterCount: 1, seed: 1, starts: 2 }), 1, method);
    const narrow = drawMixed({
      seed: 5,
      rowCount: 40,
      groups: 3,
      numbers: method.takes === "words" ? 0 : 1,
      words: method.takes === "words" ? 1 : 0,
    }).table;
    checkFit(method.fit(narrow, { clusterCount: 2, seed: 1, starts: 2 }), 40, method);
  });

  test(`${name}: all rows equal are one cluster, and a constant column does no harm`, () => {
    const table = tableFor(method, 6, 20);
    const equal = rowsOfTable(table, new Int32Array(20));
    checkFit(method.fit(equal, { clusterCount: 1, seed: 1, starts: 2 }), 20, method);
    const { values, columnCount } = table.numbers;
    const flat = values.map((value, at) => (at % columnCount === 0 ? 4 : value));
    const words = table.categories.map((column, j) =>
      j === 0 ? { ...column, codes: new Int32Array(20) } : column,
    );
    const constant = { ...table, numbers: { ...table.numbers, values: flat }, categories: words };
    checkFit(method.fit(constant, { clusterCount: 2, seed: 1, starts: 2 }), 20, method);
  });

  test(`${name}: rows that were fitted get ${method.returnsOwnLabels ? "their own labels" : "a label"} when assigned`, () => {
    const table = tableFor(method, 7);
    const fit = method.fit(table, { clusterCount: 3, seed: 1, starts: 4 });
    const labels = method.assign(table, fit as never);
    if (method.returnsOwnLabels) assert.deepEqual([...labels], [...fit.labels]);
    else assert.ok(labels.every((label) => label >= 0 && label < 3));
  });

  test(`${name}: wrong counts, no rows and too few different rows are refused in one sentence`, () => {
    const table = tableFor(method, 8, 10);
    const refused = (rows: MixedTable, clusterCount: number, message: RegExp) =>
      assert.throws(() => method.fit(rows, { clusterCount, seed: 1 }), { name: "InputError", message });
    for (const clusterCount of [0, 1.5, 11, Number.NaN, -1])
      refused(table, clusterCount, /^\w+: clusterCount must be a whole number from 1 to 10 /);
    refused(rowsOfTable(table, []), 1, /^\w+: (matrix|table) must have at least one row, got none$/);
    refused(
      rowsOfTable(table, new Int32Array(10)),
      2,
      /^\w+: clusterCount must be a whole number from 1 to 1 \(the number of different rows\), got 2$/,
    );
  });

  if (method.takes !== "words")
    test(`${name}: values that are missing, infinite or beyond reckoning are refused by name and place`, () => {
      const table = tableFor(method, 9, 10);
      for (const value of [...(method.allowsMissing ? [] : [Number.NaN]), Infinity, -1e200]) {
        const values = table.numbers.values.slice();
        values[table.numbers.columnCount + 1] = value;
        assert.throws(
          () => method.fit({ ...table, numbers: { ...table.numbers, values } }, { clusterCount: 2, seed: 1 }),
          { name: "InputError", message: /^\w+: matrix must .+, got .+ at row 1, column "x1"/ },
        );
      }
    });

  if (method.takes !== "numbers")
    test(`${name}: a missing word is ${method.allowsMissing ? "left out of the reckoning" : "refused by name and place"}`, () => {
      const table = tableFor(method, 11, 30);
      const [first, ...others] = table.categories;
      const codes = first!.codes.map((code, row) => (row === 4 ? -1 : code));
      const holed = { ...table, categories: [{ ...first!, codes }, ...others] };
      const fit = () => method.fit(holed, { clusterCount: 2, seed: 1, starts: 2 });
      if (method.allowsMissing) checkFit(fit(), 30, method);
      else
        assert.throws(fit, {
          name: "InputError",
          message: /missing category, got one at row 4, column "word0"/,
        });
    });

  if (method.takes !== "numbers")
    test(`${name}: a word seen only at assignment finds a cluster, by the other columns`, () => {
      const table = tableFor(method, 12);
      const fit = method.fit(table, { clusterCount: 3, seed: 1, starts: 4 });
      const renamed = table.categories.map((column, j) =>
        j === 0 ? { ...column, levels: column.levels.map((level) => `never seen ${level}`) } : column,
      );
      const labels = method.assign({ ...table, categories: renamed }, fit as never);
      assert.ok(labels.every((label) => label >= 0 && label < 3));
    });

  if (method.tellsProgress)
    test(`${name}: progress rises to the total, and an error thrown in it comes out as it is`, () => {
      const table = tableFor(method, 13);
      const options = { clusterCount: 3, seed: 1, starts: 30 };
      const told: { readonly done: number; readonly total: number }[] = [];
      const fit = method.fit(table, { ...options, onProgress: (progress) => told.push(progress) });
      assert.deepEqual(fit, method.fit(table, options));
      assert.ok(told.length > 1 && told.length <= 500);
      told.forEach(({ done, total }, at) => {
        assert.ok(total === told[0]!.total && done <= total && done >= (told[at - 1]?.done ?? 0));
      });
      assert.equal(told.at(-1)!.done, told[0]!.total);
      const stopped = new Error("stopped half-way");
      const stop = ({ done, total }: { readonly done: number; readonly total: number }) => {
        if (done >= total / 2) throw stopped;
      };
      assert.throws(
        () => method.fit(table, { ...options, onProgress: stop }),
        (error) => error === stopped,
      );
      assert.deepEqual(method.fit(table, options), fit);
    });

  const { mostRows } = method;
  if (mostRows !== undefined)
    test(`${name}: a million rows are refused before any memory is taken, with the size it can take and what to use`, () => {
      const rowCount = 1_000_000;
      const values = new Float64Array(rowCount);
      const many: MixedTable = {
        rowCount,
        numbers: { rowCount, columnCount: 1, columns: ["x"], values },
        categories: [],
      };
      const before = process.memoryUsage().arrayBuffers;
      assert.throws(() => method.fit(many, { clusterCount: 2, seed: 1 }), {
        name: "InputError",
        message: new RegExp(`at most ${mostRows} rows .+, got 1000000. Did you mean fit\\w+`),
      });
      assert.ok(process.memoryUsage().arrayBuffers - before < 1e6);
    });

  if (method.draws)
    test(`${name}: seed, starts and maxIterations must be whole numbers in range`, () => {
      const table = tableFor(method, 10, 10);
      for (const wrong of [{ seed: -1 }, { seed: 0.5 }, { starts: 0 }, { maxIterations: 0 }])
        assert.throws(() => method.fit(table, { clusterCount: 2, seed: 1, ...wrong }), {
          name: "InputError",
          message: new RegExp(`^\\w+: ${Object.keys(wrong)[0]} must be a whole number `),
        });
    });
}

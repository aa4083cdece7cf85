import assert from "node:assert/strict";
import { test } from "node:test";
import { dendrogram } from "#src/charts/dendrogram.js";
import { lightPalette, segmentColour } from "#src/charts/theme.js";
import { matrixOf } from "#src/core/matrix.js";
import { cutTree } from "#src/distances/cut-tree.js";
import { fitHierarchical } from "#src/distances/hierarchical.js";
import { drawBlobs } from "../cluster/matrices.js";

const small = fitHierarchical(matrixOf({ x: [0, 1, 4, 9] }), { linkage: "single" });

test("each merge stands in the middle of what it joins, as high as they lie apart", () => {
  const figure = dendrogram(small);
  // Rows 3, then 2, then 0 and 1 or the like from left to right: 0 and 1 join at 1, 4 at 3, 9 at 5.
  const [trace] = figure.data as unknown as readonly [{ x: number[]; y: number[] }];
  assert.deepEqual([Math.max(...trace.y), Math.min(...trace.y)], [5, 0]);
  assert.deepEqual(new Set(trace.y), new Set([5, 3, 1, 0]));
  assert.deepEqual([trace.x[0], trace.y[0]], [trace.x.at(-1), trace.y.at(-1)]);
  trace.x.slice(1).forEach((x, at) => {
    assert.ok(x === trace.x[at] || trace.y[at + 1] === trace.y[at], "lines go up, down or across");
  });
  assert.equal(figure.title, "The widest step between two merges leaves 3 groups");
});

test("the table tells the merges from the last one, with the rows of both sides", () => {
  const { table } = dendrogram(small);
  assert.deepEqual(
    table.rows.map(([groups, height, left, right]) => [groups, height, Number(left) + Number(right)]),
    [
      [2, 5, 4],
      [3, 3, 3],
      [4, 1, 2],
    ],
  );
  assert.equal(table.note, undefined);
});

test("a cut colours its groups as their segments, counts them and lies between its merges", () => {
  const cut = cutTree(small, { clusterCount: 2 });
  const { data, layout, title } = dendrogram(small, cut);
  assert.equal(title, "2 groups: they lie between the merges at 3 and 5");
  const colours = data.map(({ line }) => (line as { readonly color: string }).color);
  assert.equal(colours[0], lightPalette.muted);
  assert.deepEqual(new Set(colours.slice(1)), new Set([segmentColour("s1"), segmentColour("s2")]));
  const { ticktext } = layout.xaxis as { readonly ticktext: readonly string[] };
  assert.deepEqual([...ticktext].sort(), ["1", "3"]);
  const [line] = layout.shapes as readonly [{ readonly y0: number }];
  assert.equal(line.y0, 4);
  assert.deepEqual(dendrogram(small, cutTree(small, { clusterCount: 1 })).layout.shapes, []);
});

test("of a large tree only the last merges are drawn; leaves and groups count all customers", () => {
  const { matrix } = drawBlobs({ seed: 4, rowCount: 400, columnCount: 3, groups: 4, spread: 4 });
  const tree = fitHierarchical(matrix, { linkage: "ward" });
  const cut = cutTree(tree, { clusterCount: 4 });
  const sizesOf = (figure: ReturnType<typeof dendrogram>) =>
    (figure.layout.xaxis as { readonly ticktext: readonly string[] }).ticktext.map((text) =>
      Number(text.replace(/<br>|\u00a0/g, "")),
    );
  const leaves = sizesOf(dendrogram(tree));
  assert.equal(leaves.length, 50);
  assert.equal(
    leaves.reduce((sum, size) => sum + size, 0),
    400,
  );
  assert.deepEqual(
    sizesOf(dendrogram(tree, cut)).sort((a, b) => b - a),
    [...cut.sizes],
  );
  assert.equal(dendrogram(tree, cut).table.rows.length, 49);
  assert.equal(dendrogram(tree, cut).table.note, "350 lower merges are hidden in the leaves.");
  assert.equal(sizesOf(dendrogram(tree, cutTree(tree, { clusterCount: 60 }))).length, 60);
});

test("a tree of one row and a cut of another tree are refused in one sentence", () => {
  const single = fitHierarchical(matrixOf({ x: [1] }), { linkage: "ward" });
  assert.throws(() => dendrogram(single), {
    name: "InputError",
    message: "dendrogram: tree must have at least 2 rows, got 1",
  });
  assert.throws(() => dendrogram(small, cutTree(single, { clusterCount: 1 })), {
    name: "InputError",
    message: "dendrogram: cut must be of the tree with 4 rows, got one of 1",
  });
});

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readNotebook, writeNotebook } from "#src/notebook/notebook-file.js";
import { madeDocument, scratchFolder } from "./made-notebook.js";
import { assertValidNotebook } from "./notebook-schema.js";

const cell = { cell_type: "code", id: "a", metadata: {}, source: "1", outputs: [], execution_count: null };

const refused: readonly (readonly [string, string, RegExp])[] = [
  ["no JSON", "# Title", /^readNotebook: notebook must be JSON, got something else at .*bad\.ipynb$/],
  ["an empty file", " \n", /must be JSON, got an empty file at/],
  ["a merge conflict", '{\n<<<<<<< HEAD\n"a": 1}', /got a merge conflict at .*bad\.ipynb, line 2$/],
  ["other JSON", "[1]", /must be a Jupyter notebook, got other JSON at/],
  [
    "format 3",
    '{"nbformat": 3, "worksheets": []}',
    /must have format 4, got 3 at .*\. Convert it with jupyter nbconvert --to notebook --nbformat 4\?$/,
  ],
  ["a later format", '{"nbformat": 5}', /must have format 4, got 5 at .*bad\.ipynb\.$/],
  ["no cells", '{"nbformat": 4}', /cells must be a list, got undefined at/],
  [
    "an unknown cell",
    '{"nbformat": 4, "cells": [{"cell_type": "heading"}]}',
    /cell_type must be one of code, markdown, raw, got "heading" at .*, cell 1$/,
  ],
  [
    "source of numbers",
    '{"nbformat": 4, "cells": [{"cell_type": "code", "source": 5}]}',
    /text must be a string or a list of lines, got 5 at .*, cell 1$/,
  ],
];

for (const [what, text, message] of refused) {
  test(`${what} is refused with one sentence`, (context) => {
    const path = join(scratchFolder(context), "bad.ipynb");
    writeFileSync(path, text);
    assert.throws(() => readNotebook(path), { name: "InputError", message });
  });
}

test("a missing file and a folder are refused with one sentence", () => {
  assert.throws(() => readNotebook("none.ipynb"), {
    name: "InputError",
    message: /got no such file at none.ipynb$/,
  });
  assert.throws(() => readNotebook("."), { name: "InputError", message: /got a folder at \.$/ });
});

test("missing, malformed and repeated cell ids are replaced by the cell's number", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  const ids = ["a", "a", undefined, "bad id!", "cell-5", "cell-5"];
  const cells = ids.map((id) => ({ ...cell, id }));
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 4, cells }));
  const notebook = readNotebook(path);
  assert.deepEqual(
    notebook.cells.map(({ id }) => id),
    ["a", "cell-2", "cell-3", "cell-4", "cell-5", "cell-6"],
  );
  assert.equal(notebook.nbformat_minor, 5);
});

test("a cell without an id gets one from its heading or first words, and keeps it", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  const sources: readonly (readonly [string, string, string | undefined])[] = [
    ["markdown", "Before.\n\n## 2. Load the “Länge”\n\ntext", undefined],
    ["code", "const orders = await book.orders();\n// Orders of the year", undefined],
    ["code", "const orders = await book.orders();", undefined],
    ["code", "const orders = await book.orders();", undefined],
    ["code", "2", undefined],
    ["markdown", "Same id", "own"],
    ["markdown", "Other words", "own"],
    ["markdown", "数据", undefined],
  ];
  const cells = sources.map(([cell_type, source, id]) => ({ ...cell, cell_type, source, id }));
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, cells }));
  const ids = readNotebook(path).cells.map(({ id }) => id);
  assert.deepEqual(ids, [
    "2-load-the-lange",
    "orders-of-the-year",
    "orders-book-orders",
    "orders-book-orders-2",
    "cell-5",
    "own",
    "other-words",
    "cell-8",
  ]);
  writeNotebook(path, readNotebook(path));
  assert.deepEqual(
    readNotebook(path).cells.map(({ id }) => id),
    ids,
  );
});

test("Windows line ends become plain ones in sources, and stay where a cell printed them", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  const outputs = [{ output_type: "stream", name: "stdout", text: "a\r\nb\n" }];
  const document = { ...madeDocument([]), cells: [{ ...cell, source: ["1;\r\n", "2"], outputs }] };
  writeFileSync(path, `\uFEFF${JSON.stringify(document, null, 1).replaceAll("\n", "\r\n")}\r\n`);
  const notebook = readNotebook(path);
  assert.equal(notebook.cells[0]?.source, "1;\n2");
  assert.equal(notebook.cells[0]?.outputs?.[0]?.text, "a\r\nb\n");
  writeNotebook(path, notebook);
  assert.doesNotMatch(readFileSync(path, "utf8"), /\r|\uFEFF/);
});

test("what other tools get wrong in tags is put right: each once, no commas, a list", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  const tags = [["setup", "setup", "a, b", ""], "hide-input", undefined];
  const cells = tags.map((own, i) => ({ ...cell, id: `c${i}`, metadata: { tags: own } }));
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  writeNotebook(path, readNotebook(path));
  assert.deepEqual(
    readNotebook(path).cells.map(({ metadata }) => metadata.tags),
    [["setup", "a", "b"], ["hide-input"], undefined],
  );
  assertValidNotebook(path);
});

test("what is written and read again is the same, whatever its keys", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  const metadata = JSON.parse('{"__proto__": {"b": 1, "10": 2, "a": "ü"}}');
  const outputs = [
    { output_type: "stream", name: "stdout", text: "a\r\nb\nc" },
    {
      output_type: "display_data",
      metadata: {},
      data: { "text/plain": "x\n", "application/json": ["a", "b"] },
    },
  ];
  const source = 'const a = "é";\n\n// end';
  writeFileSync(
    path,
    JSON.stringify({ ...madeDocument([]), cells: [{ ...cell, metadata, source, outputs }] }),
  );
  const notebook = readNotebook(path);
  writeNotebook(path, notebook);
  assert.deepEqual(readNotebook(path), notebook);
  assert.deepEqual(notebook.cells[0]?.outputs, outputs);
});

test("the file is laid out byte for byte as Python's nbformat writes it", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  writeNotebook(path, readNotebook("test/reference/notebook-layout.ipynb"));
  assert.equal(readFileSync(path, "utf8"), readFileSync("test/reference/notebook-layout.ipynb", "utf8"));
});

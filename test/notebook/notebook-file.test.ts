import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readNotebook, writeNotebook } from "#src/notebook/notebook-file.js";
import { madeDocument, scratchFolder } from "./made-notebook.js";

const cell = { cell_type: "code", id: "a", metadata: {}, source: "1", outputs: [], execution_count: null };

const refused: readonly (readonly [string, string, RegExp])[] = [
  ["no JSON", "# Title", /^readNotebook: notebook must be JSON, got something else at .*bad\.ipynb$/],
  ["an empty file", " \n", /must be JSON, got an empty file at/],
  ["a merge conflict", '{\n<<<<<<< HEAD\n"a": 1}', /got a merge conflict at .*bad\.ipynb, line 2$/],
  ["other JSON", "[1]", /must be a Jupyter notebook, got other JSON at/],
  [
    "format 3",
    '{"nbformat": 3, "worksheets": []}',
    /must have format 4, got 3 at .* Open it in JupyterLab and save it\?$/,
  ],
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

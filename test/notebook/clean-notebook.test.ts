import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { writeCleanNotebooks } from "#src/notebook/clean-notebook.js";
import { readNotebook, writeNotebook } from "#src/notebook/notebook-file.js";
import { scratchFolder } from "./made-notebook.js";
import { assertValidNotebook } from "./notebook-schema.js";

const output = { output_type: "stream", name: "stdout", text: ["x\n"] };
const executed = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: "segbook", display_name: "TypeScript (segbook)", language: "typescript" },
    language_info: {
      name: "typescript",
      version: "5.0.4",
      file_extension: ".ts",
      mimetype: "text/typescript",
    },
    papermill: { duration: 1 },
    widgets: {},
  },
  cells: [
    { cell_type: "markdown", id: "title", metadata: {}, source: ["# A\n", "b"] },
    {
      cell_type: "code",
      id: "run",
      metadata: { tags: ["setup"], papermill: {}, execution: {} },
      source: "1",
      outputs: [output],
      execution_count: 4,
    },
    {
      cell_type: "code",
      id: "kept",
      metadata: { tags: ["keep_output"] },
      source: "2",
      outputs: [output],
      execution_count: 5,
    },
    {
      cell_type: "code",
      id: "new",
      metadata: { tags: ["injected-parameters"] },
      source: "3",
      outputs: [],
      execution_count: 6,
    },
  ],
};

test("cleaning takes outputs, counts and traces of a run, and keeps ids, tags and sources", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  writeFileSync(path, JSON.stringify(executed));
  assert.deepEqual(writeCleanNotebooks([path]), [path]);
  const clean = readNotebook(path);
  assert.deepEqual(Object.keys(clean.metadata), ["kernelspec", "language_info"]);
  assert.deepEqual(clean.metadata.language_info, {
    name: "typescript",
    file_extension: ".ts",
    mimetype: "text/typescript",
  });
  assert.deepEqual(
    clean.cells.map(({ id, metadata }) => [id, metadata]),
    [
      ["title", {}],
      ["run", { tags: ["setup"] }],
      ["kept", { tags: ["keep_output"] }],
    ],
  );
  assert.deepEqual(
    clean.cells.map(({ outputs }) => outputs?.length),
    [undefined, 0, 1],
  );
  assert.equal(clean.cells[1]?.execution_count, null);
});

test("a clean file is not written again, and a check writes nothing", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  const text = JSON.stringify(executed);
  writeFileSync(path, text);
  assert.deepEqual(writeCleanNotebooks([path], { check: true }), [path]);
  assert.equal(readFileSync(path, "utf8"), text);
  writeCleanNotebooks([path]);
  assert.deepEqual(writeCleanNotebooks([path]), []);
});

for (const name of readdirSync("notebooks").filter((file) => file.endsWith(".ipynb"))) {
  test(`notebooks/${name} is clean and valid by Jupyter's schema, and cleaning it as executed gives it back`, (context) => {
    const source = join("notebooks", name);
    assert.deepEqual(writeCleanNotebooks([source], { check: true }), []);
    assertValidNotebook(source);
    const copy = join(scratchFolder(context), name);
    const { cells, ...rest } = readNotebook(source);
    const note = {
      cell_type: "markdown" as const,
      id: "note",
      metadata: { tags: ["papermill-error-cell-tag"] },
      source: "failed",
    };
    const ran = cells.map((cell) => {
      const metadata = { tags: [], ...cell.metadata, papermill: { status: "failed" } };
      const counted = { outputs: [{ ...output, text: "x" }], execution_count: 1 };
      return { ...cell, metadata, ...(cell.cell_type === "code" && counted) };
    });
    writeNotebook(copy, {
      ...rest,
      metadata: { ...rest.metadata, papermill: { duration: 1 } },
      cells: [note, ...ran],
    });
    assertValidNotebook(copy);
    assert.deepEqual(writeCleanNotebooks([copy]), [copy]);
    assert.equal(readFileSync(copy, "utf8"), readFileSync(source, "utf8"));
  });
}

test("how a notebook is to be run survives cleaning", (context) => {
  const path = join(scratchFolder(context), "a.ipynb");
  const metadata = { execution: { timeout: 60 }, segbook: { after: ["01-load"] }, widgets: {} };
  writeFileSync(path, JSON.stringify({ ...executed, metadata }));
  writeCleanNotebooks([path]);
  assert.deepEqual(readNotebook(path).metadata, {
    execution: { timeout: 60 },
    segbook: { after: ["01-load"] },
  });
  assertValidNotebook(path);
});

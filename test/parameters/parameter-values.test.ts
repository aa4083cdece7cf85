import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNotebook } from "#src/notebook/notebook-file.js";
import { injectValues } from "#src/parameters/parameter-cell.js";
import { findParameterProblems } from "#src/parameters/parameter-values.js";
import { readParameters } from "#src/parameters/parameters.js";
import { madeDocument } from "../notebook/made-notebook.js";

const source = `let count: number = 3; // 1 to 20; clusters
const name: string = "x";
const since: Date | null = null;
const limits: { low: number; "two words"?: Date } = { low: 1 };
const weights: Record<string, number> = {};
const key: string = ""; // secret`;
const notebook = parseNotebook(
  JSON.stringify(
    madeDocument(["1", [source, "parameters"], ["const count = 9;", "injected-parameters"], "count"]),
  ),
  "a.ipynb",
);
const declared = readParameters(notebook, "a.ipynb");
const idsOf = (given: Parameters<typeof injectValues>[2]): string[] =>
  injectValues(notebook, declared, given).cells.map(({ id }) => id);

test("new values stand in one tagged cell after the declared ones, typed, in place of an older one", () => {
  const values = new Map(
    Object.entries({
      count: 6,
      name: 'a"\n`{b}',
      since: "2026-03-31",
      limits: { low: 2, "two words": "2026-03-31" },
      weights: JSON.parse('{"a": 1, "__proto__": 2}'),
    }),
  );
  const secrets = new Map([["SEGBOOK_SECRET_KEY", "hunter22"]]);
  const { cells } = injectValues(notebook, declared, { values, secrets });
  assert.deepEqual(
    cells.map(({ id }) => id),
    ["c1", "c2", "injected-parameters", "c4"],
  );
  assert.deepEqual(cells[2]?.metadata, { tags: ["injected-parameters"] });
  assert.deepEqual(cells[2]?.source.split("\n"), [
    "// Parameters",
    "let count: number = 6;",
    'const name: string = "a\\"\\n`{b}";',
    'const since: Date | null = new Date("2026-03-31");',
    'const limits: { low: number; "two words"?: Date } = { low: 2, "two words": new Date("2026-03-31") };',
    'const weights: Record<string, number> = { a: 1, ["__proto__"]: 2 };',
    'const key: string = process.env.SEGBOOK_SECRET_KEY ?? "";',
  ]);
});

test("without new values an older injected cell is left out, so that the defaults hold", () => {
  assert.deepEqual(idsOf({ values: new Map(), secrets: new Map() }), ["c1", "c2", "c4"]);
});

test("a value that only some of the notebooks refuse names them", () => {
  const other = madeDocument([["const count: number = 30; // 10 to 50; clusters", "parameters"]]);
  const others = readParameters(parseNotebook(JSON.stringify(other), "b.ipynb"), "b.ipynb");
  const notebooks = [
    { file: "a.ipynb", declared },
    { file: "b.ipynb", declared: others },
  ];
  assert.deepEqual(findParameterProblems(new Map([["count", 25]]), notebooks), [
    "parameter count must be from 1 to 20, got 25 (notebook a)",
  ]);
  assert.deepEqual(findParameterProblems(new Map([["count", 15]]), notebooks), []);
});

test("notebooks without parameters say so", () => {
  assert.deepEqual(findParameterProblems(new Map([["a", 1]]), []), [
    'parameter must be a parameter (these notebooks have none), got "a"',
  ]);
});

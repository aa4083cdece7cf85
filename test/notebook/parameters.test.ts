import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNotebook } from "#src/notebook/notebook-file.js";
import { readParameters } from "#src/notebook/parameters.js";
import { type MadeCell, madeDocument } from "./made-notebook.js";

function parametersOf(source: string, more: readonly MadeCell[] = []): ReturnType<typeof readParameters> {
  const document = madeDocument(["1", [source, "parameters"], ...more]);
  return readParameters(parseNotebook(JSON.stringify(document), "a.ipynb"), "a.ipynb");
}

test("name, type, default, unit, range and meaning are read from the parameters cell", () => {
  const found = parametersOf(`
// Parameters of this notebook
const windowDays: number = 365; // days, 1 to 3650; how far back orders count
let clusterCount = 0; // 0..20; 0 lets the rule choose
const method: "gap" | "silhouette" = "gap"; /* which rule */
const features: readonly string[] = ["a", 'b'];
const limits: [number, number] = [-1.5, 1e3];
const asOf: string | null = null;
const isQuick: boolean = false, seed = 7;`);
  assert.deepEqual(
    found.map(({ name, typeText, defaultValue, unit, range, meaning }) => [
      name,
      typeText,
      defaultValue,
      unit,
      range,
      meaning,
    ]),
    [
      ["windowDays", "number", 365, "days", [1, 3650], "how far back orders count"],
      ["clusterCount", "number", 0, "", [0, 20], "0 lets the rule choose"],
      ["method", '"gap" | "silhouette"', "gap", "", undefined, "which rule"],
      ["features", "readonly string[]", ["a", "b"], "", undefined, ""],
      ["limits", "[number, number]", [-1.5, 1000], "", undefined, ""],
      ["asOf", "string | null", null, "", undefined, ""],
      ["isQuick", "boolean", false, "", undefined, ""],
      ["seed", "number", 7, "", undefined, ""],
    ],
  );
});

test("a notebook without a parameters cell has no parameters", () => {
  const text = JSON.stringify(madeDocument(["const a = 1;"]));
  assert.deepEqual(readParameters(parseNotebook(text, "a.ipynb"), "a.ipynb"), []);
});

const refused: readonly (readonly [string, string])[] = [
  [
    "const a = 1;\nconst b = a * 2;",
    "the value of b must be a literal, got a * 2 at a.ipynb, cell 2 (tagged parameters), line 2",
  ],
  ["const a: number;", "the value of a must be a literal, got none at"],
  [
    "const a: Date = null;",
    "the type of a must be string, number, boolean, a list of them or a choice such as",
  ],
  ["const a: number = 'x';", 'the value of a must be of type number, got "x" at'],
  [
    "function f() { return 1; }",
    "the cell must hold only declarations such as const seed: number = 7, got function f()",
  ],
  ["const a = 1; const a = 2;", "names must be unique, got a twice at"],
];

for (const [source, message] of refused) {
  test(`a parameters cell with ${JSON.stringify(source)} is refused with its line`, () => {
    assert.throws(
      () => parametersOf(source),
      (error: Error) => error.name === "InputError" && error.message.startsWith(`readParameters: ${message}`),
    );
  });
}

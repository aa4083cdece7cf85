import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNotebook } from "#src/notebook/notebook-file.js";
import {
  checkParameterNames,
  chooseValues,
  type GivenParameters,
  injectValues,
} from "#src/notebook/parameter-values.js";
import { readParameters } from "#src/notebook/parameters.js";
import { madeDocument } from "./made-notebook.js";

const source = `const count: number = 3; // 1 to 20; clusters
const method: "gap" | "silhouette" = "gap";
const name: string = "x";
const isQuick: boolean = false;
const list: number[] = [1];
const asOf: string | null = null;`;
const notebook = parseNotebook(
  JSON.stringify(
    madeDocument(["1", [source, "parameters"], ["const count = 9;", "injected-parameters"], "count"]),
  ),
  "a.ipynb",
);
const declared = readParameters(notebook, "a.ipynb");
const choose = (given: GivenParameters): [string, unknown][] => [...chooseValues(given, declared, "a.ipynb")];

const taken: readonly (readonly [
  string,
  GivenParameters extends ReadonlyMap<string, infer V> ? V : never,
  unknown,
])[] = [
  ["count", 6, 6],
  ["count", { text: "6" }, 6],
  ["count", { text: "1.5e1" }, 15],
  ["method", { text: "silhouette" }, "silhouette"],
  ["name", { text: "6" }, "6"],
  ["name", { text: 'a"b</script>' }, 'a"b</script>'],
  ["isQuick", { text: "true" }, true],
  ["list", { text: "[1, 2.5]" }, [1, 2.5]],
  ["list", [], []],
  ["asOf", { text: "2026-03-31" }, "2026-03-31"],
  ["asOf", null, null],
];

for (const [name, value, expected] of taken) {
  test(`${name} takes ${JSON.stringify(value)}`, () => {
    assert.deepEqual(choose(new Map([[name, value]])), [[name, expected]]);
  });
}

const refused: readonly (readonly [
  string,
  GivenParameters extends ReadonlyMap<string, infer V> ? V : never,
  string,
])[] = [
  ["count", { text: "many" }, 'run: parameter count must be of type number, got "many" (notebook a.ipynb)'],
  ["count", "6", 'run: parameter count must be of type number, got "6" (notebook a.ipynb)'],
  ["count", { text: "NaN" }, 'run: parameter count must be of type number, got "NaN" (notebook a.ipynb)'],
  ["count", { text: "0" }, "run: parameter count must be from 1 to 20, got 0 (notebook a.ipynb)"],
  [
    "method",
    { text: "elbow" },
    'run: parameter method must be of type "gap" | "silhouette", got "elbow" (notebook a.ipynb)',
  ],
  [
    "isQuick",
    { text: "yes" },
    'run: parameter isQuick must be of type boolean, got "yes" (notebook a.ipynb)',
  ],
  [
    "list",
    { text: "[1, null]" },
    'run: parameter list must be of type number[], got "[1, null]" (notebook a.ipynb)',
  ],
  ["name", null, "run: parameter name must be of type string, got null (notebook a.ipynb)"],
];

for (const [name, value, message] of refused) {
  test(`${name} refuses ${JSON.stringify(value)}`, () => {
    assert.throws(() => choose(new Map([[name, value]])), { name: "InputError", message });
  });
}

test("an unknown name is refused with the nearest one, also a hostile one", () => {
  assert.throws(() => checkParameterNames(new Map([["cuont", 1]]), declared), {
    name: "InputError",
    message:
      'run: parameter must be one of count, method, name, isQuick, list and 1 more, got "cuont". Did you mean "count"?',
  });
  assert.throws(() => checkParameterNames(new Map([["__proto__", 1]]), declared), /got "__proto__"$/);
  assert.throws(
    () => checkParameterNames(new Map([["a", 1]]), []),
    /must be a parameter \(these notebooks have none\)/,
  );
});

test("new values stand in one tagged cell after the declared ones, typed, in place of an older one", () => {
  const given = new Map([
    ["name", 'a"\n`{b}'],
    ["count", 6],
  ] as [string, string | number][]);
  const injected = injectValues(notebook, declared, chooseValues(given, declared, "a.ipynb"));
  assert.deepEqual(
    injected.cells.map(({ id }) => id),
    ["c1", "c2", "injected-parameters", "c4"],
  );
  assert.deepEqual(injected.cells[2]?.metadata, { tags: ["injected-parameters"] });
  assert.equal(
    injected.cells[2]?.source,
    '// Parameters\nconst count: number = 6;\nconst name: string = "a\\"\\n`{b}";',
  );
});

test("without new values an older injected cell is left out, so that the defaults hold", () => {
  assert.deepEqual(
    injectValues(notebook, declared, new Map()).cells.map(({ id }) => id),
    ["c1", "c2", "c4"],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNotebook } from "#src/notebook/notebook-file.js";
import type { Parameter } from "#src/parameters/parameter.js";
import { describeType } from "#src/parameters/parameter-type.js";
import { readParameters } from "#src/parameters/parameters.js";
import { type MadeCell, madeDocument } from "../notebook/made-notebook.js";

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

test("objects, records, nesting and days are types too; without an annotation the default says its type", () => {
  const found = parametersOf(`
const limits: { readonly low: number; high?: Readonly<{ at: Date }> } = { low: 1, high: { at: new Date("2026-03-31") } };
const weights: Record<string, ReadonlyArray<number>> = { "a b": [1] };
const range = { from: new Date("2024-02-29"), parts: ["a", 1] } as const;`);
  assert.deepEqual(
    found.map(({ type, defaultValue }) => [describeType(type), defaultValue]),
    [
      ["{ low: number; high?: { at: Date } }", { low: 1, high: { at: "2026-03-31" } }],
      ["Record<string, number[]>", { "a b": [1] }],
      ["{ from: Date; parts: (string | number)[] }", { from: "2024-02-29", parts: ["a", 1] }],
    ],
  );
});

/** A comment, and what is read from it. */
const comments: readonly (readonly [comment: string, read: Partial<Parameter>])[] = [
  ["// days, 1 to 365; how far back", { unit: "days", range: [1, 365], meaning: "how far back" }],
  ["// days, 1…365", { unit: "days", range: [1, 365] }],
  ["// from 1 to 365 days; how far back", { unit: "days", range: [1, 365], meaning: "how far back" }],
  ["// at least 1", { range: [1, Number.POSITIVE_INFINITY] }],
  ["// at most 9 starts, whole", { unit: "starts", range: [Number.NEGATIVE_INFINITY, 9], isWhole: true }],
  ["// at least 1, at most 9", { range: [1, 9] }],
  ["// one of 5, 6 or 7; how many", { choices: [5, 6, 7], meaning: "how many" }],
  ["// required; how many", { isRequired: true, meaning: "how many" }],
  ["// required, how many", { isRequired: true, meaning: "how many" }],
  ["// EUR per month; what it costs", { unit: "EUR per month", meaning: "what it costs" }],
  ["// a customer is gone after 1 to 3 months", { meaning: "a customer is gone after 1 to 3 months" }],
  [
    "// where the sources lie; empty: beside the workbook",
    { meaning: "where the sources lie; empty: beside the workbook" },
  ],
  ["/* days; how far back */", { unit: "days", meaning: "how far back" }],
];

for (const [comment, read] of comments) {
  test(`behind a declaration ${comment} says ${JSON.stringify(read)}`, () => {
    assert.deepEqual(factsOf(`const a: number = 5; ${comment}`), { ...silent, ...read });
  });
}

test("comments above count too, as far as no empty line parts them; what stands behind goes before them", () => {
  const read = { unit: "days", range: [1, 365], isWhole: true, meaning: "How far back orders count." };
  const above =
    "// Elsewhere\n\n/**\n * How far back orders count.\n * days, whole, 1 to 365\n */\nconst a = 5;";
  assert.deepEqual(factsOf(above), { ...silent, ...read });
  const both = "// How far back orders count.\nconst a = 5; // days, whole, 1 to 365";
  assert.deepEqual(factsOf(both), { ...silent, ...read });
  assert.deepEqual(factsOf("// Numbers\nconst a = 5; // how many"), { ...silent, meaning: "how many" });
});

test("a secret is named after its parameter and read from the environment", () => {
  assert.equal(
    parametersOf('const apiKey2: string = ""; // secret')[0]?.secretFrom,
    "SEGBOOK_SECRET_API_KEY2",
  );
});

const silent = { unit: "", isWhole: false, isRequired: false, meaning: "" };

function factsOf(source: string): Partial<Parameter> {
  const { name: _, keyword, type, typeText, defaultValue, ...facts } = parametersOf(source)[0]!;
  assert.deepEqual([keyword, type.kind, typeText, defaultValue], ["const", "number", "number", 5]);
  return facts;
}

test("a notebook without a parameters cell has no parameters", () => {
  const text = JSON.stringify(madeDocument(["const a = 1;"]));
  assert.deepEqual(readParameters(parseNotebook(text, "a.ipynb"), "a.ipynb"), []);
});

test("a second cell tagged parameters is refused", () => {
  assert.throws(() => parametersOf("const a = 1;", [["const b = 1;", "parameters"]]), {
    message: "readParameters: one cell must be tagged parameters, got cells 2, 3 at a.ipynb",
  });
});

const place = "at a.ipynb, cell 2 (tagged parameters), line";
const computed = "must be a literal, since what is computed here does not follow a new value";
const parts =
  "must be made of string, number, boolean, null, Date, literals, and lists, tuples, objects and records of them";
const next = ". Move it to the next cell";
const only = "the cell must hold only declarations such as const seed: number = 7";

const refused: readonly (readonly [source: string, message: string])[] = [
  ["const k = 5;\nconst half = k / 2;", `the value of half ${computed}, got k / 2 ${place} 2${next}`],
  [`const a = \`x\${1}\`;`, `the value of a ${computed}, got \`x\${1}\` ${place} 1${next}`],
  ["const a = Math.PI;", `the value of a ${computed}, got Math.PI ${place} 1${next}`],
  [
    "const a = [...[1]];",
    `the value of a must be a literal with every item written out, got ...[1] ${place} 1${next}`,
  ],
  [
    "const a = { ...{} };",
    `the value of a must be a literal with every member written as name: value, got ...{} ${place} 1${next}`,
  ],
  [
    "const a = { get b() { return 1; } };",
    `the value of a must be a literal with every member written as name: value, got get b() { return 1; } ${place} 1${next}`,
  ],
  [
    "const a = (x: number) => x;",
    `the value of a must be a literal, not a function, got (x: number) => x ${place} 1${next}`,
  ],
  ["const a = 1n;", `the value of a must be a number without n, got 1n ${place} 1${next}`],
  ["const a = 1e999;", `the value of a must be a finite number, got 1e999 ${place} 1${next}`],
  [
    'const a = "x" as string;',
    `the value of a must be a literal with its type behind the name, got "x" as string ${place} 1${next}`,
  ],
  [
    'const a: Date = new Date("2026-02-30");',
    `the value of a must be a day of the calendar such as new Date("2026-03-31"), got new Date("2026-02-30") ${place} 1${next}`,
  ],
  [
    "const a = new Date();",
    `the value of a must be a day of the calendar such as new Date("2026-03-31"), got new Date() ${place} 1${next}`,
  ],
  ["function f() { return 1; }", `${only}, got function f() { return 1; } ${place} 1${next}`],
  ['import { show } from "segbook";', `${only}, got import { show } from "segbook"; ${place} 1${next}`],
  ["class A {}", `${only}, got class A {} ${place} 1${next}`],
  ["type A = number;\nconst a: A = 1;", `${only}, got type A = number; ${place} 1${next}`],
  [
    "let a = 1;\na = 2;",
    `a parameter must keep its value, since a new one stands in a cell behind this one, got a = 2; ${place} 2${next}`,
  ],
  [
    "let a = 1;\na += 2;",
    `a parameter must keep its value, since a new one stands in a cell behind this one, got a += 2; ${place} 2${next}`,
  ],
  ["console.log(1);", `${only}, got console.log(1); ${place} 1${next}`],
  ["export const a = 1;", `a declaration must begin with const or let, got export const a = 1; ${place} 1`],
  [
    "const { a } = { a: 1 };",
    `a parameter must have one plain name, got { a } ${place} 1. Take it apart in the next cell`,
  ],
  [
    "const [a] = [1];",
    `a parameter must have one plain name, got [a] ${place} 1. Take it apart in the next cell`,
  ],
  [
    "let a: number;",
    `the value of a must be a literal, got none ${place} 1. For none write null and "required"`,
  ],
  ["const a: Map<string, number> = {};", `the type of a ${parts}, got Map<string, number> ${place} 1`],
  ["const a: { f(): void } = {};", `the type of a ${parts}, got f(): void ${place} 1`],
  ["const a: string | Date = '';", `the type of a ${parts}, got string | Date ${place} 1`],
  ["const a: Limits = { low: 1 };", `the type of a ${parts}, got Limits ${place} 1`],
  [
    "const a = [];",
    `the type of a must be written, got none beside [] ${place} 1. Such as const a: number[] = []`,
  ],
  [
    "const a = null;",
    `the type of a must be written, got none beside null ${place} 1. Such as const a: number[] = []`,
  ],
  ["const a: number = 'x';", `the value of a must be of type number, got "x" ${place} 1`],
  [
    "const a: Date = null;",
    `the value of a must be a day of the calendar such as 2026-03-31, got null ${place} 1`,
  ],
  [
    'const a: Date = "2026-03-31";',
    `the value of a must be of type Date, got "2026-03-31" as string ${place} 1`,
  ],
  [
    'const a: string = new Date("2026-03-31");',
    `the value of a must be of type string, got "2026-03-31" as Date ${place} 1`,
  ],
  [
    "const a: { low: number } = { lwo: 1 };",
    `the value of a must have no members but low, got "lwo" ${place} 1`,
  ],
  ["const a = 5; // 1 to 3", `the value of a must be from 1 to 3, got 5 ${place} 1`],
  ["const a = 5; // 9 to 1", `the range of a must go from low to high, got 9 to 1 ${place} 1`],
  ['const a = "x"; // 1 to 3', `a range must stand beside a number, got a of type string ${place} 1`],
  ["const a = 5; // one of x, y", `the choices of a must be of type number, got "x" ${place} 1`],
  [
    'const a = "x"; // secret',
    `the secret a must be empty here, since a notebook is read by many, got a value ${place} 1. Put it into the environment as SEGBOOK_SECRET_A`,
  ],
  ["const a = 5; // secret", `a secret must be text, got a of type number ${place} 1`],
  ["const a = 1; const a = 2;", `names must be unique, got a twice ${place} 1`],
  ["const a = ;", `the cell must be valid TypeScript, got "Expression expected" ${place} 1`],
];

for (const [source, message] of refused) {
  test(`a parameters cell with ${JSON.stringify(source)} is refused with its line and what to do`, () => {
    assert.throws(() => parametersOf(source), { name: "InputError", message: `readParameters: ${message}` });
  });
}

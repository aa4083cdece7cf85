import assert from "node:assert/strict";
import { test } from "node:test";
import { filterDeclarations, namesThatMayBeUndefined } from "#src/evaluator/kept-declarations.js";

const declarations = `import whole, { part, other as renamed } from "m";
import * as all from "n";
declare const a: number, b: { x: string }, c: any;
declare function f(x: number): void;
declare class K {
    x: number;
}
interface Shape {
    n: number;
}
type Pair = [number, number];
declare let d: number | undefined;
`;

test("names that are not kept leave every kind of declaration", () => {
  const kept = filterDeclarations(declarations, (name) => ["part", "b", "Shape"].includes(name));
  assert.equal(
    kept,
    'import { part } from "m";\ndeclare const b: {\n    x: string;\n};\ninterface Shape {\n    n: number;\n}\n',
  );
  assert.equal(
    filterDeclarations(declarations, () => false),
    "",
  );
});

test("what is kept whole declares the same", () => {
  const kept = filterDeclarations(declarations, () => true);
  assert.equal(kept.replace(/\s+/g, ""), declarations.replace("string }", "string; }").replace(/\s+/g, ""));
});

test("types that admit undefined are known", () => {
  assert.deepEqual([...namesThatMayBeUndefined(declarations)], ["c", "d"]);
});

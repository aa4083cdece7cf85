import assert from "node:assert/strict";
import { test } from "node:test";
import { expandShorthand } from "#src/notebook/expand-shorthand.js";
import { loadTypeScript } from "#src/notebook/load-typescript.js";

const expand = (code: string): string => expandShorthand(loadTypeScript(), code);

test("a property that is named like its value is written out, so that the value may come from an earlier cell", () => {
  assert.equal(expand("f({ a, b: 1, c });"), "f({ a: a, b: 1, c: c });");
  assert.equal(expand("({ a = 1, b } = o);"), "({ a: a = 1, b: b } = o);");
});

test("patterns, texts and code that does not parse are left alone", () => {
  for (const code of ["const { a, b } = o;", 'const s = "{ a }";', "f({ a: 1 });", "const = {"])
    assert.equal(expand(code), code);
});

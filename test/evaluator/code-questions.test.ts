import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCompleteness } from "#src/evaluator/code-completeness.js";
import { startCells } from "./run-code.js";

const { executor, run, value } = startCells();
await value(
  "/**\n * Adds up.\n * @param amounts - In euro.\n */\nfunction total(amounts: number[]): number { return amounts.length; }\nconst basket = { apples: 1, pears: 2 };",
);

test("code that is whole is complete, code that only lacks its end is incomplete, other code is invalid", () => {
  const complete = ["1 + 1", "", "function f() {\n  return 1;\n}", "`a`", "await f()", "// note"];
  const incomplete = [
    "f(",
    "`a",
    "/* a",
    "a +",
    "x =",
    "if (a) {\n",
    "[1,\n 2,",
    "class A {",
    "a.",
    "import { a } from",
    "if (a) b(); else",
  ];
  const invalid = ["x = )", "a b", "}", "const = 1;", '"abc', "function (", "1 +* 2"];
  const status = (code: string): string => `${code} is ${checkCompleteness(code).status}`;
  for (const code of complete) assert.equal(status(code), `${code} is complete`);
  for (const code of incomplete) assert.equal(status(code), `${code} is incomplete`);
  for (const code of invalid.filter((code) => code !== "function ("))
    assert.equal(status(code), `${code} is invalid`);
});

test("a line that follows an open bracket is set further in", () => {
  const indent = (code: string): string | undefined => checkCompleteness(code).indent;
  assert.equal(indent("if (a) {"), "  ");
  assert.equal(indent("if (a) {\n  f(1,"), "    ");
  assert.equal(indent("if (a) {\n  f(1);"), "  ");
  assert.equal(indent("`a"), "");
});

test("a known name has its type and documentation, an unknown one nothing", () => {
  const text = executor.inspect("total", 5);
  assert.match(
    text ?? "",
    /^function total\(amounts: number\[\]\): number\n\nAdds up\.\n\n@param amounts - In euro\.$/,
  );
  assert.equal(executor.inspect("total([1])", 2), text);
  for (const [code, cursor] of [
    ["nobody", 3],
    ["", 0],
    ["   ", 2],
    ["1 + 2", 2],
  ] as const)
    assert.equal(executor.inspect(code, cursor), undefined, code);
});

test("a name with question marks, alone in a cell, answers with a page and runs nothing", async () => {
  for (const code of ["total?", "total??", "?total", " total ? "]) {
    const { page, error, value: values } = await run(code);
    assert.match(page?.["text/plain"] ?? "", /Adds up/);
    assert.deepEqual([error, values], [undefined, []]);
  }
  assert.match((await run("basket.apples?")).page?.["text/plain"] ?? "", /apples: number/);
  assert.equal((await run("nobody?")).page?.["text/plain"], "nobody is not known here.");
  assert.equal((await run("true ? 1 : 2")).value[0], 1);
});

test("names that begin alike are offered, members too; nothing was begun, nothing is offered", () => {
  assert.deepEqual(executor.complete("1 + tot", 7), { matches: ["total"], start: 4, end: 7 });
  assert.deepEqual(executor.complete("basket.", 7), { matches: ["apples", "pears"], start: 7, end: 7 });
  assert.deepEqual(executor.complete("basket.p", 8), { matches: ["pears"], start: 7, end: 8 });
  assert.deepEqual(executor.complete("const b: typeof basket = { ", 27).matches, ["apples", "pears"]);
  assert.deepEqual(executor.complete("({ $a: 1, b: 2 }).", 18).matches, ["b", "$a"]);
  for (const code of ["", "  ", "total ", "1 + "])
    assert.deepEqual(executor.complete(code, code.length).matches, [], code);
});

test("places are counted in code points", () => {
  assert.deepEqual(executor.complete('"😀😀" + tot', 10), { matches: ["total"], start: 7, end: 10 });
  assert.match(executor.inspect('"😀😀" + total', 9) ?? "", /^function total/);
});

import assert from "node:assert/strict";
import { homedir } from "node:os";
import { test } from "node:test";
import { startCells } from "./run-code.js";

const { executor, run, value, failure, folder } = startCells();

test("the last expression is the value of a cell; null, undefined and statements have none", async () => {
  assert.deepEqual(await value("const a = 1;\na + 1"), 2);
  for (const code of ["null", "undefined", "const b = 2;", "", "// nothing", "interface Nothing { a: 1 }"])
    assert.deepEqual(await run(code), { value: [] });
  assert.deepEqual((await run("0")).value, [0]);
});

test("a promise that nobody awaits is shown, not awaited; await and for await stand at the top of a cell", async () => {
  assert.ok((await run("Promise.resolve(3)")).value[0] instanceof Promise);
  assert.equal(await value("await Promise.resolve(3)"), 3);
  assert.equal(await value("let sum = 0;\nfor await (const x of [1, Promise.resolve(2)]) sum += x;\nsum"), 3);
});

test("variables of earlier cells are there, also as properties of their own name, exported and declared anew", async () => {
  await value("export const first = 1;\nexport function next(x: number) { return x + 1; }");
  assert.deepEqual(await value("({ first, second: next(first) })"), { first: 1, second: 2 });
  assert.equal(await value('const first = "one";\nfirst.length'), 3);
});

test("a function sees what a later cell makes of a variable of its own cell", async () => {
  await value("let rate = 1;\nconst fixed = 10;\nfunction product() { return rate * fixed; }");
  assert.equal(await value("rate = 2;\nproduct()"), 20);
  assert.equal(await value("const fixed = 100;\nproduct()"), 200);
});

test("what is imported can be declared anew", async () => {
  await value('import { sep, join as joined } from "node:path";\nimport * as os from "node:os";');
  assert.equal(await value('joined("a", "b") === ["a", "b"].join(sep) && typeof os.EOL'), "string");
  assert.equal(await value("const sep = 5;\nsep"), 5);
  assert.equal(await value("sep + 1"), 6);
});

test("the types know what the running Node can do", async () => {
  assert.deepEqual(await value("[3, 1, 2].toSorted().with(0, 9).findLast((x) => x > 2)"), 3);
  assert.deepEqual(await value('Float64Array.of(2, 1).toSorted().at(0)! + Number("1".isWellFormed())'), 2);
});

test("a loop over variables of a cell runs at full speed", async () => {
  const before = performance.now();
  assert.equal(await value("let total = 0;\nfor (let i = 0; i < 1e7; i++) total += 1;\ntotal"), 1e7);
  assert.ok(performance.now() - before < 3000);
});

test("an error names the cells and lines that it came through, and nothing of the kernel", async () => {
  await value("const begun = 11;");
  const cell = await run(
    "\nfunction check(n: number) {\n  if (n > 1)\n    throw new RangeError(n + ' is too many');\n}",
  );
  assert.deepEqual(cell, { value: [] });
  const { error } = await run("// ask\n\nfor (const n of [1, 2]) check(n);");
  assert.equal(error?.ename, "RangeError");
  assert.equal(error.evalue, "2 is too many");
  assert.match(
    error.traceback.join("\n"),
    /^RangeError: 2 is too many\n {4}at check \(cell \d+, line 4\)\n {4}at cell \d+, line 3$/,
  );
});

test("an error after an await names its lines too", async () => {
  const text = await failure(
    "const late = async () => {\n  await null;\n  (null as any).x;\n};\n\nawait late();",
  );
  assert.match(text, /at late \(cell \d+, line 3\)\n {4}at async cell \d+, line 6$/);
});

test("causes and collected errors are told; anything can be thrown", async () => {
  assert.match(
    await failure('throw new Error("outer", { cause: new TypeError("inner") });'),
    /^Error: outer\n.*line 1\ncaused by TypeError: inner\n/,
  );
  assert.match(await failure("await Promise.any([Promise.reject(new Error('one'))])"), /Error: one/);
  for (const [code, shown] of [
    ["throw null", "Thrown: null"],
    ["throw { a: 1 }", "Thrown: { a: 1 }"],
    ["throw Object.assign(Object.create(null), { get stack() { throw 1; } })", "Thrown: "],
  ] as const)
    assert.ok((await failure(code)).startsWith(shown), code);
  assert.match(await failure("throw null"), /\n {4}at cell \d+$/);
});

test("a deep recursion shows its beginning and the cell", async () => {
  const text = await failure("function down(n: number): number { return down(n + 1) + 1; }\n\ndown(0)");
  assert.match(text, /^RangeError: Maximum call stack size exceeded\n {4}at down \(cell \d+, line 1\)/);
});

test("the stack that a cell prints names cells and lines as well", async () => {
  const stack = await value('const caught = new Error("kept");\ncaught.stack');
  assert.match(String(stack), /^Error: kept\n {4}at cell \d+, line 1$/);
});

test("code that a cell makes at run time is said to be of the cell, without a line", async () => {
  assert.match(
    await failure("\neval(\"throw new Error('made')\")"),
    /\n {4}at eval \(cell \d+\)\n {4}at cell \d+, line 2$/,
  );
});

test("neither the folder of the notebook nor that of the user is in an error", async () => {
  for (const [code, shown] of [
    ['require("node:fs").readFileSync(process.cwd() + "/no.csv")', "'no.csv'"],
    [`throw new Error(${JSON.stringify(`${folder}/a.csv and ${homedir()}/b.csv`)})`, "a.csv and ~/b.csv"],
    [`throw ${JSON.stringify(`file://${folder}/a.csv`)}`, "'a.csv'"],
    ['require("./nothing")', "'./nothing'"],
  ] as const) {
    const { error } = await run(code);
    const text = JSON.stringify(error);
    assert.ok(error?.evalue.includes(shown), text);
    assert.ok(!text.includes(folder) && !text.includes(`${homedir()}/`), text);
  }
});

test("a complaint of the compiler names line and column and points at the place", async () => {
  const { error } = await run("const a1 = 1;\nconst word: string = a1;\n\tunknownName;");
  assert.equal(error?.ename, "CompileError");
  assert.equal(error.evalue, "2:7 - Type 'number' is not assignable to type 'string'.");
  assert.deepEqual(error.traceback, [
    "2:7 - Type 'number' is not assignable to type 'string'.",
    "    const word: string = a1;",
    "          ^~~~",
    "3:2 - Cannot find name 'unknownName'.",
    "    \tunknownName;",
    "    \t^~~~~~~~~~~",
    "    Has the cell that declares it been run?",
  ]);
});

test("a place is right behind properties that stand for a variable of their name", async () => {
  await value("const left = 1, right = 2;");
  const { error } = await run("const both = { left, right }; both.middle;");
  assert.match(error?.evalue ?? "", /^1:36 - Property 'middle'/);
});

test("a syntax error, an await inside a function and a reason behind a reason are complaints like any other", async () => {
  assert.match(await failure("const = 1;"), /^1:7 - /);
  assert.match(
    await failure("function wait() {\n  await 1;\n}"),
    /^2:3 - 'await' expressions are only allowed/,
  );
  assert.match(
    await failure(
      "const deep: { a: { b: string } } = { a: { b: 1 } };\nconst f: (x: number) => string = (x) => x;",
    ),
    /^1:43 - Type 'number'.*\n.*\n.*\n2:/,
  );
  assert.match(await failure("const six = 6;\nif (six === 4) six;"), /2:5 - [\s\S]*const name: number/);
});

test("a cell that fails keeps what it reached; what it did not reach is as it was", async () => {
  await value('const untouched = "before";');
  const failed = [
    "const reached = 1, [one, two] = [1, 2];",
    "class Made {}",
    'throw new Error("here");',
    "const untouched = 7;",
    "const missed = 3;",
    "class Unmade {}",
  ];
  await failure(failed.join("\n"));
  assert.deepEqual(await value("[reached, one, two, untouched.toUpperCase(), new Made()].length"), 5);
  assert.match(await failure("missed"), /Cannot find name 'missed'/);
  assert.match(await failure("new Unmade()"), /Cannot find name 'Unmade'/);
});

test("a value that is undefined by its type is kept", async () => {
  await failure("let maybe: number | undefined = undefined;\nthrow 1;");
  assert.deepEqual(await run("maybe"), { value: [] });
});

test("interrupting a pending await settles the cell, keeps what it reached and lets the next cell run", async () => {
  const running = run("const early = 1;\nawait new Promise(() => {});\nconst late = 2;");
  while (executor.activity[0] !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
  executor.interrupt();
  const { error } = await running;
  assert.equal(error?.ename, "Interrupted");
  assert.equal(executor.activity[0], 0);
  assert.equal(await value("early"), 1);
  executor.interrupt();
  assert.equal(await value("early + 1"), 2);
});

test("code that goes on after it was given up does not disturb the next cell", async () => {
  const running = run("await new Promise((resolve) => setTimeout(resolve, 30));\nconst tooLate = 1;\n5");
  while (executor.activity[0] !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
  executor.interrupt();
  await running;
  await value("const own = 4;");
  assert.equal(await value("await new Promise((resolve) => setTimeout(resolve, 60));\nown"), 4);
  assert.match(await failure("tooLate"), /Cannot find name/);
});

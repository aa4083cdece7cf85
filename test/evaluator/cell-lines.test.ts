import assert from "node:assert/strict";
import { test } from "node:test";
import { startCells } from "./run-code.js";

const { run, value } = startCells();
await value(
  'let earlier = 5, box: any;\nfunction boom(): any { throw new Error("boom"); }\nfunction call(f: () => any) { return f(); }',
);

/** What throws stands in one line of each. */
const kinds = [
  "boom();",
  "const kept: number =\n  boom();",
  "if (boom()) {\n}",
  "for (const x of [1])\n  boom();",
  "[1]\n  .map((x) => x)\n  .map(() => boom());",
  "const o = {\n  a: 1,\n  b: boom(),\n};",
  "const { a, b = boom() } = { a: 1 } as any;",
  "const [p, q] = [1,\n  boom()];",
  "function f(x: {\n  a: number;\n}, y = 2): number {\n  return boom();\n}\nf({ a: 1 });",
  "class C {\n  private x = 1;\n  constructor(public y: number) {\n    boom();\n  }\n}\nnew C(1);",
  "class D {\n  static s = 1;\n  field: number =\n    boom();\n}\nnew D();",
  "class S {\n  static s: number = boom();\n}",
  'const g = (x: number): string =>\n  x > 0\n    ? boom()\n    : "n";\ng(1);',
  "interface I {\n  a: string;\n}\ntype T = {\n  b: number;\n};\nboom();",
  "/* one\n two */ boom();",
  `const text = \`one\n\${boom()}\ntwo\`;`,
  "enum E { A, B = 3 }\nboom();",
  "namespace N {\n  export const z = 1;\n  boom();\n}",
  "const m = {\n  run() {\n    boom();\n  },\n};\nm.run();",
  "switch (1 as number) {\n  case 1:\n    boom();\n}",
  "try {\n  boom();\n} finally {\n  1;\n}",
  "label: for (;;) {\n  boom();\n}",
  "const z = 1 +\n  2 +\n  boom();",
  "export const made = boom();",
  "export function made() {\n  boom();\n}\nmade();",
  "new (class {\n  get v() {\n    return boom();\n  }\n})().v;",
  "const all = [...(function* () {\n  yield boom();\n})()];",
  "await (async () => {\n  await 1;\n  boom();\n})();",
  "for await (const x of [1]) {\n  boom();\n}",
  "const [first] = await Promise.all([\n  (async () => { await 0; boom(); })(),\n]);",
  "box =\n  boom();",
  "call(() =>\n  boom());",
  "call(() => {\n  const r = 1; boom(); const s = 2;\n});",
  "const short = { earlier, box, k: boom() };",
  "call(function () {\n  return { earlier, ...{ box }, z: boom() };\n});",
  "earlier\n  .toString(\n    boom());",
  "const late = call\n  (() => boom());",
];
const before = [
  "",
  'import { join } from "node:path";\nimport type { Stats } from "node:fs";',
  "interface Wide {\n  a: 1;\n}\n\n/** What it is.\n * At length.\n */\nconst one = 1;",
  "const { sep,\n  delimiter } = require('node:path');\n\nfunction wide(a: number,\n  b: string) {\n  return a;\n}",
];

test("whatever throws, and whatever stands before it, the error names its line", async () => {
  for (const [i, kind] of kinds.entries()) {
    const code = `${before[i % before.length]}\n${kind}`;
    const line = code.slice(0, code.indexOf("boom()")).split("\n").length;
    const { error } = await run(code);
    assert.equal(error?.evalue, "boom", code);
    assert.match(error.traceback[1]!, /^ {4}at boom \(cell 1, line 2\)$/, code);
    assert.ok(
      error.traceback[2]!.replace(")", "").endsWith(`cell ${i + 2}, line ${line}`),
      `${code}\n${error.traceback.join("\n")}`,
    );
  }
});

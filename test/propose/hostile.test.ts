import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { InputError } from "#src/core/errors.js";
import { findGiven } from "#src/propose/file-sample.js";
import { yamlText } from "#src/propose/yaml-text.js";
import { folderWith } from "../commands/segbook.js";
import { propose } from "./made-files.js";

const hostile = [
  'a"b',
  "x: y",
  "# no comment",
  "{a}",
  "[1]",
  "- item",
  "it's",
  "emoji 🛒",
  "null",
  "2024-01-01",
  "line\nbreak",
  "tab\there",
  " trimmed ",
  "@at",
  "%dir",
  "&anchor",
  "*star",
  "!tag",
  "true",
  "~",
  "\u2028sep",
  "a, b",
];

test("any name comes back from the text as it went in, beside any comment", () => {
  const entries = hostile.map((name, i) => ({
    key: `k${i}`,
    value: { column: name, list: [name, i] },
    note: `about ${name}`,
  }));
  const text = yamlText([{ key: "names", entries, above: hostile }]);
  const read: Record<string, { column: string; list: unknown[] }> = parse(text).names;
  hostile.forEach((name, i) => {
    assert.deepEqual(read[`k${i}`], { column: name, list: [name, i] });
  });
});

test("a file with hostile column names becomes a workbook that names them all", async () => {
  const names = ['say "hi"', "a: b # c", "umsatz 🛒", "it's", "x\ny"];
  const header = ["id", ...names].map((name) => `"${name.replaceAll('"', '""')}"`).join(",");
  const rows = Array.from({ length: 60 }, (_, i) =>
    [i + 1, ...names.map((_, j) => (i * (j + 5)) % (23 + j))].join(","),
  );
  const { book } = await propose({ "odd.csv": `${header}\n${rows.join("\n")}\n` });
  const columns = Object.values(book.sources.odd!.attributes!).map(({ column }) => column);
  assert.deepEqual(columns, names);
});

const refusals: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ["an empty file", "", /--from must name a file with rows, got an empty one/],
  ["a header alone", "id,name\n", /rows below its header, got none/],
  ["bytes that are no text", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /got a binary file/],
  [
    "text only",
    "name,remark\nEva,a b c\nAl,d e f\nUwe,g h i\n",
    /a number that could form segments, got none/,
  ],
];

for (const [what, content, message] of refusals)
  test(`${what} is refused in one sentence`, async () => {
    await assert.rejects(propose({ "file.csv": content }), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  });

test("a missing file and a folder of many sorts are refused, a folder of one sort is read", async () => {
  const folder = folderWith({
    "mixed/a.csv": "x\n1\n",
    "mixed/b.json": "[]",
    "same/a.csv": "id,n\n1,2\n",
    "same/b.csv": "id,n\n2,3\n",
  });
  assert.throws(
    () => findGiven("none.csv", join(folder, "none.csv")),
    /must name a file or a folder of files, got none/,
  );
  assert.throws(() => findGiven("mixed", join(folder, "mixed")), /of one sort, got \*\.csv and \*\.json/);
  mkdirSync(join(folder, "void"));
  assert.throws(() => findGiven("void", join(folder, "void")), /got an empty folder/);
  assert.equal(findGiven("same", join(folder, "same")).pattern, join(folder, "same", "*.csv"));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJsonRecord } from "#src/sources/json-record.js";
import { splitArray, splitLines } from "#src/sources/json-text.js";
import { plainDigits, plainNumber } from "#src/sources/number-digits.js";

function cells(text: string): unknown {
  const parsed = parseJsonRecord(text);
  return typeof parsed === "string" ? parsed : parsed.map(({ name, text: cell }) => [name, cell]);
}

async function texts(
  split: typeof splitArray,
  parts: readonly string[],
): Promise<[number, string | undefined][]> {
  async function* chunks(): AsyncIterable<Buffer> {
    for (const part of parts) yield Buffer.from(part);
  }
  const found: [number, string | undefined][] = [];
  for await (const { line, bytes } of split(chunks())) found.push([line, bytes?.toString()]);
  return found;
}

test("numbers keep their digits, objects within become names with dots, lists stay text", () => {
  assert.deepEqual(
    cells(
      '{"id":12345678901234567890123, "a\\"b":{"c":{"d":1.10}},"t":"x\\n","n":null,"f":false,"l":[1,{"]":"}"}],"__proto__":1}',
    ),
    [
      ["id", "12345678901234567890123"],
      ['a"b.c.d', "1.10"],
      ["t", "x\n"],
      ["n", null],
      ["f", "false"],
      ["l", '[1,{"]":"}"}]'],
      ["__proto__", "1"],
    ],
  );
});

test("what is no object, names a field twice or holds what no table can is told apart", () => {
  assert.deepEqual(
    [
      '{"a":',
      "[1]",
      "3",
      '{"a":1,"a":2}',
      '{"a.b":1,"a":{"b":2}}',
      '{"a":"\\u0000"}',
      '{"a":"\\ud800"}',
      "{}",
    ].map(cells),
    [
      "broken-json",
      "broken-json",
      "broken-json",
      "repeated-field",
      "repeated-field",
      "nul-byte",
      "invalid-encoding",
      [],
    ],
  );
});

test("an array and lines are split alike wherever the chunks are cut", async () => {
  const whole = '[\n{"a":"]},"},\n 17, "x]"\n,{"b":[{}]}\n]\n';
  const expected = [
    [2, '{"a":"]},"}'],
    [3, "17"],
    [3, '"x]"\n'],
    [4, '{"b":[{}]}\n'],
  ];
  for (let at = 0; at <= whole.length; at++)
    assert.deepEqual(
      await texts(splitArray, [whole.slice(0, at), whole.slice(at)]),
      expected,
      `cut at ${at}`,
    );
  const lines = '{"a":1}\r\n\n{"b":2}';
  for (let at = 0; at <= lines.length; at++)
    assert.deepEqual(
      await texts(splitLines, [lines.slice(0, at), lines.slice(at)]),
      [
        [1, '{"a":1}\r'],
        [3, '{"b":2}'],
      ],
      `cut at ${at}`,
    );
});

test("an array that is not closed, followed by more, or none at all is refused with its line", async () => {
  await assert.rejects(
    texts(splitArray, ['[\n{"a":1},\n{"a"']),
    /must be a whole JSON array, .* open at line 3$/,
  );
  await assert.rejects(texts(splitArray, ["[] x"]), /must end after its JSON array, got more at line 1$/);
  await assert.rejects(texts(splitArray, ['{"a":1}']), /Say format: ndjson if every line is one$/);
  await assert.rejects(texts(splitArray, [""]), /got an empty file$/);
});

test("a number loses its exponent, never a digit", () => {
  assert.deepEqual(
    ["1.5e3", "-2.50E-3", "1e21", "0.1e1", "12", "1e-7", "0e5", "123.456e1"].map(plainDigits),
    ["1500", "-0.00250", "1000000000000000000000", "1", "12", "0.0000001", "0", "1234.56"],
  );
  assert.deepEqual([17850, 0.1, 1e-7, 1e22, -5].map(plainNumber), [
    "17850",
    "0.1",
    "0.0000001",
    "10000000000000000000000",
    "-5",
  ]);
});

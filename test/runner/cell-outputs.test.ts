import assert from "node:assert/strict";
import { test } from "node:test";
import { createTerminalText } from "#src/notebook/terminal-text.js";
import { type CellOutputs, createCellOutputs, type Displays } from "#src/runner/cell-outputs.js";

function receive(cell: CellOutputs, type: string, content: Record<string, unknown>): void {
  const header = { msg_id: "", msg_type: type, session: "", username: "", version: "", date: "" };
  cell.receive({ identities: [], header, content });
}

test("texts of one stream that follow each other are one output", () => {
  const cell = createCellOutputs(new Map());
  for (const [name, text] of [
    ["stdout", "a"],
    ["stdout", "b\n"],
    ["stderr", "c"],
    ["stdout", "d"],
  ]) {
    receive(cell, "stream", { name, text });
  }
  assert.deepEqual(
    cell.outputs().map(({ name, text }) => [name, text]),
    [
      ["stdout", "ab\n"],
      ["stderr", "c"],
      ["stdout", "d"],
    ],
  );
});

test("a display is replaced by its update in whatever cell it stands, and its id is not saved", () => {
  const displays: Displays = new Map();
  const [first, second] = [createCellOutputs(displays), createCellOutputs(displays)];
  const display = (text: string) => ({
    data: { "text/plain": text },
    metadata: {},
    transient: { display_id: "x" },
  });
  receive(first, "display_data", display("old"));
  receive(second, "update_display_data", display("new"));
  assert.deepEqual(first.outputs(), [
    { output_type: "display_data", data: { "text/plain": "new" }, metadata: {} },
  ]);
  assert.deepEqual(second.outputs(), []);
});

test("clear_output empties the cell at once, or with the next output if it is to wait", () => {
  const cell = createCellOutputs(new Map());
  receive(cell, "stream", { name: "stdout", text: "1" });
  receive(cell, "clear_output", { wait: true });
  assert.equal(cell.outputs().length, 1);
  receive(cell, "stream", { name: "stdout", text: "2" });
  assert.deepEqual(
    cell.outputs().map(({ text }) => text),
    ["2"],
  );
  receive(cell, "clear_output", { wait: false });
  assert.deepEqual(cell.outputs(), []);
});

test("a flood ends with one notice", () => {
  const cell = createCellOutputs(new Map(), { limitBytes: 2_000_000 });
  for (let i = 0; i < 5; i++) receive(cell, "stream", { name: "stdout", text: "x".repeat(999_999) });
  const [kept, notice] = cell.outputs();
  assert.equal(String(kept?.text).length, 1_999_998);
  assert.match(
    String(notice?.text),
    /^\[segbook: this cell shows more than 2.0 MB; 3.0 MB are left out\]\n$/,
  );
  assert.equal(cell.outputs().length, 2);
});

const terminal: readonly (readonly [string[], string])[] = [
  [["10 %\r", "20 %\r", "done\n"], "done\n"],
  [["10 %\r"], "10 %\r"],
  [["a\r\nb\r\n"], "a\r\nb\r\n"],
  [["kept\n1\r2"], "kept\n2"],
  [["abc\b\bX"], "aX"],
  [["a", "\b", "b"], "b"],
  [["\b\b\n"], "\n"],
];

for (const [parts, expected] of terminal) {
  test(`${JSON.stringify(parts)} is shown as ${JSON.stringify(expected)}`, () => {
    const shown = createTerminalText();
    for (const part of parts) shown.add(part);
    assert.equal(shown.text(), expected);
  });
}

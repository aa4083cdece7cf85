import assert from "node:assert/strict";
import { test } from "node:test";
import { composeFinders, readMappings } from "#src/evaluator/source-map.js";

test("a place has the source of the nearest segment before it in its line", () => {
  const find = readMappings("AAAA,IAAI;;AACA,QAAgB,C");
  assert.deepEqual(find({ line: 0, column: 3 }), { line: 0, column: 0 });
  assert.deepEqual(find({ line: 0, column: 9 }), { line: 0, column: 4 });
  assert.deepEqual(find({ line: 2, column: 1 }), { line: 1, column: 4 });
  assert.deepEqual(find({ line: 2, column: 8 }), { line: 1, column: 20 });
});

test("what has no source has no place", () => {
  const find = readMappings("IAAA,C;");
  for (const place of [
    { line: 0, column: 1 },
    { line: 0, column: 7 },
    { line: 1, column: 0 },
    { line: 9, column: 0 },
  ])
    assert.equal(find(place), undefined);
});

test("two steps are followed one after the other, and end where one does not know", () => {
  const last = readMappings("AAAA;AAEA");
  const first = readMappings(";;AAIA");
  assert.deepEqual(composeFinders(last, first)({ line: 1, column: 2 }), { line: 4, column: 0 });
  assert.equal(composeFinders(last, first)({ line: 0, column: 2 }), undefined);
});

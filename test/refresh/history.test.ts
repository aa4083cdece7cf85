import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type HistoryState, latestState, readHistory, stateAt } from "#src/refresh/history.js";
import { pointerFile, stateFiles } from "#src/refresh/history-layout.js";
import type { RefreshRecord } from "#src/refresh/refresh-record.js";
import { freeStateName, movePointer, openStaging, placeState } from "#src/refresh/state-publish.js";
import { madeRecord } from "./made-history.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-history-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function recordOf(asOf: string, previous: HistoryState | null): RefreshRecord {
  return madeRecord(asOf, previous && { record: previous.record, hash: previous.recordHash });
}

function publish(history: string, asOf: string, previous: HistoryState | null): HistoryState {
  const staging = openStaging(history, asOf);
  const state = placeState(history, staging, { name: asOf, record: recordOf(asOf, previous) });
  movePointer(history, state);
  return state;
}

test("a history is what the pointer and the records lead to, oldest first; what they do not name was never published", () => {
  const history = join(folder, "chain");
  assert.equal(readHistory(history), null);
  const first = publish(history, "2026-03-31", null);
  const second = publish(history, "2026-06-30", first);
  // Killed between the state and its pointer, and in the middle of a state.
  const unpublished = openStaging(history, "2026-09-30");
  placeState(history, unpublished, { name: "2026-09-30", record: recordOf("2026-09-30", second) });
  mkdirSync(join(history, "states", ".2026-09-30.part"));
  const found = readHistory(history)!;
  assert.deepEqual(
    found.states.map(({ name }) => name),
    ["2026-03-31", "2026-06-30"],
  );
  assert.equal(latestState(found).folder, second.folder);
  assert.equal(stateAt(found, "2026-06-29")!.name, "2026-03-31");
  assert.equal(stateAt(found, "2026-03-30"), null);
  // The next refresh clears up and takes the name.
  assert.equal(freeStateName(found.states, "2026-09-30"), "2026-09-30");
  publish(history, "2026-09-30", second);
  assert.equal(latestState(readHistory(history)!).name, "2026-09-30");
  assert.deepEqual(readdirSync(join(history, "states")), ["2026-03-31", "2026-06-30", "2026-09-30"]);
  assert.equal(freeStateName(found.states, "2026-06-30"), "2026-06-30-2");
});

test("a date that is made again and again never takes a name that it had, since those states stay on disk", () => {
  const history = join(folder, "again");
  const first = publish(history, "2026-03-31", null);
  const second = publish(history, "2026-06-30", first);
  const again = { ...second, name: "2026-06-30-2" };
  assert.equal(freeStateName([first, again], "2026-06-30"), "2026-06-30-3");
  assert.equal(freeStateName([first, { ...again, name: "2026-06-30-9" }], "2026-06-30"), "2026-06-30-10");
  assert.equal(freeStateName([first, again], "2026-03-31"), "2026-03-31-2");
});

test("a history that was changed by hand is refused, with the place", () => {
  const history = join(folder, "damaged");
  const state = publish(history, "2026-03-31", null);
  const { record } = stateFiles(state.folder);
  const text = readFileSync(record, "utf8");
  writeFileSync(record, text.replace('"after": 0', '"after": 2'));
  assert.throws(() => readHistory(history), /got a record that was changed since .* at .*record\.json/);
  rmSync(record);
  assert.throws(() => readHistory(history), /got no file at .*record\.json/);
  writeFileSync(pointerFile(history), '{ "state": "../../etc", "record": "x" }');
  assert.throws(() => readHistory(history), /got something else at .*current\.json/);
  for (const text of ["null", "5", "[]"]) {
    writeFileSync(pointerFile(history), text);
    assert.throws(() => readHistory(history), /got something else at .*current\.json/);
  }
  writeFileSync(pointerFile(history), "{");
  assert.throws(() => readHistory(history), /got text that is no JSON/);
});

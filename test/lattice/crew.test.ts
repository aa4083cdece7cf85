import assert from "node:assert/strict";
import { test } from "node:test";
import { codeEnded } from "#src/core/code-ended.js";
import type { Progress } from "#src/core/progress.js";
import { type Crew, closeCrew, loadRows, openCrew, runStarts } from "#src/lattice/crew.js";
import { drawBlobs } from "../cluster/matrices.js";

const columnCount = 3;
const requests = Array.from({ length: 300 }, (_, startNumber) => ({
  clusterCount: 3,
  seed: 1,
  startNumber,
  maxIterations: 100,
  refine: false,
}));

function openTeam(threads: number): Crew {
  const size = { rowCapacity: 60, columnCount, clusterCapacity: 3, startCapacity: requests.length };
  return openCrew(size, { threads, work: 0 });
}

const { matrix } = drawBlobs({ seed: 2, rowCount: 60, columnCount, groups: 3, spread: 2 });
const load = (crew: Crew) => loadRows(crew, matrix, { canonical: true, caller: "test" });

for (const threads of [1, 2])
  test(`starts on ${threads} thread(s) tell how far they are, some 200 times at most`, () => {
    const crew = openTeam(threads);
    const told: Progress[] = [];
    runStarts(crew, load(crew), requests, { onProgress: (progress) => told.push(progress) });
    closeCrew(crew);
    assert.ok(told.length >= 1 && told.length <= 201, `${told.length} calls`);
    assert.ok(told.every(({ done, total }, i) => total === 300 && done > (told[i - 1]?.done ?? 0)));
    if (threads === 1) assert.ok(told.length > 100, `${told.length} calls`);
  });

test("an error out of onProgress comes out as it is, and stops the starts", () => {
  const crew = openTeam(2);
  const enough = new Error("enough");
  let calls = 0;
  const onProgress = () => {
    calls++;
    throw enough;
  };
  assert.throws(() => runStarts(crew, load(crew), requests, { onProgress }), enough);
  closeCrew(crew);
  assert.equal(calls, 1);
});

test("code that is ended from outside leaves no crew open", () => {
  const crew = openTeam(2);
  codeEnded.publish(undefined);
  // A closed board lets nobody claim anything any more: its fourth place says so.
  assert.equal(crew.board[3], 1);
  assert.equal(codeEnded.hasSubscribers, false);
});

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openDuckDb } from "#src/engine/duckdb.js";
import { stateFiles } from "#src/refresh/history-layout.js";
import { writeStateAssignments } from "#src/refresh/state-assignments.js";
import { readStateCustomers } from "#src/refresh/state-customers.js";
import { assignCustomers } from "#src/segments/assign.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { smallParts } from "../made-definitions.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-state-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("assignments of a state come back, held customers marked, whatever the keys hold, and the same give the same bytes", async () => {
  const former = defineSegments(smallParts());
  const definition = defineSegments(smallParts({ keys: ["s2", "s3", "s11"] }));
  const keys = ['a"b', "a,b", "line\nbreak", "#comment", "00042", "=1+1"];
  const spend = [8, 12, 10.02, 8, Number.NaN, 12];
  const customers = {
    keys,
    columns: new Map([
      ["spend", spend],
      ["visits", keys.map(() => Math.E - 1)],
    ]),
  };
  const assignment = assignCustomers(definition, customers);
  assert.deepEqual([...assignment.labels], [0, 1, 1, 0, -1, 1]);
  const heldLabels = Int32Array.of(0, 1, 0, 0, -1, 1);
  const refresh = { heldLabels, former: { definition: former, labels: assignment.labels } };
  const engine = await openDuckDb({ threads: 1 });
  try {
    const path = stateFiles(folder).assignments;
    await writeStateAssignments(engine, path, { definition, assignment, refresh });
    const first = readFileSync(path);
    await writeStateAssignments(engine, path, { definition, assignment, refresh });
    assert.deepEqual(readFileSync(path), first);
    assert.deepEqual(readdirSync(folder), ["assignments.parquet"]);
    const read = await readStateCustomers(engine, folder, definition);
    assert.deepEqual(read, { keys, labels: heldLabels, nearest: assignment.labels });
    const rows = await engine.rows(
      `SELECT "segment", "nearest", "held", "former", "margin" FROM read_parquet('${path}') WHERE "segment" <> 's3'`,
    );
    assert.deepEqual(
      rows.map((row) => [...row.values()].slice(0, 4)),
      [
        ["s2", "s2", false, "s1"],
        ["s2", "s3", true, "s2"],
        ["s2", "s2", false, "s1"],
        ["unassigned", "unassigned", false, "unassigned"],
      ],
    );
    assert.equal(rows.at(-1)!.get("margin"), null);
  } finally {
    engine.close();
  }
});

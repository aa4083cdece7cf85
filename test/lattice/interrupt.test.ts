// An interrupted notebook cell is ended wherever it stands: no code of ours runs after, so nothing may be left open.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { fitHierarchical } from "#src/distances/hierarchical.js";
import { fitKMedoids } from "#src/distances/kmedoids.js";
import { fitKPrototypes } from "#src/distances/kprototypes.js";
import { drawMixed } from "../cluster/mixed-tables.js";

const { table } = drawMixed({ seed: 1, rowCount: 4000, numbers: 4, words: 2, groups: 5 });
const small = drawMixed({ seed: 1, rowCount: 100, numbers: 2, words: 2, groups: 3 }).table;
const options = { clusterCount: 8, seed: 1, starts: 60 };

for (const [name, fit] of Object.entries({
  "k-medoids": (rows: typeof table) => fitKMedoids(rows, options),
  "k-prototypes": (rows: typeof table) => fitKPrototypes(rows, options),
  "a hierarchy": (rows: typeof table) => fitHierarchical(rows, { linkage: "average" }),
}))
  test(`${name} that is ended in the middle leaves nothing behind: the next fit is the same, no thread is open`, () => {
    const before = fit(small);
    const open = process.getActiveResourcesInfo().length;
    const context = vm.createContext({ work: () => fit(table) });
    assert.throws(() => vm.runInContext("work()", context, { timeout: 100 }), {
      code: "ERR_SCRIPT_EXECUTION_TIMEOUT",
    });
    assert.deepEqual(fit(small), before);
    assert.equal(process.getActiveResourcesInfo().length, open);
  });

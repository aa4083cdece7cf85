import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { refreshWorkbook } from "#src/workbook/refresh-workbook.js";
import { madeLines, madeWorkbook, ordersFile } from "./made-shop.js";

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "drift-baseline-"));
  writeFileSync(join(folder, "segbook.yaml"), `${madeWorkbook}refresh: { adopt: keep }\n`);
  writeFileSync(join(folder, "orders.csv"), ordersFile(madeLines(200)));
});

after(() => rmSync(folder, { recursive: true }));

test("while a definition is kept drift adds up against the day it was made for", async () => {
  const refresh = async (asOf: string) => {
    const { record } = await refreshWorkbook(join(folder, "segbook.yaml"), { asOf });
    const orders = record.drift.find(({ name }) => name === "order_count")!;
    return {
      previous: record.previous!.asOf,
      notes: record.driftBasis!.notes,
      moved: orders.number!.wasserstein!,
    };
  };
  const [soon, later] = [await refresh("2025-08-15"), await refresh("2025-09-30")];
  assert.deepEqual([soon.previous, later.previous], ["2025-06-30", "2025-08-15"]);
  for (const { notes } of [soon, later]) assert.equal(notes[0], "Compared with the customers of 2025-06-30.");
  assert.ok(later.moved > 1.5 * soon.moved, `${soon.moved} → ${later.moved}`);
});

import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderWith, ordersOf, ordersWorkbook, segbook } from "../../commands/segbook.js";

test("a damaged memory beside the workbook is made anew, not trusted and not an error", () => {
  const folder = folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": ordersOf(40) });
  const fit = (): unknown => segbook(folder, ["fit", "--output", "d.json", "--json"]).document.fingerprint;
  const first = fit();
  const memory = join(folder, ".segbook");
  for (const damage of ["garbage", ""]) {
    for (const file of readdirSync(memory)) writeFileSync(join(memory, file), damage);
    assert.equal(fit(), first);
  }
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { segmentCustomers } from "#src/workbook/segment-customers.js";
import { folderWith, ordersOf, ordersWorkbook } from "../commands/segbook.js";

const names = "names: { s1: { name: Called by hand, action: Write to them } }\n";

/** What the first segment is called on a day, what to do with it, and the cautions. */
async function firstSegment(asOf: string, more: string) {
  const folder = folderWith({ "segbook.yaml": ordersWorkbook + more, "orders.csv": ordersOf(40) });
  const book = await openWorkbook(join(folder, "segbook.yaml"), { asOf, moreFolders: [] });
  const { segments, overview } = await segmentCustomers(book);
  book.close();
  const { name, action } = segments[0]!;
  return { name, action, cautions: (overview.cautions ?? []).filter((caution) => caution.includes("anew")) };
}

test("names are for the segments of the workbook's own day; on another, which no history joins to it, they are not given", async () => {
  const own = { name: "Called by hand", action: "Write to them", cautions: [] };
  assert.deepEqual(await firstSegment("", names), own);
  assert.deepEqual(await firstSegment("2026-03-31", names), own);
  const later = await firstSegment("2026-04-30", names);
  assert.notEqual(later.name, own.name);
  assert.equal(later.action, null);
  assert.deepEqual(later.cautions, [
    "The names in the workbook are for the segments of 2026-03-31: those of 2026-04-30 were found anew, and nothing says which of them are the same. segbook refresh --as-of 2026-03-31, then --as-of 2026-04-30, finds them again.",
  ]);
  assert.match(
    (await firstSegment("2026-03-30", names)).cautions[0]!,
    /nothing says which of them are the same\.$/,
  );
  assert.deepEqual((await firstSegment("2026-04-30", "")).cautions, []);
});

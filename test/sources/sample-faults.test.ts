import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { CleaningAccount } from "#src/sources/account.js";
import { loadSources } from "#src/sources/load-sources.js";

type Faults = Record<string, Record<string, number>>;

/** Planted faults by source and reason; cells and rows of one reason together. */
function plantedFaults(file: string): Faults {
  const { cells = {}, ...sources } = JSON.parse(readFileSync(join("test/sample/truth", file), "utf8")) as {
    cells?: Faults;
  } & Record<string, Record<string, number>>;
  return Object.fromEntries(
    Object.entries(sources).map(([name, rows]) => [name, { ...rows, ...cells[name] }]),
  );
}

function foundFaults(account: CleaningAccount): Faults {
  return Object.fromEntries(
    account.sources.map(({ name, dropped, cells }) => {
      const counts = new Map<string, number>(dropped.map(({ reason, rows }) => [reason, rows]));
      for (const { reason, count } of cells) counts.set(reason, (counts.get(reason) ?? 0) + count);
      return [name, Object.fromEntries(counts)];
    }),
  );
}

/** The sample workbook as it is read at another date. */
async function accountAt(day: string): Promise<CleaningAccount> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const engine = await openDuckDb({ threads: 2 });
  try {
    const yaml = readFileSync("data/sample/segbook.yaml", "utf8").replaceAll("2026-03-31", day);
    writeFileSync(join(folder, "segbook.yaml"), yaml);
    const config = readWorkbook(join(folder, "segbook.yaml"));
    return await loadSources(engine, config, { dataFolder: "data/sample" });
  } finally {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const [day, truth] of [
  ["2026-03-31", "faults.json"],
  ["2026-06-30", "faults-2026-06-30.json"],
] as const)
  test(`every fault planted in the sample shop of ${day} is found, and no other`, async () => {
    const account = await accountAt(day);
    assert.deepEqual(foundFaults(account), plantedFaults(truth));
    for (const { name, rowsRead, rowsKept, dropped } of account.sources)
      assert.equal(rowsRead, rowsKept + dropped.reduce((sum, { rows }) => sum + rows, 0), name);
  });

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readWorkbook } from "#src/config/read-workbook.js";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { loadSources } from "#src/sources/load-sources.js";
import { madeFolder } from "./made-files.js";
import { ordersWorkbook } from "./made-shop.js";
import { cleanOrders, mutate } from "./mutate.js";

/** What became of damaged files. */
export interface MutationCount {
  readonly files: number;
  /** Read with every line accounted for. */
  readonly read: number;
  /** Refused with one sentence. */
  readonly refused: number;
  readonly rowsRead: number;
  readonly rowsKept: number;
  /** Of any one file: none may hang. */
  readonly slowestSeconds: number;
}

/**
 * Reads damaged files with seeds from `first` on and compares the account with the rows in the table; whatever is thrown but
 * an InputError is a failure.
 */
export async function checkMutations(first: number, count: number): Promise<MutationCount> {
  const folder = madeFolder(`mutations-${first}`);
  writeFileSync(join(folder, "segbook.yaml"), ordersWorkbook());
  const config = readWorkbook(join(folder, "segbook.yaml"));
  const clean = cleanOrders(60);
  let [read, refused, rowsRead, rowsKept, slowestSeconds] = [0, 0, 0, 0, 0];
  const engine = await openDuckDb({ threads: 1 });
  try {
    for (let seed = first; seed < first + count; seed++) {
      writeFileSync(join(folder, "orders.csv"), mutate(clean, seed));
      const started = performance.now();
      try {
        const [source] = (await loadSources(engine, config)).sources;
        const dropped = source!.dropped.reduce((sum, { rows }) => sum + rows, 0);
        const [found] = await engine.rows(`SELECT count(*) AS rows FROM "transactions"`);
        assert.equal(source!.rowsRead, source!.rowsKept + dropped, `seed ${seed}`);
        assert.equal(found!.get("rows"), source!.rowsKept, `seed ${seed}`);
        read++;
        rowsRead += source!.rowsRead;
        rowsKept += source!.rowsKept;
      } catch (error) {
        assert.ok(error instanceof InputError, `seed ${seed}: ${(error as Error).stack}`);
        refused++;
      }
      slowestSeconds = Math.max(slowestSeconds, (performance.now() - started) / 1000);
    }
  } finally {
    engine.close();
  }
  return { files: count, read, refused, rowsRead, rowsKept, slowestSeconds };
}

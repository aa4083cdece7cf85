import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readWorkbook } from "#src/config/read-workbook.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { Engine } from "#src/engine/engine.js";
import type { CleaningAccount } from "#src/sources/account.js";
import { loadSources } from "#src/sources/load-sources.js";

/** A workbook with one orders file, as YAML; `more` are lines of the source, `also` are further sources. */
export function ordersWorkbook(more: string = "", also: string = ""): string {
  return `
name: Test shop
asOf: 2026-03-31
money: { currency: EUR, decimals: 2 }
window: { from: 2025-01-01 }
sources:
  orders:
    kind: transactions
    path: orders.csv
    columns: { customer: customer, invoice: invoice, date: date, quantity: quantity, price: price, product: product }
${more}
${also}
basis: [spend]
`;
}

export const ordersHeader = "customer,invoice,date,product,quantity,price";

/** Loads files that are written into a folder of their own; hands the engine to `look` before everything is removed. */
export async function loadShop<Result = undefined>(
  files: Readonly<Record<string, string | Buffer>>,
  look?: (engine: Engine) => Promise<Result>,
): Promise<{ account: CleaningAccount; result: Result | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const engine = await openDuckDb({ threads: 2 });
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const account = await loadSources(engine, readWorkbook(join(folder, "segbook.yaml")));
    for (const { rowsRead, rowsKept, dropped, name } of account.sources) {
      const lost = dropped.reduce((sum, { rows }) => sum + rows, 0);
      if (rowsRead !== rowsKept + lost)
        throw new Error(`${name}: ${rowsRead} read, ${rowsKept} kept, ${lost} dropped`);
    }
    return { account, result: await look?.(engine) };
  } finally {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads one orders file. */
export function loadOrders<Result = undefined>(
  csv: string | Buffer,
  look?: (engine: Engine) => Promise<Result>,
  more: string = "",
): Promise<{ account: CleaningAccount; result: Result | undefined }> {
  return loadShop({ "segbook.yaml": ordersWorkbook(more), "orders.csv": csv }, look);
}

/** What an account says was dropped: reason → rows and lines of the examples. */
export function droppedOf(account: CleaningAccount, source: number = 0): Record<string, [number, number[]]> {
  return Object.fromEntries(
    account.sources[source]!.dropped.map(({ reason, rows, examples }) => [
      reason,
      [rows, examples.map(({ line }) => line)],
    ]),
  );
}

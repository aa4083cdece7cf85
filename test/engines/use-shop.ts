import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { promisify } from "node:util";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { Engine } from "#src/engine/engine.js";
import { makeShopTables, type ShopTable } from "./shop-tables.js";

const workbook = resolve("data/sample/segbook.yaml");

/** What the reader's password is in tests. */
export const shopPassword = "s3cret-word";

/** The sample shop, to be put into databases. */
export interface TestShop {
  /** Holds the tables. */
  engine(): Engine;
  tables(): readonly ShopTable[];
  /** Fails unless a connection gives the same customers table, byte for byte, as the files; its tables lie in the schema `sales`. */
  checkConnection(name: string, connection: string): Promise<void>;
  /** A table as delimited text in a file. */
  exported(table: string): Promise<string>;
}

/** Reads the sample shop before the tests of a file. */
export function useShop(): TestShop {
  const folder = mkdtempSync(join(tmpdir(), "segbook-shop-"));
  let engine: Engine;
  let tables: readonly ShopTable[];
  let files: string;
  before(async () => {
    engine = await openDuckDb();
    tables = await makeShopTables(engine, workbook);
    files = await customersTable(folder, workbook, "files");
  });
  after(() => {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    engine: () => engine,
    tables: () => tables,
    async checkConnection(name, connection) {
      const found = await customersTable(folder, workbookOver(folder, name, connection), `from-${name}`);
      const [lines, expected] = [found.split("\n"), files.split("\n")];
      const other = lines.findIndex((line, i) => line !== expected[i]);
      assert.deepEqual(lines[other], expected[other], `line ${other + 1} of ${lines.length}`);
      assert.equal(found.length, files.length);
    },
    async exported(table) {
      const file = join(folder, `${table}.exported.csv`);
      await engine.run(`COPY ${table} TO '${file}' (FORMAT csv, HEADER false)`);
      return file;
    },
  };
}

/** As `segbook features` writes it, which says the password nowhere. */
async function customersTable(folder: string, file: string, name: string): Promise<string> {
  const output = join(folder, `${name}.csv`);
  const words = ["bin/segbook.js", "features", "--workbook", file, "--output", output];
  const environment = { ...process.env, SHOP_PASSWORD: shopPassword };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env: environment });
  assert.ok(![stdout, stderr].join("").includes(shopPassword));
  return readFileSync(output, "utf8");
}

/** The same workbook with a connection in place of every path. */
function workbookOver(folder: string, name: string, connection: string): string {
  const text = readFileSync(workbook, "utf8").replace(
    /^ {2}(\w+):\n(( {4}.*\n)*? {4})path: .*\n/gm,
    (_, source, middle) => `  ${source}:\n${middle}connection: shop\n    table: sales.${source}\n`,
  );
  const file = join(folder, name, "segbook.yaml");
  mkdirSync(join(folder, name));
  writeFileSync(file, text.replace(/^sources:/m, `connections:\n  shop: { ${connection} }\n\nsources:`));
  return file;
}

/** Names and types of a table's columns as SQL. */
export function columnsOf({ columns }: ShopTable, quote: string): string {
  return columns.map(({ name, type }) => `${quote}${name}${quote} ${type}`).join(", ");
}

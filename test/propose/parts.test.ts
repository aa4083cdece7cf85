import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import sqlite from "node-sqlite3-wasm";
import { read, utils, type WorkBook, write } from "xlsx";
import { readWorkbook } from "#src/config/read-workbook.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { loadSources } from "#src/sources/load-sources.js";
import { madeFolder, runDuckDb } from "../sources/made-files.js";
import { propose, tableOf } from "./made-files.js";

const day = (i: number): string => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
const plans = ["basic", "plus", "pro"];
const tables: Readonly<Record<string, string>> = {
  People: tableOf("customer_id,city", 60, (i) => [`K${i}`, ["Rome", "Oslo", "Bonn"][i % 3]!]),
  Contracts: tableOf("subscription_id,customer_id,plan,started_on,ended_on,monthly_price", 80, (i) => [
    `S${i % 70}`,
    `K${i % 60}`,
    plans[(i < 60 ? i : i + 1) % 3]!,
    day(i),
    i % 4 === 0 ? "" : day(i + 400),
    `${9 + (i % 5)}.90`,
  ]),
  Tickets: tableOf("ticket_id,customer_id,opened_at,topic,csat", 90, (i) => [
    `T${i}`,
    `K${(i * 7) % 60}`,
    day(i % 120),
    ["delivery", "refund"][i % 2]!,
    1 + (i % 5),
  ]),
};

async function files(): Promise<Record<string, Uint8Array>> {
  const folder = madeFolder("parts");
  for (const [name, csv] of Object.entries(tables)) writeFileSync(join(folder, `${name}.csv`), csv);
  const duckdb = join(folder, "shop.duckdb");
  const made = Object.keys(tables).map(
    (name) => `CREATE TABLE made.${name} AS SELECT * FROM '${join(folder, `${name}.csv`)}'`,
  );
  await runDuckDb(`ATTACH '${duckdb}' AS made; ${made.join("; ")}; DETACH made`);
  return {
    "shop.duckdb": readFileSync(duckdb),
    "shop.sqlite": sqliteBytes(join(folder, "shop.sqlite")),
    "shop.xlsx": excelBytes(),
  };
}

function sqliteBytes(path: string): Uint8Array {
  const database = new sqlite.Database(path);
  for (const [name, csv] of Object.entries(tables)) {
    const [header, ...rows] = csv
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    database.exec(`CREATE TABLE ${name} (${header!.join(", ")})`);
    const insert = database.prepare(`INSERT INTO ${name} VALUES (${header!.map(() => "?").join(", ")})`);
    for (const row of rows) insert.run(row);
    insert.finalize();
  }
  database.close();
  return readFileSync(path);
}

function excelBytes(): Uint8Array {
  const book: WorkBook = utils.book_new();
  for (const [name, csv] of Object.entries(tables))
    utils.book_append_sheet(book, read(csv, { type: "string", raw: true }).Sheets.Sheet1!, name);
  utils.book_append_sheet(book, utils.aoa_to_sheet([]), "Empty");
  utils.book_append_sheet(book, utils.aoa_to_sheet([["Made on Monday"], ["by Ann"]]), "Notes");
  utils.book_append_sheet(book, utils.aoa_to_sheet([["Old"], [1]]), "Old");
  book.Workbook = { Sheets: book.SheetNames.map((name) => ({ name, Hidden: name === "Old" ? 1 : 0 })) };
  return write(book, { type: "buffer", bookType: "xlsx" }) as Buffer;
}

test("every sheet or table of a file is looked at: who the customers are, their plans, their tickets", async () => {
  for (const [name, bytes] of Object.entries(await files())) {
    const { kinds, book, questions } = await propose({ [name]: bytes });
    const found = new Map(kinds.map(({ file, kind }) => [file, kind]));
    assert.deepEqual(
      [...found].slice(0, 3),
      [
        [`${name}#People`, "customers"],
        [`${name}#Contracts`, "subscriptions"],
        [`${name}#Tickets`, "support"],
      ],
      name,
    );
    const { contracts, tickets } = book.sources;
    assert.deepEqual(contracts!.columns, {
      customer: "customer_id",
      plan: "plan",
      start: "started_on",
      end: "ended_on",
      price: "monthly_price",
    });
    assert.deepEqual(tickets!.columns, {
      customer: "customer_id",
      ticket: "ticket_id",
      topic: "topic",
      date: "opened_at",
      satisfaction: "csat",
    });
    assert.deepEqual(book.basis, ["subscribed_months", "monthly_revenue", "support_contacts"]);
    const left = questions.filter((question) => question.includes("left out"));
    assert.deepEqual(
      left.map((question) => question.split(":")[0]!),
      name === "shop.xlsx" ? ["shop.xlsx#Notes", "shop.xlsx#Empty"] : [],
    );
  }
});

test("a proposal for several sheets of one file reads each of them", async () => {
  const folder = madeFolder("parts-read");
  writeFileSync(join(folder, "shop.xlsx"), excelBytes());
  const { text } = await propose({ "shop.xlsx": excelBytes() });
  writeFileSync(join(folder, "segbook.yaml"), text.replaceAll("../shop.xlsx", "shop.xlsx"));
  const engine = await openDuckDb({ threads: 1 });
  try {
    const { sources } = await loadSources(engine, readWorkbook(join(folder, "segbook.yaml")));
    const kept = new Map(sources.map(({ name, rowsKept }) => [name, rowsKept]));
    assert.deepEqual([kept.get("people"), kept.get("contracts"), kept.get("tickets")], [60, 80, 90]);
  } finally {
    engine.close();
  }
});

import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readWorkbook } from "#src/config/read-workbook.js";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { SourceAccount } from "#src/sources/account.js";
import { loadSources } from "#src/sources/load-sources.js";
import { madeFiles } from "./made-files.js";
import { ordersHeader, ordersWorkbook } from "./made-shop.js";

const rows = "17,A1,2026-01-05,shirt,2,9.95\n00123,A2,2026-02-05,hat,1,5\n";
const csv = `${ordersHeader}\n${rows}`;
const products = `SELECT product FROM "transactions" ORDER BY invoice`;

let folders = 0;

/** Loads an orders source from files of its own; gives the account, notes of rows, or the message of a refusal. */
async function load(
  path: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  more: string = "",
): Promise<{ account: SourceAccount; products: readonly unknown[] }> {
  const folder = madeFiles(`files-${folders++}`, files);
  writeFileSync(
    join(folder, "segbook.yaml"),
    ordersWorkbook(more).replace("path: orders.csv", `path: "${path}"`),
  );
  const engine = await openDuckDb({ threads: 1 });
  try {
    const { sources } = await loadSources(engine, readWorkbook(join(folder, "segbook.yaml")));
    return { account: sources[0]!, products: (await engine.rows(products)).map((row) => row.get("product")) };
  } finally {
    engine.close();
  }
}

async function refusal(...args: Parameters<typeof load>): Promise<string> {
  const error = await load(...args).then(
    () => assert.fail("must be refused"),
    (reason: Error) => reason,
  );
  assert.ok(error instanceof InputError, error.stack);
  return error.message;
}

test("letters are read in the encoding that the workbook names", async () => {
  const bytesOf: Readonly<Record<string, readonly number[]>> = {
    // žluť, шапка, 帽子 as iconv writes them.
    "windows-1250": [0x9e, 0x6c, 0x75, 0x9d],
    "iso-8859-2": [0xbe, 0x6c, 0x75, 0xbb],
    "koi8-r": [0xdb, 0xc1, 0xd0, 0xcb, 0xc1],
    shift_jis: [0x96, 0x58, 0x8e, 0x71],
    gb18030: [0xc3, 0xb1, 0xd7, 0xd3],
  };
  const read: unknown[] = [];
  for (const [encoding, bytes] of Object.entries(bytesOf)) {
    const file = Buffer.concat([
      Buffer.from(`${ordersHeader}\n17,A1,2026-01-05,`),
      Buffer.from(bytes),
      Buffer.from(",1,1\n"),
    ]);
    read.push(...(await load("o.csv", { "o.csv": file }, `    encoding: ${encoding}`)).products);
  }
  assert.deepEqual(read, ["žluť", "žluť", "шапка", "帽子", "帽子"]);
});

test("bytes that are no letters in the named encoding, and NUL bytes, cost their own line", async () => {
  const file = Buffer.concat([
    Buffer.from(`${csv}18,A3,2026-01-05,`),
    Buffer.of(0x9e),
    Buffer.from(",1,1\n19,A4,2026-01-05,a\0b,1,1\n"),
  ]);
  const { account } = await load("o.csv", { "o.csv": file }, "    encoding: iso-8859-2");
  assert.deepEqual(
    account.dropped.map(({ reason, rows, examples }) => [reason, rows, examples[0]!.line]),
    [
      ["invalid-encoding", 1, 4],
      ["nul-byte", 1, 5],
    ],
  );
  assert.equal(account.rowsRead, 4);
});

test("UTF-16 without a mark, an unknown encoding and a URL are named", async () => {
  assert.match(
    await refusal("o.csv", { "o.csv": Buffer.from(csv, "utf16le") }),
    /^loadSources: o\.csv must be utf-8 as declared, got NUL bytes in the header\. If it is UTF-16, say encoding: utf-16le or utf-16be$/,
  );
  assert.match(
    await refusal("o.csv", {}, "    encoding: klingon"),
    /must be an encoding such as utf-8, .*got "klingon"/,
  );
  assert.match(
    await refusal("https://example.org/o.csv", {}),
    /must name a file, because segbook reads no URL/,
  );
});

test("a file without a header, with runs of blanks between fields, is read", async () => {
  const text = " 17  A1 2026-01-05\tshirt 2 9.95\r\n 18  A2 2026-01-05 hat 2 9.95  \r\n 19 A1\r\n";
  const names = "columnNames: [customer, invoice, date, product, quantity, price]";
  const more = `    format: csv\n    header: false\n    delimiter: whitespace\n    ${names}`;
  const { account, products: found } = await load("o.txt", { "o.txt": text }, more);
  assert.deepEqual(found, ["shirt", "hat"]);
  assert.deepEqual(
    [account.rowsRead, account.dropped[0]?.reason, account.dropped[0]?.examples[0]?.line],
    [3, "too-few-columns", 3],
  );
});

test("a declared escape takes the place of doubled quotes", async () => {
  const file = `${ordersHeader}\n17,A1,2026-01-05,"a \\"b\\", c\\\\",2,9.95\n`;
  const { products: found } = await load("o.csv", { "o.csv": file }, "    escape: '\\'");
  assert.deepEqual(found, ['a "b", c\\']);
});

test("zstd is read, several frames and gzip members too; a file that was cut off is refused", async () => {
  // `zstd` of the two rows above, in one frame each.
  const frame = (text: string) => {
    const block = Buffer.from(text);
    const head = Buffer.of(
      0x28,
      0xb5,
      0x2f,
      0xfd,
      0x60,
      (block.length - 256) & 255,
      (block.length - 256) >> 8,
    );
    const size = (block.length << 3) | 1;
    return Buffer.concat([head, Buffer.of(size & 255, (size >> 8) & 255, size >> 16), block]);
  };
  const long = `${csv}${"5,A3,2026-01-05,scarf,1,1\n".repeat(12)}`;
  const zst = Buffer.concat([frame(long), frame("6,A4,2026-01-05,scarf,1,1\n".repeat(12))]);
  assert.equal((await load("o.csv.zst", { "o.csv.zst": zst })).account.rowsKept, 26);
  const members = Buffer.concat([gzipSync(csv), gzipSync(rows)]);
  assert.equal((await load("o.csv.gz", { "o.csv.gz": members })).account.rowsKept, 4);
  assert.match(
    await refusal("o.csv.zst", { "o.csv.zst": zst.subarray(0, zst.length - 9) }),
    /o\.csv\.zst must be a zstd file as its name says, got one that was cut off before its end$/,
  );
  assert.match(
    await refusal("o.csv.gz", { "o.csv.gz": members.subarray(0, 50) }),
    /o\.csv\.gz must be a gzip file as its name says, got one that was cut off before its end$/,
  );
});

test("the files of a folder or glob are read in order of name, each with its own hash, rows and lines", async () => {
  const files = {
    "days/b.csv":
      "price,more,quantity,customer,invoice,date,product\n1,x,2,5,A8,2026-01-01,b\n3,x,y,6,A9,2026-01-01,b\n",
    "days/a.csv": `${csv}1,2\n`,
    "days/_SUCCESS": "",
  };
  for (const [path, more] of [
    ["days", "    format: csv"],
    ["days/*.csv", ""],
    ["**/[ab].csv", ""],
  ] as const) {
    const { account, products: found } = await load(path, files, more);
    assert.deepEqual(found, ["shirt", "hat", "b"]);
    assert.deepEqual(
      account.files?.map((file) => [file.path, file.rowsRead, file.sha256.length]),
      [
        ["days/a.csv", 3, 64],
        ["days/b.csv", 2, 64],
      ],
    );
    assert.deepEqual(
      account.dropped.map(({ examples }) => [examples[0]!.file, examples[0]!.line]),
      [
        ["days/a.csv", 4],
        ["days/b.csv", 3],
      ],
    );
    assert.deepEqual(account.notes, ['days/b.csv has a column that the first file has not: "more"']);
    assert.equal(account.rowsRead, account.rowsKept + 2);
  }
  assert.match(
    await refusal("days/*.csv", { "days/a.csv": csv, "days/b.csv": "customer,invoice\n1,2\n" }),
    /^loadSources: days\/b\.csv must have the column "date"/,
  );
});

test("a link out of the data folder is refused unless the source allows it", async () => {
  const outside = join(madeFiles("outside", { "orders.csv": csv }), "orders.csv");
  const folder = madeFiles("linked", { "segbook.yaml": ordersWorkbook() });
  symlinkSync(outside, join(folder, "orders.csv"));
  const engine = await openDuckDb({ threads: 1 });
  try {
    await assert.rejects(
      loadSources(engine, readWorkbook(join(folder, "segbook.yaml"))),
      /sources\.orders\.path must stay inside the data folder, got a link out of it at orders\.csv\. Say allowOutside: true/,
    );
    writeFileSync(join(folder, "segbook.yaml"), ordersWorkbook("    allowOutside: true"));
    const { sources } = await loadSources(engine, readWorkbook(join(folder, "segbook.yaml")));
    assert.equal(sources[0]!.rowsKept, 2);
  } finally {
    engine.close();
  }
});

test("a link that leads nowhere is refused by name", async () => {
  for (const path of ["days", "days/*.csv"]) {
    const folder = madeFiles(`dangling-${folders++}`, {
      "segbook.yaml": ordersWorkbook("    format: csv").replace("path: orders.csv", `path: "${path}"`),
      "days/a.csv": csv,
    });
    symlinkSync("nowhere.csv", join(folder, "days/b.csv"));
    const engine = await openDuckDb({ threads: 1 });
    await assert.rejects(
      loadSources(engine, readWorkbook(join(folder, "segbook.yaml"))),
      /^InputError: loadSources: sources\.orders\.path must name files that are there, got a link that leads nowhere at days\/b\.csv$/,
    );
    engine.close();
  }
});

test("a set of letters that runs backwards is refused", async () => {
  assert.equal(
    await refusal("[c-a].csv", { "a.csv": csv }),
    "loadSources: sources.orders.path must write a set from its first letter to its last, such as [a-c], got [c-a].csv",
  );
});

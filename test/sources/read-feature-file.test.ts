import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { quoteText } from "#src/engine/sql-text.js";
import { readFeatureFile } from "#src/sources/read-feature-file.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-feature-file-"));
const engine = await openDuckDb();
after(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function refusal(name: string, content: string | Uint8Array, columns: readonly string[] = ["spend"]) {
  const path = file(name, content);
  const error = await readFeatureFile(engine, path, { key: "id", columns }).then(
    () => assert.fail("must be refused"),
    (reason: Error) => reason,
  );
  assert.ok(error instanceof InputError, error.stack);
  return error.message.replaceAll(path, name);
}

test("ids stay text, rows are sorted by code unit, an empty cell is missing", async () => {
  const path = file("a.csv", "id,name,spend,visits\n10,x,1.5,2\n007,y,,-3e2\n9007199254740993,z, 4 ,.5\n");
  const read = await readFeatureFile(engine, path, { key: "id", columns: ["visits", "spend"] });
  assert.equal(read.keyName, "id");
  assert.deepEqual(read.keys, ["007", "10", "9007199254740993"]);
  assert.deepEqual(
    [...read.columns],
    [
      ["visits", Float64Array.of(-300, 2, 0.5)],
      ["spend", Float64Array.of(Number.NaN, 1.5, 4)],
    ],
  );
});

test("an emoji sorts before a private-use letter, as JavaScript compares and UTF-8 does not", async () => {
  const path = file("order.csv", "id,spend\n\u{e000},1\n\u{1f6d2},2\n");
  const { keys } = await readFeatureFile(engine, path, { key: "id", columns: ["spend"] });
  assert.deepEqual(keys, ["\u{1f6d2}", "\u{e000}"]);
});

test("a byte order mark, CRLF, tabs, gzip and pattern characters in a path change nothing", async () => {
  const text = "\ufeffid,spend\r\n1,2\r\n";
  const paths = [
    file("bom.csv", text),
    file("tabs.tsv", "id\tspend\n1\t2\n"),
    file("packed.csv.gz", gzipSync(text)),
    file("year=2024 [new]/what?*.csv", text),
    file("no-end.csv", "id,spend\n1,2"),
  ];
  for (const path of paths) {
    const read = await readFeatureFile(engine, path, { key: "id", columns: ["spend"] });
    assert.deepEqual([read.keys, [...read.columns]], [["1"], [["spend", Float64Array.of(2)]]], path);
  }
});

test("columns called like SQL, HTML or object members are columns like any other", async () => {
  const names = ['a"b', "__proto__", "values", "<script>", "SPEND", "rowid", "c0"];
  const header = ["id", ...names, "spend"].map((name) => `"${name.replaceAll('"', '""')}"`).join(",");
  const path = file("names.csv", `${header}\n1,2,3,4,5,6,7,8,9\n`);
  const { columns } = await readFeatureFile(engine, path, { key: "id", columns: names });
  assert.deepEqual([...columns.keys()], names);
  assert.deepEqual(
    [...columns.values()].map((values) => values[0]),
    [2, 3, 4, 5, 6, 7, 8],
  );
});

test("a Parquet file is read by its types, text columns with the same guard", async () => {
  const path = join(folder, "p.parquet");
  await engine.run(`COPY (SELECT * FROM (VALUES ('02', 1, 2.5e0, '7'), ('01', NULL, 'nan', ''))
    AS t(id, "Spend", spend_2, "a""b")) TO ${quoteText(path, "duckdb")} (FORMAT parquet)`);
  const read = await readFeatureFile(engine, path, { key: "id", columns: ["Spend", "spend_2", 'a"b'] });
  assert.deepEqual(read.keys, ["01", "02"]);
  assert.deepEqual(
    [...read.columns.values()],
    [Float64Array.of(Number.NaN, 1), Float64Array.of(Number.NaN, 2.5), Float64Array.of(Number.NaN, 7)],
  );
});

test("each fault of a file is one sentence that says where it is", async () => {
  const rows = "1,2\n";
  assert.deepEqual(
    [
      await refusal("missing-column.csv", `id,spent\n${rows}`),
      await refusal("semicolons.csv", "id;spend\n1;2\n"),
      await refusal("twice.csv", "id,spend\n1,2\n2,3\n1,4\n"),
      await refusal("nobody.csv", "id,spend\n1,2\n,3\n"),
      await refusal("blank.csv", "id,spend\n1,2\n  ,3\n"),
      await refusal("ends.csv", "id,spend\n1,2\r\n2,3\n3,4\n"),
      await refusal("one.csv", "id,spend\n1,2\n2,x\n"),
      await refusal("text.csv", "id,spend\n1,NaN\n2,1_000\n3,inf\n4,1e999\n5,1\n"),
      await refusal("short.csv", "id,spend\n1,2\n3\n"),
      await refusal("long.csv", "id,spend\n1,2,3\n"),
      await refusal("quote.csv", 'id,spend\n1,"2\n3,4\n'),
      await refusal("latin.csv", Buffer.from("id,spend\n1,2\n\xe9,3\n", "latin1")),
      await refusal("utf-16.csv", Buffer.from("\ufeffid,spend\n1,2\n", "utf16le")),
      await refusal("empty.csv", ""),
      await refusal("header.csv", "id,spend\n"),
      await refusal("not.csv.gz", "id,spend\n1,2\n"),
      await refusal("not.parquet", "id,spend\n1,2\n"),
      await refusal("sheet.xlsx", "PK"),
      await refusal("repeated.csv", "id,spend,spend\n1,2,3\n"),
      await refusal("again.csv", `id,spend\n${rows}`, ["spend", "spend"]),
    ],
    [
      'readFeatureFile: the file must have a column "spend", got "id", "spent" in missing-column.csv. Did you mean "spent"?',
      'readFeatureFile: the file must have a column "id", got "id;spend" in semicolons.csv. Its columns seem to be separated by semicolons: a .csv file must have commas, a .tsv file tabs',
      'readFeatureFile: column "id" must be unique, got 2 rows with "1" (lines 2 and 4) in twice.csv',
      'readFeatureFile: column "id" must name a customer in every row, got nothing at line 3 of nobody.csv',
      'readFeatureFile: column "id" must name a customer in every row, got nothing at line 3 of blank.csv',
      "readFeatureFile: lines must end alike and quotes enclose whole fields, got mixed line ends or a stray quote in a part of ends.csv",
      'readFeatureFile: column "spend" must hold numbers or empty cells, got something else at line 3 of one.csv',
      'readFeatureFile: column "spend" must hold numbers or empty cells, got something else in 4 rows, first at lines 2, 3, 4, of text.csv',
      "readFeatureFile: each line must have 2 fields, got 1 at line 3 of short.csv",
      "readFeatureFile: each line must have 2 fields, got 3 at line 2 of long.csv",
      "readFeatureFile: each quote must be closed, got an open one at line 2 of quote.csv",
      "readFeatureFile: the file must be UTF-8, got other bytes at line 3 of latin.csv",
      "readFeatureFile: the file must be UTF-8, got UTF-16 in utf-16.csv",
      "readFeatureFile: the first line must be a header, got nothing in empty.csv",
      "readFeatureFile: the file must hold at least one customer, got none in header.csv",
      "readFeatureFile: a file called .gz must be compressed with gzip, got other bytes in not.csv.gz",
      "readFeatureFile: a file called .parquet must be one, got other bytes in not.parquet",
      "readFeatureFile: path must end in .csv, .tsv, .csv.gz, .tsv.gz or .parquet, got sheet.xlsx",
      'readFeatureFile: the file must have one column "spend", got several in repeated.csv',
      'readFeatureFile: columns must differ from one another and from the key, got "spend" again',
    ],
  );
});

test("a file that is not there is refused, and a read leaves no table behind", async () => {
  const path = join(folder, "none.csv");
  await assert.rejects(readFeatureFile(engine, path, { key: "id", columns: [] }), /must name a file/);
  assert.deepEqual(await engine.rows("SELECT table_name FROM duckdb_tables()"), []);
});

test("a file that is replaced between two passes over it is refused", async () => {
  const path = join(folder, "replaced.parquet");
  const write = (spend: number): Promise<void> =>
    engine.run(`COPY (SELECT 1 AS id, ${spend} AS spend) TO ${quoteText(path, "duckdb")} (FORMAT parquet)`);
  await write(1);
  let times = 0;
  const replacing = {
    ...engine,
    columns: async (sql: string) => {
      if (times++ === 0) await write(2);
      return engine.columns(sql);
    },
  };
  await assert.rejects(
    readFeatureFile(replacing, path, { key: "id", columns: ["spend"] }),
    /^InputError: readFeatureFile: replaced\.parquet must not change while it is read, got another size or time than before/,
  );
});

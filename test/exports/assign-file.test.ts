import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { InputError } from "#src/core/errors.js";
import { createRandom } from "#src/core/random.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { quoteIdentifier, quoteText } from "#src/engine/sql-text.js";
import { type AssignFileOptions, assignFile } from "#src/exports/assign-file.js";
import { assignCustomers } from "#src/segments/assign.js";
import type { CustomerColumn } from "#src/segments/customer-values.js";
import { defineRules } from "#src/segments/define-rules.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { writeAssignments } from "#src/segments/write-assignments.js";
import { smallParts } from "../made-definitions.js";
import { madeRuleCustomers, madeRules, smallRules } from "../made-rules.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-assign-file-"));
const definition = { ...defineSegments(smallParts()), keyName: "id" };
after(() => rmSync(folder, { recursive: true, force: true }));

/** Assigns a text and returns what was written and what was said. */
async function assigned(text: string | Uint8Array, options: AssignFileOptions = {}, name = "in.csv") {
  const [input, output] = [join(folder, name), join(folder, "out.csv")];
  writeFileSync(input, text);
  const account = await assignFile(definition, { input, output }, options);
  return { account, lines: readFileSync(output, "utf8").split("\n") };
}

async function refusal(text: string, options: AssignFileOptions = {}): Promise<string> {
  return assigned(text, options).then(
    () => assert.fail("must be refused"),
    (error: Error) => {
      assert.ok(error instanceof InputError, error.stack);
      return error.message.replaceAll(folder, "");
    },
  );
}

/** Ids that a CSV must quote, values at borders, missing ones, and ones that no transform takes. */
function madeCustomers(count: number) {
  const random = createRandom(5);
  const keys = Array.from({ length: count }, (_, i) => (i % 50 === 0 ? `"c,${i}" #` : `c${i}`));
  const pick = (values: readonly number[]) => (): number =>
    random.next() < 0.5 ? values[Math.floor(random.next() * values.length)]! : random.next() * 40 - 5;
  const spend = keys.map(pick([Number.NaN, 10, 12, 8, 1e300, -1e300, 10.078125]));
  const visits = keys.map(pick([Number.NaN, Math.E - 1, -1, -3, 0, 1e300]));
  return {
    keys,
    columns: new Map([
      ["spend", spend],
      ["visits", visits],
    ]),
  };
}

function csvOf({ keys, columns }: ReturnType<typeof madeCustomers>): string {
  const cell = (value: number): string => (Number.isNaN(value) ? "" : String(value));
  const rows = keys.map((key, i) =>
    [
      cell(columns.get("visits")![i]!),
      "extra",
      `"${key.replaceAll('"', '""')}"`,
      cell(columns.get("spend")![i]!),
    ].join(","),
  );
  return `visits,other,id,spend\n${rows.join("\n")}\n`;
}

test("a file is assigned to the very bytes of the assignment in memory, with any number of threads", async () => {
  const customers = madeCustomers(5000);
  writeAssignments(join(folder, "memory.csv"), definition, assignCustomers(definition, customers));
  const expected = readFileSync(join(folder, "memory.csv"), "utf8");
  for (const threads of [1, 3]) {
    const { account, lines } = await assigned(csvOf(customers), { threads });
    assert.equal(lines.join("\n"), expected);
    assert.deepEqual(account.ignoredColumns, ["other"]);
    const counted = account.segments.reduce((sum, { rows }) => sum + rows, account.unassigned);
    assert.deepEqual([account.rowsRead, account.rows, counted], [5000, 5000, 5000]);
  }
});

test("halves of the last decimal are written as JavaScript writes them", async () => {
  const engine = await openDuckDb();
  try {
    const values = [1 / 128, 3 / 128, 5 / 128, 1 / 64, 0.5, 0, 12.3456785, 1 / 3];
    const { sixDecimals } = await import("#src/exports/assign-file.js");
    for (const value of values) {
      const [row] = await engine.rows(
        `SELECT ${sixDecimals("x")} AS text FROM (SELECT ${value}::DOUBLE AS x)`,
      );
      assert.equal(row!.get("text"), value.toFixed(6));
    }
  } finally {
    engine.close();
  }
});

test("Parquet in and out keep the type of the key and the order of the file", async () => {
  const engine = await openDuckDb();
  const [input, output] = [join(folder, "in.parquet"), join(folder, "out.parquet")];
  try {
    await engine.run(`COPY (SELECT 10 - i AS id, i * 2.5 AS spend, 'x' AS extra, i::FLOAT AS visits FROM range(10) t(i))
      TO '${input}' (FORMAT parquet)`);
    const { rows } = await assignFile(definition, { input, output });
    assert.equal(rows, 10);
    const written = await engine.rows(`SELECT customer_id, typeof(customer_id) AS type FROM '${output}'`);
    assert.deepEqual(
      written.map((row) => row.get("customer_id")),
      [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    );
    assert.equal(written[0]!.get("type"), "BIGINT");
    for (const [twice, type] of [
      ["CASE WHEN i = 7 THEN 4 ELSE 10 - i END", "BIGINT"],
      ["(i % 9) * 1e9", "BIGINT"],
      ["i % 9", "DOUBLE"],
    ]) {
      await engine.run(`COPY (SELECT CAST(${twice} AS ${type}) AS id, i AS spend, i AS visits FROM range(10) t(i))
        TO '${input}' (FORMAT parquet)`);
      await assert.rejects(assignFile(definition, { input, output }), /must be unique, got 2 rows/);
    }
  } finally {
    engine.close();
  }
});

test("a byte order mark, CRLF, gzip and another order of columns change nothing", async () => {
  const plain = await assigned("id,spend,visits\n1,8,2\n2,12,2\n");
  assert.deepEqual((await assigned("\ufeffvisits,id,spend\r\n2,1,8\r\n2,2,12\r\n")).lines, plain.lines);
  assert.deepEqual(
    (await assigned(gzipSync("id,spend,visits\n1,8,2\n2,12,2\n"), {}, "in.csv.gz")).lines,
    plain.lines,
  );
});

const faulty = "id,spend,visits\n1,8,2\n,9,2\n2,x,2\n1,12,2\n3,9,\n2,1_0,2\n4,inf,+-1\n";

test("each fault of a file is refused with its line and column, until a policy says what becomes of it", async () => {
  assert.deepEqual(
    [
      await refusal("id,spent,visits\n1,2,3\n"),
      await refusal(faulty),
      await refusal(faulty, { policy: { missingKey: "skip" } }),
      await refusal(faulty, { policy: { missingKey: "skip", unreadable: "missing" } }),
      await refusal("id,spend,visits\n"),
    ],
    [
      'readFeatureFile: the file must have a column "spend", got "id", "spent", "visits" in /in.csv. Did you mean "spent"?',
      'readFeatureFile: column "id" must name a customer in every row, got nothing at line 3 of /in.csv. missingKey: skip leaves such rows out',
      'readFeatureFile: column "spend" must hold numbers or empty cells, got something else in 3 rows, first at lines 4, 7, 8, of /in.csv. unreadable: missing takes such cells as missing, skip leaves their rows out',
      'readFeatureFile: column "id" must be unique, got 2 rows with "1" (lines 2 and 5) in /in.csv. repeatedKey: first takes the first',
      "readFeatureFile: the file must hold at least one customer, got none in /in.csv",
    ],
  );
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".part")),
    [],
  );
});

test("what a policy leaves out or takes as missing is counted: rows read are rows written and rows left out", async () => {
  const skipped = await assigned(faulty, {
    policy: { missingKey: "skip", unreadable: "skip", repeatedKey: "first" },
  });
  assert.deepEqual(
    skipped.lines.slice(1).map((line) => line.split(",")[0]),
    ["1", "3", ""],
  );
  assert.deepEqual(skipped.account.skipped, [
    { reason: "missing-key", rows: 1, examples: [3] },
    { reason: "not-a-number", rows: 3, examples: [4, 7, 8] },
    { reason: "repeated-key", rows: 1, examples: [5] },
  ]);
  assert.deepEqual([skipped.account.rowsRead, skipped.account.rows], [7, 2]);
  const missing = await assigned(faulty, {
    policy: { missingKey: "skip", unreadable: "missing", repeatedKey: "first" },
  });
  assert.deepEqual(
    missing.lines.slice(1).map((line) => line.split(",")[0]),
    ["1", "2", "3", "4", ""],
  );
  assert.deepEqual(
    missing.account.cells.map(({ column, reason, rows }) => [column, reason, rows]),
    [
      ["spend", "not-a-number", 2],
      ["visits", "missing-value", 1],
      ["visits", "not-a-number", 1],
    ],
  );
});

test("a stop leaves neither a file nor a part of one, and the last good file stays", async () => {
  await assigned(csvOf(madeCustomers(20)));
  const before = readFileSync(join(folder, "out.csv"), "utf8");
  const stop = new AbortController();
  stop.abort();
  const input = join(folder, "in.csv");
  await assert.rejects(
    assignFile(definition, { input, output: join(folder, "out.csv") }, { signal: stop.signal }),
  );
  assert.equal(readFileSync(join(folder, "out.csv"), "utf8"), before);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".part")),
    [],
  );
  await assert.rejects(
    assignFile(definition, { input, output: join(folder, "out.xlsx") }),
    /\.csv or \.parquet/,
  );
});

/** A column as a list literal of its own type. */
function listSql(column: CustomerColumn): string {
  const cells = Array.from(column, (value) =>
    value === null ? "NULL" : typeof value === "number" ? `'${value}'::DOUBLE` : quoteText(value, "duckdb"),
  );
  return `unnest([${cells.join(", ")}])`;
}

test("rules over numbers, texts and days assign a file to the bytes of the assignment in memory", async () => {
  const engine = await openDuckDb();
  const [input, output] = [join(folder, "rules.parquet"), join(folder, "rules.csv")];
  try {
    for (let seed = 1; seed <= 12; seed++) {
      const rules = madeRules(seed, ["spend", 'a"b', "select", "🛒", "x y"]);
      const customers = madeRuleCustomers(rules, seed, 150);
      const columns = [["customer_id", customers.keys] as const, ...customers.columns].map(
        ([name, column]) => `${listSql(column)} AS ${quoteIdentifier(name, "duckdb")}`,
      );
      await engine.run(`COPY (SELECT ${columns.join(", ")}) TO '${input}' (FORMAT parquet)`);
      await assignFile(rules, { input, output }, { policy: { unreadable: "missing" } });
      writeAssignments(join(folder, "memory.csv"), rules, assignCustomers(rules, customers));
      assert.equal(
        readFileSync(output, "utf8"),
        readFileSync(join(folder, "memory.csv"), "utf8"),
        `seed ${seed}`,
      );
    }
  } finally {
    engine.close();
  }
});

test("texts that no rule mentions are kept, taken as missing or refused, and counted", async () => {
  const rules = defineRules(smallRules());
  const [input, output] = [join(folder, "texts.csv"), join(folder, "out.csv")];
  writeFileSync(
    input,
    "customer,spend,visits,country,joined\na,900,9,DE,2020-01-01\nb,900,9,US,2020-01-01\nc,1,1,,soon\n",
  );
  const run = (policy: AssignFileOptions["policy"]) =>
    assignFile(rules, { input, output }, { policy: { unreadable: "missing", ...policy } });
  assert.deepEqual(
    (await run({})).cells.map(({ column, reason, rows, becomes }) => [column, reason, rows, becomes]),
    [
      ["joined", "not-a-date", 1, "missing"],
      ["country", "missing-value", 1, "missing"],
      ["country", "unknown-category", 1, "kept"],
    ],
  );
  assert.equal((await run({ unknownCategory: "missing" })).cells[2]!.becomes, "missing");
  await assert.rejects(run({ unknownCategory: "refuse" }), /others in 1 rows, first at line 3/);
  await assert.rejects(run({ unreadable: "refuse" }), /"joined" must hold days such as 2026-01-31/);
});

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { MachineError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { numberColumn, textColumn } from "#src/engine/engine.js";

test("rows hold numbers that are exact, and digits where a double would lie", async () => {
  const engine = await openDuckDb({ threads: 1, memoryLimitMb: 200 });
  const [row] = await engine.rows(
    `SELECT 9007199254740991::BIGINT AS safe, 9007199254740993::BIGINT AS far, 1.50::DECIMAL(9,2) AS price,
       DATE '2026-01-02' AS day, NULL AS nothing, true AS "__proto__"`,
  );
  assert.deepEqual(
    [...row!.values()],
    [9007199254740991, "9007199254740993", "1.50", "2026-01-02", null, true],
  );
  engine.close();
});

test("columns keep their order over many chunks, NULL is NaN or null", async () => {
  const engine = await openDuckDb();
  const columns = await engine.columns(
    "SELECT CASE WHEN i % 2 = 0 THEN i END AS x, CASE WHEN i % 3 = 0 THEN 'v' || i END AS y FROM range(5000) t(i) ORDER BY i",
  );
  const x = numberColumn(columns, "x");
  const y = textColumn(columns, "y");
  assert.equal(x.length, 5000);
  assert.ok(x.every((value, i) => (i % 2 === 0 ? value === i : Number.isNaN(value))));
  assert.ok(y.every((value, i) => value === (i % 3 === 0 ? `v${i}` : null)));
  assert.throws(() => numberColumn(columns, "y"), /no numeric column "y"/);
  assert.throws(() => textColumn(columns, "z"), /no text column "z"/);
  engine.close();
});

test("queries asked for at once run one after the other", async () => {
  const engine = await openDuckDb();
  const [first, second] = await Promise.all([
    engine.columns("SELECT i AS n FROM range(10000) t(i)"),
    engine.columns("SELECT i AS n FROM range(3) t(i)"),
  ]);
  assert.deepEqual([numberColumn(first, "n").length, numberColumn(second, "n").length], [10000, 3]);
  engine.close();
});

test("an error leaves the engine usable", async () => {
  const engine = await openDuckDb();
  await assert.rejects(engine.run("SELEC"), /syntax error/);
  assert.equal((await engine.rows("SELECT 1 AS one"))[0]?.get("one"), 1);
  engine.close();
});

test("nothing is downloaded and limits are kept", async () => {
  const engine = await openDuckDb({ threads: 1, memoryLimitMb: 100 });
  const [settings] = await engine.rows(
    `SELECT current_setting('autoinstall_known_extensions') AS install, current_setting('autoload_known_extensions') AS load,
       current_setting('allow_community_extensions') AS community, current_setting('threads') AS threads,
       current_setting('memory_limit') AS memory`,
  );
  assert.deepEqual([...settings!.values()], [false, false, false, 1, "95.3 MiB"]);
  await assert.rejects(engine.run("SELECT * FROM 'https://example.org/x.csv'"));
  engine.close();
});

test("limits are whole numbers", async () => {
  await assert.rejects(
    openDuckDb({ threads: 0 }),
    /openDuckDb: threads must be a whole number of at least 1, got 0/,
  );
  await assert.rejects(
    openDuckDb({ memoryLimitMb: 0.5 }),
    /openDuckDb: memoryLimitMb must be a whole number/,
  );
});

test("columns of every numeric type hold the nearest doubles, whatever lies in the slots of missing values", async () => {
  const engine = await openDuckDb({ threads: 1, memoryLimitMb: 200 });
  const types = ["DOUBLE", "FLOAT", "INTEGER", "BIGINT", "UBIGINT", "SMALLINT", "HUGEINT", "DECIMAL(12, 2)"];
  const columns = await engine.columns(
    `SELECT ${types.map((type) => `CASE WHEN i % 7 <> 3 THEN CAST(i % 30000 AS ${type}) END AS "${type}"`).join(", ")}
     FROM range(300000) t(i) ORDER BY i`,
  );
  for (const type of types) {
    const values = numberColumn(columns, type);
    assert.equal(values.length, 300_000);
    assert.ok(
      values.every((value, i) => (i % 7 === 3 ? Number.isNaN(value) : value === i % 30_000)),
      type,
    );
  }
  engine.close();
});

test("a whole number beyond 2^53 becomes the nearest double, below zero too", async () => {
  const engine = await openDuckDb({ threads: 1, memoryLimitMb: 200 });
  const digits = [
    "9007199254740993",
    "-9007199254740995",
    "9223372036854775807",
    "-9223372036854775808",
    "-1",
  ];
  const columns = await engine.columns(`SELECT unnest([${digits.join(", ")}]::BIGINT[]) AS x`);
  assert.deepEqual([...numberColumn(columns, "x")], digits.map(Number));
  engine.close();
});

test("a full disk while spilling is one sentence of the machine's, and the spilled files go", async () => {
  const temporaryFolder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const engine = await openDuckDb({ threads: 1, memoryLimitMb: 60, mostTemporaryMb: 5, temporaryFolder });
  await assert.rejects(
    engine.run("CREATE TABLE big AS SELECT md5(i::VARCHAR) AS text FROM range(4000000) t(i) ORDER BY text"),
    (error: unknown) =>
      error instanceof MachineError &&
      /disk must have room for what does not fit in memory/.test(error.message),
  );
  assert.equal((await engine.rows("SELECT 1 AS one"))[0]?.get("one"), 1);
  engine.close();
  assert.deepEqual(readdirSync(temporaryFolder), []);
  rmSync(temporaryFolder, { recursive: true });
});

test("what spills does not change the answer", async () => {
  const sql =
    "SELECT sum(hash(i) % 1000)::BIGINT AS total, count(*) AS n FROM (SELECT i, row_number() OVER (ORDER BY hash(i)) AS k FROM range(3000000) t(i))";
  const large = await openDuckDb({ threads: 2 });
  const small = await openDuckDb({ threads: 2, memoryLimitMb: 60 });
  assert.deepEqual(await small.rows(sql), await large.rows(sql));
  large.close();
  small.close();
});

test("only allowed folders are read and no setting can be changed afterwards", async () => {
  const folder = mkdtempSync(join(process.cwd(), "build", "allowed-"));
  writeFileSync(join(folder, "a.csv"), "x\n1\n");
  const engine = await openDuckDb({ threads: 1, allowed: [folder] });
  assert.equal((await engine.rows(`SELECT * FROM '${join(folder, "a.csv")}'`))[0]?.get("x"), 1);
  await assert.rejects(
    engine.rows("SELECT * FROM read_text('/etc/hostname')"),
    /Permission Error|not allowed|disabled/,
  );
  await assert.rejects(engine.run("SET memory_limit = '1GB'"), /locked/);
  engine.close();
  rmSync(folder, { recursive: true });
});

test("a stop ends a long statement within a second, and later ones are refused", async () => {
  const stop = new AbortController();
  const engine = await openDuckDb({ threads: 1, signal: stop.signal });
  const long = engine.rows(
    "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 0",
  );
  setTimeout(() => stop.abort(), 100);
  const started = performance.now();
  await assert.rejects(long, /engine: the work must not be stopped/);
  assert.ok(performance.now() - started < 5000);
  await assert.rejects(engine.rows("SELECT 1"), /stopped/);
  engine.close();
});

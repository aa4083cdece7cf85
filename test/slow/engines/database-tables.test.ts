import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { ConnectionConfig } from "#src/config/engine-config.js";
import { InputError, MachineError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { openDatabaseTable } from "#src/sources/open-database-table.js";
import { freePorts } from "../../engines/free-port.js";
import { useMariadb } from "../../engines/start-mariadb.js";
import { usePostgresql } from "../../engines/start-postgresql.js";
import { sourceOf } from "../../features/sample-config.js";

const postgresql = usePostgresql();
const mariadb = await useMariadb();
const skip = postgresql.skip || mariadb.skip;
const password = "s3cret'\"$%word";
process.env.SEGBOOK_TEST_PASSWORD = password;
process.env.SEGBOOK_TEST_WRONG = "wr0ng-word";

const source = sourceOf("transactions", { columns: new Map([["customer", "id"]]) });

type Rows = readonly (readonly unknown[])[];

async function read(config: ConnectionConfig, table: string): Promise<{ rows: Rows; sha256: string }> {
  const engine = await openDuckDb();
  try {
    const raw = await openDatabaseTable(engine, source, { connection: { name: "shop", config }, table });
    const rows = await engine.rows(`SELECT * FROM ${raw.relation}`);
    await raw.release();
    assert.equal(rows.length, raw.rowCount);
    return { rows: rows.map((row) => [...row.values()]), sha256: raw.sha256 };
  } finally {
    engine.close();
  }
}

/** Fails with one sentence that says this, and never the password. */
async function refuses(
  config: ConnectionConfig,
  table: string,
  said: RegExp,
  kind = InputError,
): Promise<void> {
  await assert.rejects(read(config, table), (error: Error) => {
    assert.ok(error instanceof kind, `${error.name}: ${error.stack}`);
    assert.match(error.message, said);
    for (const secret of [password, "wr0ng-word"])
      assert.ok(!JSON.stringify([error.message, error.stack, error.cause]).includes(secret));
    return true;
  });
}

const atPostgresql = (): ConnectionConfig => {
  const { host, port } = postgresql.connection();
  return {
    kind: "postgresql",
    host,
    port,
    database: "postgres",
    user: "reader",
    passwordFrom: "SEGBOOK_TEST_PASSWORD",
  };
};

const atMariadb = (): ConnectionConfig => ({
  kind: "mysql",
  port: mariadb.server().port,
  database: "shop",
  user: "reader",
  passwordFrom: "SEGBOOK_TEST_PASSWORD",
});

/** The server of the tests trusts everybody; from here on it asks the reader for a password. */
async function askForPasswords(): Promise<void> {
  const client = new Client(postgresql.connection());
  await client.connect();
  const { rows } = await client.query<{ hba_file: string }>("SHOW hba_file");
  writeFileSync(rows[0]!.hba_file, "local all postgres trust\nlocal all all scram-sha-256\n");
  await client.query("SELECT pg_reload_conf()");
  await client.end();
}

async function asOwner(sql: string): Promise<void> {
  const client = new Client(postgresql.connection());
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function asRoot(sql: string): Promise<void> {
  const client = await mariadb.server().connect();
  await client.query(sql);
  await client.end();
}

const strange = `(1, '00123', 12.30, '2026-03-31', 9223372036854775807, 'a "b", ''c''
😀 \t;'), (2, '', NULL, NULL, -1, NULL), (3, 'Ärger', 0.10, '2024-02-29', 0, '\\\\N')`;

before(async () => {
  if (skip !== false) return;
  const literal = `'${password.replaceAll("'", "''")}'`;
  await asOwner(`
    CREATE ROLE reader LOGIN PASSWORD ${literal};
    CREATE TABLE "odd ""table"" ; DROP TABLE orders" (id int, "code); DROP TABLE orders; --" text, money numeric(10,2), day date, big bigint, note text);
    INSERT INTO "odd ""table"" ; DROP TABLE orders" VALUES ${strange.replace("\\\\N", "\\N")};
    CREATE TABLE orders (id int, moment timestamp, instant timestamptz, yes boolean, ratio float8);
    INSERT INTO orders VALUES (1, '2026-03-31 23:59:59.5', '2026-03-31 23:30:00-02', true, 0.1), (2, 'infinity', NULL, false, 'NaN');
    CREATE TABLE secret (id int);
    CREATE TABLE log (id int);
    GRANT SELECT, INSERT ON log TO reader;
    CREATE FUNCTION sneak() RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER AS 'INSERT INTO log VALUES (1) RETURNING id';
    CREATE VIEW sneaky AS SELECT sneak() AS id;
    CREATE VIEW slow AS SELECT 1 AS id, pg_sleep(30)::text AS nothing;
    CREATE VIEW trickle AS SELECT g AS id, repeat('x', 9000) AS note, pg_sleep(0.002)::text FROM generate_series(1, 30000) AS g;
    CREATE TABLE growing AS SELECT g AS id, repeat('x', 200) AS note FROM generate_series(1, 300000) AS g;
    GRANT SELECT ON "odd ""table"" ; DROP TABLE orders", orders, log, sneaky, slow, trickle, growing TO reader;`);
  await askForPasswords();
  await asRoot(`
    CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop;
    CREATE USER reader@'%' IDENTIFIED BY ${literal}; GRANT SELECT ON shop.* TO reader@'%';
    CREATE TABLE \`odd "table" ; DROP TABLE orders\` (id int, \`code); DROP TABLE orders; --\` text, money decimal(10,2), day date, big bigint, note text);
    INSERT INTO \`odd "table" ; DROP TABLE orders\` VALUES ${strange};
    SET sql_mode = '';
    CREATE TABLE orders (id int, moment datetime(1), instant timestamp NULL, zero date);
    SET time_zone = '-02:00';
    INSERT INTO orders VALUES (1, '2026-03-31 23:59:59.5', '2026-03-31 23:30:00', '0000-00-00');
    CREATE TABLE growing AS SELECT seq AS id, repeat('x', 200) AS note FROM seq_1_to_300000;
    CREATE TABLE bits (id binary(4), yes bit(1), note text, image blob);
    INSERT INTO bits VALUES (x'00ff0a00', b'0', concat('a', char(0), 'b'), NULL), (x'00ff0a01', b'1', 'c', x'00');
    CREATE VIEW trickle AS SELECT seq AS id, repeat('x', 9000) AS note, sleep(0.002) AS nothing FROM seq_1_to_30000;
    CREATE DATABASE hidden; CREATE TABLE hidden.secret (id int);`);
});

after(() => {
  delete process.env.SEGBOOK_TEST_PASSWORD;
  delete process.env.SEGBOOK_TEST_WRONG;
});

const expected: Rows = [
  ["1", "00123", "12.30", "2026-03-31", "9223372036854775807", `a "b", 'c'\n😀 \t;`],
  ["2", null, null, null, "-1", null],
  ["3", "Ärger", "0.10", "2024-02-29", "0", "\\N"],
];
const blankIsNull = (rows: Rows): Rows => rows.map((row) => row.map((cell) => (cell === "" ? null : cell)));

test("PostgreSQL and MariaDB give the same exact text for strange names and values", { skip }, async () => {
  const theirs = await read(atPostgresql(), `odd "table" ; DROP TABLE orders`);
  const others = await read(atMariadb(), `odd "table" ; DROP TABLE orders`);
  assert.deepEqual(blankIsNull(theirs.rows), expected);
  assert.deepEqual(blankIsNull(others.rows), expected);
  assert.equal((await read(atPostgresql(), `public.odd "table" ; DROP TABLE orders`)).sha256, theirs.sha256);
});

test("MariaDB's bits are numbers, its bytes hexadecimal digits, and NUL in a text stays to be counted", {
  skip,
}, async () => {
  assert.deepEqual((await read(atMariadb(), "bits")).rows, [
    ["00ff0a00", "0", "a\0b", null],
    ["00ff0a01", "1", "c", "00"],
  ]);
});

test("times come in UTC and in the declared pattern; what is no day stays to be counted", {
  skip,
}, async () => {
  assert.deepEqual((await read(atPostgresql(), "orders")).rows, [
    ["1", "2026-03-31", "2026-04-01", "true", "0.1"],
    ["2", "infinity", null, "false", null],
  ]);
  assert.deepEqual((await read(atMariadb(), "shop.orders")).rows, [
    ["1", "2026-03-31", "2026-04-01", "0000-00-00"],
  ]);
});

test("a wrong password, database, table or right is one sentence that shows no password", {
  skip,
}, async () => {
  await refuses(
    { ...atMariadb(), passwordFrom: "SEGBOOK_TEST_WRONG" },
    "orders",
    /got a refusal \(ER_ACCESS_DENIED_ERROR\)$/,
  );
  for (const config of [atPostgresql(), atMariadb()]) {
    await refuses(
      { ...config, passwordFrom: "SEGBOOK_NOT_SET" },
      "orders",
      /SEGBOOK_NOT_SET, which is not set$/,
    );
    await refuses(
      { ...config, database: "no_such" },
      "orders",
      /connections\.shop\.database must be one that/,
    );
    await refuses(config, "ordres", /got "ordres"\. Did you mean "orders"\?$/);
  }
  await refuses(
    atPostgresql(),
    "secret",
    /secret must be a table that the user may read, got a refusal \(42501\)$/,
  );
  await refuses(atMariadb(), "hidden.secret", /got "hidden.secret"/);
});

test("a view that writes when it is read is refused, and nothing is written", { skip }, async () => {
  await refuses(atPostgresql(), "sneaky", /must be a table or view that only reads, .* \(25006\)$/);
  assert.deepEqual((await read(atPostgresql(), "log")).rows, []);
});

test("a table that takes too long is stopped by the server", { skip }, async () => {
  await refuses(
    { ...atPostgresql(), timeoutSeconds: 1 },
    "slow",
    /within the time of connections\.shop\.timeoutSeconds/,
    MachineError,
  );
});

test("a host that refuses or never answers is said in bounded time", { skip }, async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as { port: number };
  const [nobody] = await freePorts(1);
  const start = performance.now();
  for (const config of [atPostgresql(), atMariadb()]) {
    const { host: _, ...near } = config;
    await refuses({ ...near, port: nobody! }, "orders", /server that answers, got ECONNREFUSED$/);
    await refuses({ ...near, port }, "orders", /server that answers, got ETIMEDOUT$/);
  }
  assert.ok(performance.now() - start < 40_000);
  silent.close();
});

test("a connection without encryption where it was asked for is refused", { skip }, async () => {
  await refuses({ ...atMariadb(), tls: "verify" }, "orders", /certificate we trust, got/);
});

test("rows that are added while a table is read do not show", { skip }, async () => {
  for (const [config, add] of [
    [atPostgresql(), () => asOwner("INSERT INTO growing SELECT 0, 'late' FROM generate_series(1, 1000)")],
    [atMariadb(), () => asRoot("USE shop; INSERT INTO growing SELECT 0, 'late' FROM seq_1_to_1000")],
  ] as const) {
    const reading = read(config, "growing");
    const adding = add();
    const { rows } = await reading;
    await adding;
    const late = rows.filter(([id]) => id === "0").length;
    assert.ok(late === 0 || late === 1000, `${late} of 1000`);
  }
});

test("a reading that is cancelled ends at once, and its statement with it", { skip }, async () => {
  const engine = await openDuckDb();
  for (const config of [atPostgresql(), atMariadb()]) {
    const stop = new AbortController();
    const connection = { name: "shop", config };
    const asked = { connection, table: "trickle", signal: stop.signal };
    const reading = openDatabaseTable(engine, source, asked);
    const began = performance.now();
    setTimeout(() => stop.abort(), 1500);
    await assert.rejects(reading, { name: "AbortError" });
    assert.ok(performance.now() - began < 5000);
    await assert.rejects(openDatabaseTable(engine, source, asked), { name: "AbortError" });
  }
  engine.close();
  const client = new Client(postgresql.connection());
  await client.connect();
  const busy =
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'";
  let left = 1;
  for (let turn = 0; turn < 50 && left > 0; turn++) {
    left = (await client.query<{ n: number }>(busy)).rows[0]!.n;
    await pause(100);
  }
  await client.end();
  assert.equal(left, 0);
});

test("a server that goes away in the middle is one sentence", { skip }, async () => {
  const reading = read(atPostgresql(), "trickle");
  setTimeout(
    () => void asOwner("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'"),
    2000,
  );
  await assert.rejects(reading, {
    name: "MachineError",
    message: /must be read to its end, got .* in the middle/,
  });
  const killed = read(atMariadb(), "trickle");
  setTimeout(() => process.kill(mariadb.server().pid, "SIGKILL"), 2000);
  await assert.rejects(killed, {
    name: "MachineError",
    message: /must be read to its end, got .* in the middle/,
  });
});

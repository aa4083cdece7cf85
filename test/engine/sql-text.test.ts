import assert from "node:assert/strict";
import { after, test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { createRandom } from "#src/core/random.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { numberColumn } from "#src/engine/engine.js";
import { doubleType, integerLiteral, integerType, numberLiteral } from "#src/engine/sql-numbers.js";
import { binaryText, quoteIdentifier, quoteText, textOfBinary } from "#src/engine/sql-text.js";

const engine = await openDuckDb({ threads: 1 });
after(() => engine.close());

test("names that look like SQL stay names", async () => {
  const names = [
    'a"b',
    "__proto__",
    "values",
    "select",
    "x'; DROP TABLE t; --",
    "<script>",
    "Größe 😀",
    "-q03",
  ];
  const columns = await engine.columns(
    `SELECT ${names.map((name, i) => `${i} AS ${quoteIdentifier(name, "duckdb")}`).join(", ")}`,
  );
  assert.deepEqual(
    columns.map((column) => column.name),
    names,
  );
  assert.equal(quoteIdentifier('a"b', "postgresql"), '"a""b"');
});

test("text comes back as it went in", async () => {
  const texts = ["it's", "\\", "\\'", "a\tb\nc", "%_", "😀", "", "'; DROP TABLE t; --", "$$"];
  const columns = await engine.columns(
    `SELECT ${texts.map((text, i) => `${quoteText(text, "duckdb")} AS c${i}`).join(", ")}`,
  );
  assert.deepEqual(
    columns.map((column) => column.values[0]),
    texts,
  );
});

test("a backslash is written so that PostgreSQL reads it alike under either setting", () => {
  assert.equal(quoteText("a\\'b", "postgresql"), "E'a\\\\''b'");
  assert.equal(quoteText("it's", "postgresql"), "'it''s'");
});

test("a quote and a backslash read alike whatever the SQL mode of MySQL, MariaDB and Spark", () => {
  assert.equal(quoteText("it's", "mysql"), "'it''s'");
  assert.equal(quoteText("a\\'b", "mysql"), "_utf8mb4 X'615c2762'");
  assert.equal(quoteText("it's", "spark"), "CAST(X'69742773' AS STRING)");
  assert.equal(quoteText("é", "spark"), "'é'");
  assert.equal(quoteText("a\\'b", "trino"), "'a\\''b'");
  assert.equal(quoteIdentifier("a`b", "mysql"), "`a``b`");
  assert.equal(quoteIdentifier('a"b', "spark"), '`a"b`');
  assert.equal(quoteIdentifier('a"b', "trino"), '"a""b"');
});

test("every double comes back bit for bit", async () => {
  const random = createRandom(3);
  const bits = new DataView(new ArrayBuffer(8));
  const drawn = Array.from({ length: 2000 }, () => {
    bits.setUint32(0, random.below(2 ** 32));
    bits.setUint32(4, random.below(2 ** 32));
    return bits.getFloat64(0);
  }).filter(Number.isFinite);
  const numbers = [0, 1, -1, 3.5, 0.1, 1 / 3, 1e300, 5e-324, Number.MAX_VALUE, 2 ** 53 + 2, -7.25, ...drawn];
  const rows = numbers.map((value) => `(${numberLiteral(value, "duckdb")})`).join(", ");
  const columns = await engine.columns(`SELECT x FROM (VALUES ${rows}) AS v(x)`);
  assert.deepEqual(Array.from(numberColumn(columns, "x")), numbers);
});

test("numbers carry their type and never start a comment", () => {
  assert.equal(numberLiteral(3.5, "duckdb"), "3.5e0");
  assert.equal(numberLiteral(-2, "duckdb"), "(-2e0)");
  assert.equal(numberLiteral(-0.025, "postgresql"), "CAST(-2.5e-2 AS DOUBLE PRECISION)");
  assert.equal(integerLiteral(-4), "(-4)");
  const dialects = ["duckdb", "postgresql", "mysql", "sqlite", "trino", "spark"] as const;
  assert.deepEqual(
    dialects.map((dialect) => `${doubleType(dialect)}, ${integerType(dialect)}`),
    [
      ...["DOUBLE, BIGINT", "DOUBLE PRECISION, BIGINT", "DOUBLE, SIGNED"],
      ...["REAL, INTEGER", "DOUBLE, BIGINT", "DOUBLE, BIGINT"],
    ],
  );
});

test("text is compared by its bytes whatever the collation of its column", () => {
  assert.equal(binaryText("x", "postgresql"), 'x COLLATE "C"');
  assert.equal(textOfBinary(binaryText("x", "mysql"), "mysql"), "CONVERT(CAST(x AS BINARY) USING utf8mb4)");
  assert.equal(textOfBinary(binaryText("x", "trino"), "trino"), "x");
});

test("what no engine reads is refused", () => {
  const refused: [() => string, RegExp][] = [
    [() => quoteIdentifier("", "duckdb"), /name must be text without control characters, got ""/],
    [() => quoteIdentifier("a\u0000b", "duckdb"), /without control characters/],
    [() => quoteIdentifier("a\nb", "duckdb"), /without control characters/],
    [() => quoteIdentifier("\ud800", "duckdb"), /without control characters/],
    [() => quoteIdentifier("é".repeat(32), "postgresql"), /at most 63 bytes in PostgreSQL, got 64/],
    [() => quoteIdentifier("é".repeat(65), "mysql"), /at most 64 characters in MySQL/],
    [() => quoteIdentifier("a ", "mysql"), /no space at its end in MySQL, got "a "/],
    [() => quoteIdentifier("😀", "mysql"), /no character beyond U\+FFFF/],
    [() => quoteText("a\u0000", "duckdb"), /quoteText: text must not hold control characters/],
    [() => quoteText("\udc00", "postgresql"), /quoteText: text must not hold/],
    [() => numberLiteral(Number.NaN, "duckdb"), /numberLiteral: value must be a finite number, got NaN/],
    [() => numberLiteral(Infinity, "postgresql"), /finite number, got Infinity/],
    [() => integerLiteral(2 ** 53), /integerLiteral: value must be a whole number/],
  ];
  for (const [call, message] of refused)
    assert.throws(call, (error) => error instanceof InputError && message.test(error.message));
});

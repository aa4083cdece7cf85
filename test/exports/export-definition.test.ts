import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { type ExportOptions, exportDefinition } from "#src/exports/export-definition.js";
import { assignCustomers } from "#src/segments/assign.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { definitionText } from "#src/segments/write-definition.js";
import { madeDefinition, smallParts } from "../made-definitions.js";

const small = defineSegments(smallParts());

test("the SELECT gives every column of an assignment, to the last bit", async () => {
  const engine = await openDuckDb();
  await engine.run(`CREATE TABLE customer_features AS SELECT * FROM (VALUES
    ('007', 8.25::DECIMAL(9, 2), NULL), ('b', 12, 12), ('c', NULL, 1), ('d', 10, 3)) AS t(customer, spend, visits)`);
  const sql = exportDefinition(small, { to: "sql", dialect: "duckdb" });
  const rows = await engine.rows(`SELECT * FROM (${sql}) ORDER BY customer_id`);
  engine.close();
  const assignment = assignCustomers(small, {
    keys: ["007", "b", "c", "d"],
    columns: new Map([
      ["spend", [8.25, 12, Number.NaN, 10]],
      ["visits", [Number.NaN, 12, 1, 3]],
    ]),
  });
  const expected = assignment.keys.map((key, i) => {
    const segment = small.segments[assignment.labels[i]!];
    return new Map<string, unknown>([
      ["customer_id", key],
      ["segment", segment?.key ?? "unassigned"],
      ["segment_name", segment?.name ?? "Unassigned"],
      ["distance", segment ? assignment.distances[i] : null],
      ["runner_up", small.segments[assignment.runnersUp[i]!]?.key ?? null],
      ["margin", segment ? assignment.margins[i] : null],
    ]);
  });
  assert.deepEqual(rows, expected);
});

test("SQL is one statement whose only comment holds the fingerprint, the verdicts, the age and no text of a user", () => {
  for (const dialect of ["duckdb", "postgresql"] as const) {
    const sql = exportDefinition(madeDefinition(3), { to: "sql", dialect });
    const [first, engine, verdicts, age, layers, ...rest] = sql.split("\n");
    assert.match(first!, /^-- segbook segment definition, fingerprint [0-9a-f]{64}$/);
    assert.match(engine!, /^-- For (DuckDB|PostgreSQL)\.$/);
    assert.match(verdicts!, /^-- Verdicts: (s\d+ [a-z ]+(, )?)+\.$/);
    assert.match(age!, /^-- The segments are defined without a date: /);
    assert.match(layers!, /^-- Layers: /);
    const withoutQuoted = rest
      .join("\n")
      .replaceAll(/E'(?:[^'\\]|''|\\\\)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "");
    assert.doesNotMatch(withoutQuoted, /--|\/\*|;/);
  }
});

test("PostgreSQL gets a fence around every layer, DuckDB needs none", () => {
  const fences = (dialect: "duckdb" | "postgresql") =>
    exportDefinition(small, { to: "sql", dialect }).match(/OFFSET 0/g)?.length ?? 0;
  assert.equal(fences("postgresql"), 7);
  assert.equal(fences("duckdb"), 0);
});

test("a table may name its schema, and every part is quoted", () => {
  const sql = exportDefinition(small, { to: "sql", dialect: "postgresql", table: 'shop.cust"omers' });
  assert.match(sql, /FROM "shop"\."cust""omers" AS source/);
});

test("json is the definition file itself", () => {
  assert.equal(exportDefinition(small, { to: "json" }), definitionText(small));
});

test("what is unknown, not built yet or cannot be written is refused with a sentence", () => {
  const message = (options: object, definition = small): string => {
    try {
      exportDefinition(definition, options as ExportOptions);
    } catch (error) {
      assert.ok(error instanceof InputError, String(error));
      return error.message;
    }
    assert.fail("must be refused");
  };
  const dialects =
    "duckdb, postgresql, mysql, sqlite, trino, spark, snowflake, bigquery, redshift, databricks, clickhouse, sqlserver";
  const twins = madeDefinition(1, ["age", "Age", "AGE", "aGe", "agE"]);
  assert.deepEqual(
    [message({ to: "sql", dialect: "postgres" }), message({ to: "sql" })],
    [
      `exportDefinition: dialect must be one of ${dialects}, got "postgres". Did you mean "postgresql"?`,
      `exportDefinition: dialect must be one of ${dialects}, got undefined`,
    ],
  );
  assert.match(
    message({ to: "yaml" }),
    /to must be one of json, sql, typescript, pmml, onnx, dbt, got "yaml"/,
  );
  assert.match(
    message({ to: "sql", dialect: "duckdb" }, twins),
    /differ by more than case in DuckDB, got two like "age"/i,
  );
  assert.match(message({ to: "sql", dialect: "duckdb", table: "a..b" }), /name must be text/);
});

test("SQL opens with the verdict in words, and says where the data support another count", () => {
  const verdict = {
    word: "no-reliable-segments",
    reason: "one */ continuum\n; DROP",
    recommendedCount: 1,
  } as const;
  const definition = defineSegments(smallParts({ verdict, reasons: ["a", "b", "c"] }));
  const [, , whole, own] = exportDefinition(definition, { to: "sql", dialect: "duckdb" }).split("\n");
  assert.equal(
    whole,
    "-- Verdict on all together: no reliable segments. The data support no division; these 3 are the steadiest cut or the analyst's choice.",
  );
  assert.equal(own, "-- Verdicts: s1 natural, s2 reproducible, s3 constructive.");
  const text = exportDefinition(definition, { to: "json" });
  assert.deepEqual(JSON.parse(text).verdict, verdict);
  assert.equal(JSON.parse(text).segments[2].reason, "c");
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import type { ScoringDialect } from "#src/engine/dialect.js";
import { exportDefinition } from "#src/exports/export-definition.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { smallParts } from "../../made-definitions.js";
import { wideDefinition, wideRules } from "../../wide-definitions.js";
import { withoutTool } from "./model-tools.js";

/** A Python that has sqlglot: a grammar per dialect, other people's work. */
const python = process.env.SEGBOOK_SQLGLOT ?? "";

const dialects: readonly ScoringDialect[] = [
  ...(["duckdb", "postgresql", "mysql", "sqlite", "trino", "spark"] as const),
  ...(["snowflake", "bigquery", "redshift", "databricks", "clickhouse", "sqlserver"] as const),
];

/** The one reason for which a text may be refused: names that no table of the engine could have. */
const unholdable = /: (name must have (no|none of|at most) |column names must differ by more than case in )/;

interface Text {
  readonly dialect: ScoringDialect;
  readonly sql: string;
  readonly title: string;
}

const skip = withoutTool("SEGBOOK_SQLGLOT", "a Python that has sqlglot 30.30.0");

test("every SQL text is one SELECT by the grammar of its dialect, whatever the names", { skip }, () => {
  const texts: Text[] = [];
  const refused = new Map<ScoringDialect, number>();
  for (let seed = 0; seed <= 16; seed++)
    for (const [kind, make] of [
      ["k-means", wideDefinition],
      ["rules", wideRules],
    ] as const) {
      const definition = seed === 0 ? defineSegments(smallParts()) : make(seed);
      for (const dialect of dialects)
        try {
          const sql = exportDefinition(definition, { to: "sql", dialect, table: "shop.customer features" });
          texts.push({ dialect, sql, title: `${dialect}, ${kind} ${seed}` });
        } catch (error) {
          assert.ok(error instanceof InputError && unholdable.test(error.message), String(error));
          refused.set(dialect, (refused.get(dialect) ?? 0) + 1);
        }
    }
  const output = execFileSync(python, [resolve("test/slow/exports/parse_sql.py")], {
    input: texts.map((text) => JSON.stringify(text)).join("\n"),
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  const answers = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { statements: string[] });
  assert.equal(answers.length, texts.length);
  const wrong = texts.flatMap(({ title }, i) =>
    answers[i]!.statements.join() === "Select" ? [] : [`${title}: ${answers[i]!.statements.join("; ")}`],
  );
  assert.deepEqual(wrong.slice(0, 10), []);
  // BigQuery and MySQL know fewer names than anybody else: no emoji, few signs.
  const most: Partial<Record<ScoringDialect, number>> = { bigquery: 32, mysql: 24 };
  for (const [dialect, count] of refused) assert.ok(count <= (most[dialect] ?? 19), `${dialect}: ${count}`);
});

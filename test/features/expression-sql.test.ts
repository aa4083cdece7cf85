import assert from "node:assert/strict";
import { test } from "node:test";
import { column, date, daysBetween, type Expression, integer, not, ratio } from "#src/features/expression.js";
import { toSql } from "#src/features/expression-sql.js";

const bothDialects = (expression: Expression) =>
  (["duckdb", "postgresql"] as const).map((dialect) => toSql(expression, { dialect }));

test("a ratio divides two doubles once and never by zero", () => {
  assert.deepEqual(bothDialects(ratio(column("a"), integer(100))), [
    '(CAST("a" AS DOUBLE) / NULLIF(CAST(100 AS DOUBLE), 0e0))',
    '(CAST("a" AS DOUBLE PRECISION) / NULLIF(CAST(100 AS DOUBLE PRECISION), CAST(0e0 AS DOUBLE PRECISION)))',
  ]);
});

test("days are the difference of two dates, never of times", () => {
  const [sql] = bothDialects(daysBetween(column("joined"), date("2026-03-31")));
  assert.equal(sql, `(DATE '2026-03-31' - "joined")`);
});

test("hostile names and values cannot leave their quotes", () => {
  const among: Expression = { kind: "oneOf", operand: column('a"b'), values: ["it's", "<script>"] };
  assert.equal(bothDialects(among)[0], `("a""b" IN ('it''s', '<script>'))`);
});

test("conditions, cases and defaults keep their brackets", () => {
  const isKnown = not({ kind: "isMissing", operand: column("x") });
  const isBig: Expression = {
    kind: "compare",
    operator: ">=",
    left: column("x"),
    right: { kind: "double", value: 1.5 },
  };
  const chosen: Expression = {
    kind: "case",
    branches: [{ when: { kind: "and", operands: [isKnown, isBig] }, value: { kind: "text", value: "big" } }],
    otherwise: { kind: "coalesce", operands: [column("y"), { kind: "text", value: "small" }] },
  };
  assert.equal(
    bothDialects(chosen)[0],
    `CASE WHEN ((NOT ("x" IS NULL)) AND ("x" >= 1.5e0)) THEN 'big' ELSE COALESCE("y", 'small') END`,
  );
  assert.equal(bothDialects({ kind: "cast", operand: column("x"), to: "integer" })[0], 'CAST("x" AS BIGINT)');
});

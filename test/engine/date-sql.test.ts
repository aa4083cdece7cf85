import assert from "node:assert/strict";
import { after, test } from "node:test";
import sqlite from "node-sqlite3-wasm";
import { dateLiteral, daysBetweenSql, monthSql, weekdaySql } from "#src/engine/date-sql.js";
import type { Dialect } from "#src/engine/dialect.js";
import { openDuckDb } from "#src/engine/duckdb.js";

const engine = await openDuckDb({ threads: 1 });
const database = new sqlite.Database();
after(() => {
  engine.close();
  database.close();
});

/** From, to, days, ISO weekday and month of `to`; by the calendar. */
const days = [
  ["2026-03-31", "2026-03-31", 0, 2, 3],
  ["2024-02-28", "2024-03-01", 2, 5, 3],
  ["2026-03-31", "2024-03-31", -730, 7, 3],
  ["1899-12-31", "1900-01-01", 1, 1, 1],
  ["2023-12-31", "2024-12-31", 366, 2, 12],
] as const;

function queryOf([from, to]: (typeof days)[number], dialect: Dialect): string {
  const [first, last] = [dateLiteral(from, dialect), dateLiteral(to, dialect)];
  return `SELECT ${daysBetweenSql(first, last, dialect)} AS d, ${weekdaySql(last, dialect)} AS w, ${monthSql(last, dialect)} AS m`;
}

test("days, weekdays and months in SQL are the calendar's", async () => {
  for (const line of days) {
    const [row] = await engine.rows(queryOf(line, "duckdb"));
    assert.deepEqual([...row!.values()], line.slice(2));
    assert.deepEqual(Object.values(database.get(queryOf(line, "sqlite"))!), line.slice(2));
  }
});

test("each engine is asked in its own words", () => {
  const texts = (["postgresql", "mysql", "trino", "spark"] as const).map((dialect) =>
    queryOf(days[0], dialect),
  );
  const day = "DATE '2026-03-31'";
  assert.deepEqual(texts, [
    `SELECT (${day} - ${day}) AS d, CAST(EXTRACT(ISODOW FROM ${day}) AS BIGINT) AS w, CAST(EXTRACT(MONTH FROM ${day}) AS BIGINT) AS m`,
    `SELECT DATEDIFF(${day}, ${day}) AS d, (WEEKDAY(${day}) + 1) AS w, CAST(EXTRACT(MONTH FROM ${day}) AS SIGNED) AS m`,
    `SELECT DATE_DIFF('day', ${day}, ${day}) AS d, DAY_OF_WEEK(${day}) AS w, CAST(EXTRACT(MONTH FROM ${day}) AS BIGINT) AS m`,
    `SELECT DATEDIFF(${day}, ${day}) AS d, (WEEKDAY(${day}) + 1) AS w, CAST(EXTRACT(MONTH FROM ${day}) AS BIGINT) AS m`,
  ]);
});

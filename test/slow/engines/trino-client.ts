import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openTrino } from "#src/engine/trino.js";
import type { TestTrino } from "../../engines/start-trino.js";

const long = `SELECT count(*) FROM UNNEST(sequence(1, 9000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 9000)) AS b (y)
  CROSS JOIN UNNEST(sequence(1, 9000)) AS c (z) WHERE sqrt(x) * y > z + 1e0`;

/** Asks a real Trino for values, rows, errors and an end. */
export function testTrinoClient({ skip, server }: TestTrino): void {
  test("values of every type come back exact from a real Trino", { skip }, async () => {
    const engine = openTrino({ url: server().url });
    const [row] =
      await engine.rows(`SELECT BIGINT '-9223372036854775808' AS lowest, 9007199254740993 AS odd, 7 AS seven,
    CAST('99999999999999999999999999999999999999' AS DECIMAL(38,0)) AS wide, DECIMAL '12.30' AS money, nan() AS none,
    -infinity() AS least, 5e-324 AS tiny, REAL '0.1' AS small, TIMESTAMP '2026-03-31 23:59:59.123456' AS moment,
    DATE '1900-02-28' AS day, 'ß "quoted" \\ ''' AS text, CAST(NULL AS BIGINT) AS nothing, true AS yes`);
    engine.close();
    assert.deepEqual(Object.fromEntries(row!), {
      lowest: "-9223372036854775808",
      odd: "9007199254740993",
      seven: 7,
      wide: "99999999999999999999999999999999999999",
      money: "12.30",
      none: Number.NaN,
      least: -Infinity,
      tiny: 5e-324,
      small: Math.fround(0.1),
      moment: "2026-03-31 23:59:59.123456",
      day: "1900-02-28",
      text: 'ß "quoted" \\ \'',
      nothing: null,
      yes: true,
    });
  });

  test("200,000 rows of four columns arrive whole and in columns", { skip }, async () => {
    const engine = openTrino({ url: server().url });
    const columns = await engine.columns(`
    SELECT a * 1000 + b AS id, CAST(a AS DOUBLE) / 3 AS third, CAST(b AS VARCHAR) AS word, DECIMAL '0.10' * b AS money
    FROM UNNEST(sequence(0, 199)) AS x (a) CROSS JOIN UNNEST(sequence(0, 999)) AS y (b)`);
    engine.close();
    const [ids, thirds, words, money] = columns;
    assert.deepEqual(
      columns.map(({ kind }) => kind),
      ["number", "number", "text", "number"],
    );
    assert.equal(new Set(ids!.values as Float64Array).size, 200_000);
    for (let i = 0; i < 200_000; i += 997) {
      const id = ids!.values[i] as number;
      assert.equal(thirds!.values[i], Math.floor(id / 1000) / 3);
      assert.equal(words!.values[i], String(id % 1000));
      assert.equal(money!.values[i], (id % 1000) / 10);
    }
  });

  test("a mistake in a statement is named with its place", { skip }, async () => {
    const engine = openTrino({ url: server().url, catalog: "memory", schema: "default" });
    await assert.rejects(engine.run("SELECT *\nFROM no_such_table"), {
      name: "InputError",
      message: /got TABLE_NOT_FOUND \(.*no_such_table.*\) at line 2, column 6, query \d{8}_/,
    });
    await assert.rejects(
      engine.run("SELECT CAST(x AS BIGINT) FROM (VALUES 'eve@example.org') AS t (x)"),
      (error: Error) => {
        assert.match(error.message, /INVALID_CAST_ARGUMENT/);
        assert.doesNotMatch(error.message, /eve/);
        return true;
      },
    );
    assert.equal((await engine.rows("SELECT 1 AS one;"))[0]!.get("one"), 1);
    engine.close();
  });

  test("an abort ends the statement on the cluster as well", { skip }, async () => {
    for (const milliseconds of [1, 3000]) {
      const stop = new AbortController();
      const engine = openTrino({ url: server().url, signal: stop.signal });
      const running = engine.run(`${long} AND ${milliseconds} > 0`);
      setTimeout(() => stop.abort(new Error("stopped")), milliseconds);
      await assert.rejects(running, /stopped/);
      engine.close();
    }
    await pause(1000);
    const watcher = openTrino({ url: server().url });
    const states =
      await watcher.rows(`SELECT state, error_code FROM system.runtime.queries WHERE query LIKE '%sqrt(x) * y%'
    AND query NOT LIKE '%runtime.queries%'`);
    watcher.close();
    // Of a statement that is cancelled before its first page is asked for Trino knows nothing.
    assert.ok(states.length > 0);
    for (const state of states) assert.deepEqual([...state.values()], ["FAILED", "USER_CANCELED"]);
  });
}

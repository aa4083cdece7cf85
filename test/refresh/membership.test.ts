import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { Engine } from "#src/engine/engine.js";
import { writeMembership } from "#src/refresh/membership.js";

let engine: Engine;
const folder = mkdtempSync(join(tmpdir(), "segbook-membership-"));
const place = (name: string): string => join(folder, name);

before(async () => {
  engine = await openDuckDb({ threads: 2 });
});
after(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

/** Customer → segment now, and what the definition before would say. */
type Placed = readonly (readonly [customer: string, segment: string, former?: string])[];

async function writeAssigned(path: string, placed: Placed): Promise<void> {
  const rows = placed.map(
    ([customer, segment, former]) =>
      `('${customer}', '${segment}', '${segment.toUpperCase()}', ${former === undefined ? "NULL" : `'${former}'`})`,
  );
  await engine.run(
    `COPY (SELECT * FROM (VALUES ${rows.join(", ")}) AS t(customer_id, segment, segment_name, former)) TO '${path}' (FORMAT parquet)`,
  );
}

async function stays(path: string): Promise<string[]> {
  const rows =
    await engine.rows(`SELECT concat_ws(' ', customer_id, valid_from, coalesce(CAST(valid_to AS VARCHAR), '…'),
    segment, 'v' || definition_version, reason, coalesce(end_reason, '')) AS line FROM '${path}'`);
  return rows.map((row) => String(row.get("line")).trim());
}

/** Assignments and membership of one date after the other. */
async function carry(
  name: string,
  dates: readonly (readonly [asOf: string, version: number, placed: Placed])[],
) {
  let previous: string | null = null;
  const counts = [];
  for (const [asOf, version, placed] of dates) {
    const assignments = place(`${name}-${asOf}-assigned.parquet`);
    await writeAssigned(assignments, placed);
    const output = place(`${name}-${asOf}.parquet`);
    counts.push(await writeMembership(engine, { previous, assignments, asOf, version }, output));
    previous = output;
  }
  return { counts, last: previous! };
}

test("stays begin and end with their reasons: moved, definition changed, lapsed, returned", async () => {
  const { counts, last } = await carry("story", [
    [
      "2026-03-31",
      1,
      [
        ["ann", "s1"],
        ["bob", "s1"],
        ["cas", "s2"],
        ["dee", "s2"],
      ],
    ],
    [
      "2026-06-30",
      2,
      [
        ["ann", "s1", "s1"],
        ["bob", "s2", "s2"],
        ["cas", "s3", "s2"],
        ["eve", "s3"],
      ],
    ],
    [
      "2026-09-30",
      2,
      [
        ["ann", "s1", "s1"],
        ["bob", "s2", "s2"],
        ["dee", "s2", "s2"],
        ["eve", "unassigned", "unassigned"],
      ],
    ],
  ]);
  assert.deepEqual(await stays(last), [
    "ann 2026-03-31 … s1 v1 first",
    "bob 2026-03-31 2026-06-30 s1 v1 first moved",
    "bob 2026-06-30 … s2 v2 moved",
    "cas 2026-03-31 2026-06-30 s2 v1 first definition-changed",
    "cas 2026-06-30 2026-09-30 s3 v2 definition-changed lapsed",
    "dee 2026-03-31 2026-06-30 s2 v1 first lapsed",
    "dee 2026-09-30 … s2 v2 returned",
    "eve 2026-06-30 2026-09-30 s3 v2 first moved",
    "eve 2026-09-30 … unassigned v2 moved",
  ]);
  assert.deepEqual(counts[1], {
    rows: 7,
    open: 4,
    begun: { first: 1, returned: 0, moved: 1, "definition-changed": 1 },
    lapsed: 1,
  });
});

test("an open stay takes the segment's new name, an ended one keeps the old", async () => {
  const { last } = await carry("names", [
    [
      "2026-03-31",
      1,
      [
        ["ann", "s1"],
        ["bob", "s1"],
      ],
    ],
    [
      "2026-06-30",
      1,
      [
        ["ann", "s1", "s1"],
        ["bob", "s2", "s2"],
      ],
    ],
  ]);
  const assignments = place("names-renamed.parquet");
  await engine.run(
    `COPY (SELECT customer_id, segment, 'Gold' AS segment_name, former FROM '${place("names-2026-06-30-assigned.parquet")}') TO '${assignments}' (FORMAT parquet)`,
  );
  const output = place("names-after.parquet");
  await writeMembership(engine, { previous: last, assignments, asOf: "2026-07-31", version: 1 }, output);
  const rows = await engine.rows(`SELECT segment_name FROM '${output}'`);
  assert.deepEqual(
    rows.map((row) => row.get("segment_name")),
    ["Gold", "S1", "Gold"],
  );
});

test("a date that is not later is refused, and a day that is none", async () => {
  const { last } = await carry("dates", [["2026-03-31", 1, [["ann", "s1"]]]]);
  const assignments = place("dates-2026-03-31-assigned.parquet");
  const on = (asOf: string) =>
    writeMembership(engine, { previous: last, assignments, asOf, version: 1 }, place("never.parquet"));
  await assert.rejects(
    on("2026-03-31"),
    /asOf must be after the last date of the membership \(2026-03-31\), got 2026-03-31/,
  );
  await assert.rejects(on("2026-13-01"), /asOf must be a day, YYYY-MM-DD, got "2026-13-01"/);
});

test("over six dates of 3,000 customers stays never overlap, say what the assignments said, and any thread count gives the same bytes", async () => {
  const random = createRandom(5);
  const dates = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"];
  const assigned = dates.map((asOf, d): readonly [string, number, Placed] => [
    asOf,
    1 + (d >> 1),
    Array.from({ length: 3000 }, (_, i): Placed[number] => [
      `c${i}`,
      random.next() < 0.1 ? "unassigned" : `s${1 + Math.floor(random.next() * 3)}`,
      `s${1 + Math.floor(random.next() * 3)}`,
    ]).filter(() => random.next() < 0.9),
  ]);
  const { last } = await carry("many", assigned);
  const overlaps =
    await engine.rows(`SELECT count(*) AS bad FROM (SELECT valid_from, lag(valid_to) OVER customer AS ended,
    lag(end_reason) OVER customer AS why, row_number() OVER customer AS stay FROM '${last}' WINDOW customer AS (PARTITION BY customer_id ORDER BY valid_from))
    WHERE stay > 1 AND (ended IS NULL OR ended > valid_from OR (ended < valid_from) <> (why = 'lapsed'))`);
  assert.equal(overlaps[0]!.get("bad"), 0);
  for (const [asOf, , placed] of assigned) {
    const rows = await engine.rows(`SELECT customer_id, segment FROM '${last}'
      WHERE valid_from <= '${asOf}' AND (valid_to IS NULL OR valid_to > '${asOf}') ORDER BY customer_id`);
    const said = new Map(placed.map(([customer, segment]) => [customer, segment]));
    assert.deepEqual(
      new Map(rows.map((row) => [row.get("customer_id"), row.get("segment")])),
      new Map([...said].sort(([a], [b]) => (a < b ? -1 : 1))),
    );
  }
  const alone = await openDuckDb({ threads: 1 });
  const again = place("many-again.parquet");
  const [asOf, version] = assigned.at(-1)!;
  await writeMembership(
    alone,
    {
      previous: place("many-2026-05-31.parquet"),
      assignments: place(`many-${asOf}-assigned.parquet`),
      asOf,
      version,
    },
    again,
  );
  alone.close();
  assert.ok(readFileSync(again).equals(readFileSync(last)));
});

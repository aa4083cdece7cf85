import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyTargets } from "#src/exports/verify-targets.js";
import type { Definition } from "#src/segments/definition.js";
import { usePostgresql } from "../../engines/start-postgresql.js";
import { wideDefinition, wideRules } from "../../wide-definitions.js";

const { skip, environment } = usePostgresql();
const targets = ["duckdb", "postgresql", "sqlite", "typescript"];
const rowsEach = 300;

/** Why a target may refuse a definition: no table of the engine could have such columns. */
const refusals = /must differ by more than case in|must have at most 63 bytes in PostgreSQL/;

async function everyTargetAgrees(make: (seed: number) => Definition, count: number): Promise<void> {
  const ran = new Map(targets.map((target) => [target, 0]));
  for (let seed = 1; seed <= count; seed++) {
    const random = { count: rowsEach, seed };
    const checks = await verifyTargets(make(seed), { targets, random, environment: environment() });
    for (const { target, status, disagreements, reason } of checks) {
      if (status === "not-run") assert.match(reason ?? "", refusals, `${target}, definition ${seed}`);
      else
        assert.deepEqual(
          [status, disagreements, reason],
          ["agrees", 0, null],
          `${target}, definition ${seed}`,
        );
      if (status === "agrees") ran.set(target, ran.get(target)! + 1);
    }
  }
  for (const [target, definitions] of ran)
    assert.ok(definitions >= 0.85 * count, `${target} ran ${definitions}`);
  assert.equal(ran.get("typescript"), count);
}

test(
  "300 k-means definitions of up to 32 features and 40 segments, with nasty names, place every row alike everywhere",
  {
    skip,
  },
  () => everyTargetAgrees(wideDefinition, 300),
);

test(
  "60 rule definitions with scores, sets, dates and embedded definitions place every row alike everywhere",
  {
    skip,
  },
  () => everyTargetAgrees(wideRules, 60),
);

import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError, RunError } from "#src/core/errors.js";
import { requireAgreement, verifyTargets } from "#src/exports/verify-targets.js";
import { defineSegments } from "#src/segments/define-segments.js";
import type { Definition } from "#src/segments/definition.js";
import { hostileNames, madeDefinition, smallParts } from "../made-definitions.js";
import { assertDuckDbAgrees } from "./made-agreement.js";

test("DuckDB places every row of 25 made-up definitions as we do, whatever their names and values", () =>
  assertDuckDbAgrees(25));

test("a segment that another engine would not give is counted as a disagreement", async () => {
  const definition = defineSegments(smallParts());
  const wrong: Definition = {
    ...definition,
    verification: definition.verification.map((row, i) => (i < 2 ? { ...row, segment: "s3" } : row)),
  };
  const [check] = await verifyTargets(wrong, { targets: ["duckdb"] });
  assert.equal(check?.status, "disagrees");
  assert.equal(check?.disagreements, 2);
});

test("PostgreSQL without a connection is not run, and says why", async () => {
  const definition = madeDefinition(1, hostileNames);
  const [check] = await verifyTargets(definition, { targets: ["postgresql"] });
  assert.equal(check?.status, "not-run");
  assert.match(check?.reason ?? "", /no PostgreSQL was named. Set PGHOST/);
});

test("a database that does not answer is not run, and says why", async () => {
  const environment = { PGHOST: "127.0.0.1", PGPORT: "1", PGUSER: "nobody" };
  const [check] = await verifyTargets(defineSegments(smallParts()), { targets: ["postgresql"], environment });
  assert.equal(check?.status, "not-run");
  assert.match(check?.reason ?? "", /can be reached/);
});

test("a run ends when a target disagrees or fails, not when one was not run", () => {
  const agrees = {
    target: "duckdb",
    status: "agrees",
    rows: 9,
    disagreements: 0,
    engineVersion: "v1",
  } as const;
  const check = { ...agrees, reason: null };
  requireAgreement([check, { ...check, target: "postgresql", status: "not-run", reason: "no connection" }]);
  assert.throws(() => requireAgreement([{ ...check, status: "disagrees", disagreements: 2 }]), {
    name: RunError.name,
    message: /agree with our own assignment, got duckdb: 2 of 9 rows elsewhere$/,
  });
  const failed = { ...check, status: "failed", rows: 0, reason: "syntax error" } as const;
  assert.throws(() => requireAgreement([failed]), /got duckdb: syntax error$/);
});

test("an unknown target is refused", async () => {
  await assert.rejects(
    verifyTargets(defineSegments(smallParts()), { targets: ["duck"] }),
    (error: Error) =>
      error instanceof InputError &&
      /^verifyTargets: target must be one of duckdb, .*, got "duck"\. Did you mean "duckdb"\?$/.test(
        error.message,
      ),
  );
});

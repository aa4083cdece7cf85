import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { exportDefinition } from "#src/exports/export-definition.js";
import { type Proof, proofOf, readProof } from "#src/exports/proof.js";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { madeDefinition, smallParts } from "../made-definitions.js";

const definition = defineSegments(smallParts());

test("an export carries when, where and over how many rows it was verified, and what was not run", async () => {
  const random = { count: 100, seed: 1 };
  const checks = await verifyTargets(definition, { targets: ["duckdb", "typescript", "snowflake"], random });
  const proof = readProof(JSON.stringify(proofOf(definition, checks, "2026-03-31")), definition);
  const rows = 100 + definition.verification.length;
  for (const [options, sign] of [
    [{ to: "sql", dialect: "sqlite", proof } as const, "--"],
    [{ to: "typescript", proof } as const, "//"],
  ] as const) {
    const [, verified, notRun] = exportDefinition(definition, options).split("\n");
    assert.match(
      verified!,
      new RegExp(
        `^${sign} Verified on 2026-03-31 over ${rows} rows, 0 placed otherwise than by segbook: duckdb v[\\d.]+, typescript Node v[\\d.]+\\.$`,
      ),
    );
    assert.equal(notRun, `${sign} Not run: snowflake.`);
  }
});

test("what an engine says of its version cannot leave the comment", () => {
  const check = { target: "duckdb", status: "agrees", rows: 5, disagreements: 0, reason: null } as const;
  const proof = proofOf(definition, [{ ...check, engineVersion: "v1\n; DROP TABLE x; -- */" }], "2026-03-31");
  const [, verified] = exportDefinition(definition, { to: "sql", dialect: "duckdb", proof }).split("\n");
  assert.equal(
    verified,
    "-- Verified on 2026-03-31 over 5 rows, 0 placed otherwise than by segbook: duckdb v1   DROP TABLE x  --   .",
  );
});

test("a proof of another definition, of a disagreement, or of nothing at all is refused", () => {
  const check = { target: "duckdb", rows: 5, disagreements: 2, engineVersion: "v1", reason: null } as const;
  const proof = (status: "agrees" | "disagrees"): string =>
    JSON.stringify(proofOf(definition, [{ ...check, status }], "2026-03-31"));
  const refused: [() => Proof, RegExp][] = [
    [
      () => readProof(proof("agrees"), madeDefinition(1)),
      /must be of this definition .* Run segbook verify --proof again$/,
    ],
    [
      () => readProof(proof("disagrees"), definition),
      /every target that was run must agree, got "duckdb", which disagrees$/,
    ],
    [() => readProof("{}", definition), /must be a file that segbook verify --proof wrote/],
    [() => readProof("{", definition), /must be a file that segbook verify --proof wrote/],
    [() => readProof("null", definition), /must be a file that segbook verify --proof wrote/],
    [() => proofOf(definition, [], "today"), /date must be a day such as 2026-01-31, got "today"$/],
  ];
  for (const [call, message] of refused)
    assert.throws(call, (error) => error instanceof InputError && message.test(error.message));
});

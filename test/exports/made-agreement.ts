import assert from "node:assert/strict";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { madeCustomers, madeDefinition } from "../made-definitions.js";

/** DuckDB must place 200 customers, and the verification rows, as we do, for each made-up definition up to `count`. */
export async function assertDuckDbAgrees(count: number): Promise<void> {
  for (let seed = 1; seed <= count; seed++) {
    const definition = madeDefinition(seed);
    const customers = madeCustomers(definition, seed, 200);
    const [check] = await verifyTargets(definition, { customers, targets: ["duckdb"] });
    assert.deepEqual(
      {
        status: check?.status,
        disagreements: check?.disagreements,
        rows: check?.rows,
        reason: check?.reason,
      },
      { status: "agrees", disagreements: 0, rows: 200 + definition.verification.length, reason: null },
      `definition ${seed}`,
    );
  }
}

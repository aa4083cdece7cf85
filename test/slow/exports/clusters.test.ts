import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "#src/engine/connection-password.js";
import { verifyTargets } from "#src/exports/verify-targets.js";
import { findSpark, startSpark, withoutSpark } from "../../engines/start-spark.js";
import { useTrino } from "../../engines/start-trino.js";
import { wideDefinition, wideRules } from "../../wide-definitions.js";

const trino = useTrino(0);

/** Names that differ in case alone cannot stand in one table there. */
async function everyTargetAgrees(target: string, environment: Environment): Promise<void> {
  let ran = 0;
  for (const seed of [1, 2, 3, 5, 6, 7, 8, 10])
    for (const definition of [wideDefinition(seed), wideRules(seed)]) {
      const [check] = await verifyTargets(definition, {
        targets: [target],
        random: { count: 2000, seed },
        environment,
      });
      if (check?.status === "not-run") assert.match(check.reason ?? "", /differ by more than case/);
      else
        assert.deepEqual(
          [check?.status, check?.disagreements, check?.reason],
          ["agrees", 0, null],
          `seed ${seed}`,
        );
      if (check?.status === "agrees") ran++;
    }
  assert.ok(ran >= 12, `${ran} definitions ran`);
}

test("Trino places every row of clusters and rules as we do", { skip: trino.skip }, () =>
  everyTargetAgrees("trino", { SEGBOOK_TRINO_URL: trino.server().url }),
);

test("Spark places every row of clusters and rules as we do", {
  skip: findSpark() === undefined && withoutSpark,
}, async () => {
  const spark = await startSpark({ workers: 1 });
  try {
    await everyTargetAgrees("spark", {
      SEGBOOK_SPARK_HOST: "127.0.0.1",
      SEGBOOK_SPARK_PORT: String(spark.port),
    });
  } finally {
    await spark.stop();
  }
});

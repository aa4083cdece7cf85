import { createHash } from "node:crypto";
import type { WorkbookConfig } from "#src/config/workbook-config.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { makeFeatures } from "#src/pushdown/features-table.js";
import type { PushdownEngine } from "#src/pushdown/pushdown-engine.js";
import { type PushedSegments, segmentOnEngine } from "#src/pushdown/segment-on-engine.js";
import { configOf, sourceOf } from "../../features/sample-config.js";

/** Order lines that every engine reads. */
export const lineCount: number = Number(process.env.SEGBOOK_LINES ?? 2_000_000);

/** Everything that has to be equal on every engine: what came back, and digests of the tables that stayed. */
export interface PushedRun {
  readonly segments: PushedSegments;
  readonly digests: Readonly<Record<string, string>>;
}

/** Their workbook. */
export function ordersConfig(): WorkbookConfig {
  const words = ["customer", "category", "product", "region", "discount"];
  const source = sourceOf("transactions", { columns: new Map(words.map((word) => [word, word])) });
  return configOf([source], { basis: ["recency_days", "order_count", "spend", "average_order_value"] });
}

/** Features, recipe, lattice, centres, labels, profiles and stability of the `transactions` on an engine. */
export async function runPushdown(
  engine: PushdownEngine,
  run: string,
  { resamples = 1 }: { readonly resamples?: number } = {},
): Promise<PushedRun> {
  const config = ordersConfig();
  const table = await makeFeatures(engine, config, { run });
  const segments = await segmentOnEngine(engine, {
    table,
    basis: config.basis,
    descriptors: { numbers: [...config.basis, "return_share"], categories: ["region"] },
    clusterCount: 4,
    seed: 7,
    run,
    sampleSize: 5000,
    starts: 10,
    resamples,
  });
  const digests: Record<string, string> = {};
  for (const name of [table.table, segments.latticeTable, segments.assignmentsTable])
    digests[name] = await digestTable(engine, name);
  return { segments, digests };
}

/** The same in DuckDB, over the Parquet files of a folder. */
export async function runInDuckDb(orders: string): Promise<PushedRun> {
  const engine = await openDuckDb();
  await engine.run(`CREATE VIEW transactions AS SELECT * FROM read_parquet('${orders}/*.parquet')`);
  const run = await runPushdown({ ...engine, dialect: "duckdb" }, "pushdown");
  engine.close();
  return run;
}

/** SHA-256 of all rows of a table by customer: equal digests are equal bits. */
async function digestTable(engine: PushdownEngine, table: string): Promise<string> {
  const columns = await engine.columns(`SELECT * FROM ${table} ORDER BY customer_id`);
  const hash = createHash("sha256");
  for (const column of columns) {
    hash.update(column.name);
    if (column.kind === "number") hash.update(column.values.map((value) => value + 0));
    else hash.update(JSON.stringify(column.values));
  }
  return hash.digest("hex");
}

/** A query that keeps every worker busy for some seconds: pairs of lines of one customer. */
export const heavyJoin: string =
  "SELECT COUNT(*) AS pairs, SUM(a.amount * b.quantity) AS total FROM transactions AS a INNER JOIN transactions AS b ON a.customer_id = b.customer_id AND a.invoice <> b.invoice";

/** A query that no cluster of the tests ends: every pair of lines. */
export const endlessJoin: string =
  "SELECT COUNT(*) AS pairs FROM transactions AS a CROSS JOIN transactions AS b WHERE (a.amount * b.quantity) % 7 = 3";

import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";

/** Engines that segments can be found on. */
export type PushdownDialect = "duckdb" | "trino" | "spark";

/** An engine that knows which SQL it speaks. */
export interface PushdownEngine extends Engine {
  readonly dialect: PushdownDialect;
}

/** A table of ours on the engine: every name begins with `segbook_`, so that nothing of the user's is ever touched. */
export function ownTable(run: string, part: string): string {
  if (!/^[a-z][a-z0-9_]{0,31}$/.test(run))
    throw new InputError(
      `segmentOnEngine: run must be 1 to 32 lower-case letters, digits and _ that begin with a letter, got ${JSON.stringify(run)}`,
    );
  return `segbook_${run}_${part}`;
}

/** Makes a table of ours from a query; one of that name from an earlier run goes first. */
export async function createTable(engine: PushdownEngine, name: string, select: string): Promise<void> {
  await dropTable(engine, name);
  const storage = engine.dialect === "spark" ? " USING parquet" : "";
  await engine.run(`CREATE TABLE ${quoteIdentifier(name, engine.dialect)}${storage} AS ${select}`);
}

/** Removes a table of ours, if it is there. */
export async function dropTable(engine: PushdownEngine, name: string): Promise<void> {
  await engine.run(`DROP TABLE IF EXISTS ${quoteIdentifier(name, engine.dialect)}`);
}

/** A whole number that came as number or digits. */
export function wholeNumberOf(value: unknown): bigint {
  return BigInt(String(value));
}

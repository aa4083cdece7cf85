import { type Matrix, matrixOfColumns } from "../core/matrix.js";
import { numberColumn } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { FeatureTable } from "./count-features.js";
import { hashSql } from "./hash-sql.js";
import type { PushdownEngine } from "./pushdown-engine.js";

/**
 * Raw values of some features for a sample of customers, without their keys: those whose hashed key comes first.
 *
 * The same customers on every engine and however the table lies; all of them, where there are no more than `size`.
 *
 * @param seed - Another one draws other customers.
 * @returns Shape (min(size, nCustomers), nFeatures), in the order of the hashes; NaN where missing.
 */
export async function sampleFeatures(
  engine: PushdownEngine,
  table: FeatureTable,
  names: readonly string[],
  { size, seed }: { readonly size: number; readonly seed: number },
): Promise<Matrix> {
  const { dialect } = engine;
  const key = quoteIdentifier(table.key, dialect);
  const hash = hashSql(key, `sample:${seed}`, dialect);
  const columns = names.map((name, j) => `${quoteIdentifier(table.columns.get(name)!, dialect)} AS f${j}`);
  const hashed = `SELECT ${columns.join(", ")}, ${key} AS customer_id, ${hash} AS hash FROM ${quoteIdentifier(table.table, dialect)}`;
  const wanted = names.map((_, j) => `f${j}`).join(", ");
  const drawn = await engine.columns(
    `SELECT ${wanted} FROM (${hashed}) AS hashed ORDER BY hash, customer_id LIMIT ${size}`,
  );
  return matrixOfColumns(
    names,
    names.map((_, j) => numberColumn(drawn, `f${j}`)),
  );
}

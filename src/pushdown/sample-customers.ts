import type { CustomerTable, FeatureColumn } from "../core/feature.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import type { FeatureTable } from "./count-features.js";
import { hashSql } from "./hash-sql.js";
import type { PushdownEngine } from "./pushdown-engine.js";

/**
 * Every feature of a sample of customers: those whose hashed key comes first, in the order of their keys. The keys stay on the
 * engine: here customers are called by their number in the sample.
 *
 * The same customers on every engine; all of them, where there are no more than `size`.
 */
export async function sampleCustomers(
  engine: PushdownEngine,
  table: FeatureTable,
  input: {
    readonly features: readonly FeatureDefinition[];
    readonly keyName: string;
    readonly size: number;
    readonly seed: number;
  },
): Promise<CustomerTable> {
  const { features, keyName, size, seed } = input;
  const { dialect } = engine;
  const key = quoteIdentifier(table.key, dialect);
  const names = features.map((_, j) => `f${j}`).join(", ");
  const columns = features.map(
    ({ name }, j) => `${quoteIdentifier(table.columns.get(name)!, dialect)} AS f${j}`,
  );
  const hashed = `SELECT ${columns.join(", ")}, ${key} AS customer_id, ${hashSql(key, `sample:${seed}`, dialect)} AS hash FROM ${quoteIdentifier(table.table, dialect)}`;
  const drawn = `SELECT ${names}, customer_id FROM (${hashed}) AS hashed ORDER BY hash, customer_id LIMIT ${size}`;
  const values = await engine.columns(`SELECT ${names} FROM (${drawn}) AS drawn ORDER BY customer_id`);
  const rowCount = values[0]?.values.length ?? 0;
  return {
    keyName,
    keys: Array.from({ length: rowCount }, (_, row) => String(row + 1)),
    columns: features.map((definition, j): FeatureColumn => {
      const { expression: _, ...feature } = definition;
      const column = values[j]!;
      return column.kind === "number"
        ? { kind: "number", feature, values: column.values }
        : { kind: "category", feature, values: column.values };
    }),
  };
}

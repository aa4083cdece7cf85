import type { CustomerTable } from "../core/feature.js";
import { type Engine, numberColumn, textColumn } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { shapeCustomerTable } from "../features/customer-table.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import { keyAlias } from "../features/row-source.js";
import type { Definition } from "../segments/definition.js";
import { stateFiles } from "./history-layout.js";
import { parquetSql } from "./membership-sql.js";

/** Where the customers of a state are; entry i is one customer, by key in code-unit order. */
export interface StateCustomers {
  readonly keys: readonly string[];
  /** Index into the segments of the state's definition, −1 for the fallback. */
  readonly labels: Int32Array;
  /** The same by the nearest centre alone: differs for customers who are held. */
  readonly nearest: Int32Array;
}

/**
 * Who is in which segment in a published state.
 *
 * @param definition - The one in force in that state.
 */
export async function readStateCustomers(
  engine: Engine,
  stateFolder: string,
  definition: Definition,
): Promise<StateCustomers> {
  const keys = definition.segments.map(({ key }) => quoteText(key, "duckdb"));
  const label = (name: string): string =>
    `coalesce(list_position([${keys.join(", ")}], "${name}"), 0) - 1 AS "${name}"`;
  const columns = await engine.columns(
    `SELECT "customer_id", ${label("segment")}, ${label("nearest")} FROM ${parquetSql(stateFiles(stateFolder).assignments)}`,
  );
  return {
    keys: textColumn(columns, "customer_id") as readonly string[],
    labels: Int32Array.from(numberColumn(columns, "segment")),
    nearest: Int32Array.from(numberColumn(columns, "nearest")),
  };
}

/**
 * Features of the customers of a state, one row per customer by key, as they were.
 *
 * @param file - Its features file.
 * @param features - Those to read; a feature that the state does not have is left out.
 */
export async function readStateFeatures(
  engine: Engine,
  file: string,
  { keyName, features }: { readonly keyName: string; readonly features: readonly FeatureDefinition[] },
): Promise<CustomerTable> {
  const described = await engine.rows(`DESCRIBE SELECT * FROM ${parquetSql(file)}`);
  const names = new Set(described.map((row) => String(row.get("column_name"))));
  const known = features.filter(({ name }) => names.has(name));
  const selected = [
    `${quoteIdentifier(keyName, "duckdb")} AS ${keyAlias}`,
    ...known.map(({ name }, j) => `${quoteIdentifier(name, "duckdb")} AS f${j}`),
  ];
  const columns = await engine.columns(`SELECT ${selected.join(", ")} FROM ${parquetSql(file)}`);
  return shapeCustomerTable(columns, { keyName, features: known });
}

import type { SourceKind, WorkbookConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, FeatureColumn } from "../core/feature.js";
import { compareText } from "../core/text-order.js";
import { type Engine, type QueryColumn, textColumn } from "../engine/engine.js";
import { listFeatures } from "./catalogue.js";
import { customerTableSql } from "./customer-table-sql.js";
import type { FeatureDefinition } from "./feature-definition.js";
import { type FewValues, readFewValues } from "./few-values.js";
import { keyAlias } from "./row-source.js";

/**
 * Computes every feature of every customer in the engine, in one query.
 *
 * Customers are those of the customers source, else those with transactions.
 *
 * @param engine - Holds the tables that loadSources left.
 * @returns One row per customer, sorted by key in code-unit order; one column per feature of {@link listFeatures}. Numbers that
 * are unknown are NaN, categories null.
 * @throws InputError if the workbook's features do not agree with its sources, no customer is left, or a customers or survey
 * source has a customer twice.
 */
export async function readCustomerTable(engine: Engine, config: WorkbookConfig): Promise<CustomerTable> {
  const features = listFeatures(config);
  const sql = await customerTableQuery(engine, features, config);
  return shapeCustomerTable(await engine.columns(sql), { keyName: config.key, features });
}

/**
 * A table of the columns of a query: the key, called {@link keyAlias}, then one column per feature.
 *
 * @throws InputError if there is no row, or a key stands twice.
 */
export function shapeCustomerTable(
  columns: readonly QueryColumn[],
  { keyName, features }: { readonly keyName: string; readonly features: readonly FeatureDefinition[] },
): CustomerTable {
  const keys = textColumn(columns, keyAlias) as readonly string[];
  const order = keyOrder(keys);
  return {
    keyName,
    keys: order?.map((row) => keys[row]!) ?? keys,
    columns: features.map((feature, j) => featureColumn(feature, columns[j + 1]!, order)),
  };
}

/** The query of all features over the tables that loadSources left, after a look at what their columns hold. */
export async function customerTableQuery(
  engine: Engine,
  features: readonly FeatureDefinition[],
  config: WorkbookConfig,
): Promise<string> {
  const kinds = config.sources.map(({ kind }) => kind);
  const fewValues = new Map<SourceKind, FewValues>();
  for (const kind of new Set(kinds)) fewValues.set(kind, await readFewValues(engine, features, kind));
  return customerTableSql(features, { kinds, asOf: config.asOf, dialect: "duckdb", fewValues });
}

/**
 * The database sorts by code point, which differs from code units beyond the basic plane.
 *
 * @returns undefined where the order is right as it is.
 */
function keyOrder(keys: readonly string[]): readonly number[] | undefined {
  if (keys.length === 0)
    throw new InputError("readCustomerTable: the sources must hold at least one customer, got none");
  if (keys.every((key, i) => i === 0 || compareText(keys[i - 1]!, key) < 0)) return undefined;
  const order = keys.map((_, row) => row).sort((a, b) => compareText(keys[a]!, keys[b]!));
  const repeated = order.find((row, i) => i > 0 && keys[order[i - 1]!] === keys[row]);
  if (repeated !== undefined)
    throw new InputError(
      `readCustomerTable: each customer must have one row in customers and in survey, got "${keys[repeated]}" twice`,
    );
  return order;
}

function featureColumn(
  feature: FeatureDefinition,
  column: QueryColumn,
  order: readonly number[] | undefined,
): FeatureColumn {
  const { expression: _, window: _days, missing: _absent, onRequest: _asked, ...shown } = feature;
  if (column.kind === "number") {
    const { values } = column;
    const sorted = order === undefined ? values : Float64Array.from(order, (row) => values[row]!);
    return { kind: "number", feature: shown, values: sorted };
  }
  const { values } = column;
  return { kind: "category", feature: shown, values: order?.map((row) => values[row] ?? null) ?? values };
}

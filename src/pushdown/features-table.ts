import type { SourceKind, WorkbookConfig } from "../config/workbook-config.js";
import { listFeatures } from "../features/catalogue.js";
import { customerTableSql } from "../features/customer-table-sql.js";
import { keyAlias } from "../features/row-source.js";
import type { FeatureTable } from "./count-features.js";
import { createTable, ownTable, type PushdownEngine } from "./pushdown-engine.js";

/** What {@link makeFeatures} reads and where it writes. */
export interface MakeFeaturesOptions {
  /** Part of the name of the table that is left: `segbook_<run>_features`. */
  readonly run: string;
  /** Cleaned table of a kind of source, as SQL after FROM; default: the name of the kind. */
  readonly relationOf?: (kind: SourceKind) => string;
}

/**
 * Computes every feature of every customer on the engine and keeps them there as a table, in one query.
 *
 * The same bits as `readCustomerTable`: sums run over whole numbers, and every ratio is one division.
 *
 * @throws InputError as listFeatures.
 */
export async function makeFeatures(
  engine: PushdownEngine,
  config: WorkbookConfig,
  { run, relationOf }: MakeFeaturesOptions,
): Promise<FeatureTable> {
  const features = listFeatures(config);
  const kinds = config.sources.map(({ kind }) => kind);
  const table = ownTable(run, "features");
  const { dialect } = engine;
  const target = { dialect, kinds, asOf: config.asOf, ...(relationOf && { relationOf }) };
  // In a query within a query no engine sorts: a table has no order.
  const query = `SELECT * FROM (${customerTableSql(features, target)}) AS customer_table`;
  await createTable(engine, table, query);
  return { table, key: keyAlias, columns: new Map(features.map(({ name }, j) => [name, `f${j}`])) };
}

import { InputError } from "../core/errors.js";
import { numberColumn } from "../engine/engine.js";
import { numberLiteral } from "../engine/sql-numbers.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { type CountedValues, mergeCounts } from "../features/counted-values.js";
import { type PushdownEngine, wholeNumberOf } from "./pushdown-engine.js";

/** A table with one row per customer, and which of its columns hold which features. */
export interface FeatureTable {
  readonly table: string;
  /** Column of the customer key, as text. */
  readonly key: string;
  /** Feature → its column, of type double. */
  readonly columns: ReadonlyMap<string, string>;
}

/** What a recipe is fitted from. */
export interface CountedFeatures {
  readonly rowCount: number;
  readonly columns: readonly (readonly [name: string, counted: CountedValues])[];
}

/** Different values of one feature that are brought here: 64 MB of numbers. */
const mostValues = 4_000_000;

/**
 * Counts each feature's different values on the engine: who has which stays there.
 *
 * From these counts alone the recipe has the very bits that it would have from the rows, which no sum of doubles on an
 * engine would give. One scan and one GROUP BY per feature; memory and traffic are 16 bytes per different value.
 *
 * @throws InputError if a feature has more than 4,000,000 different values.
 */
export async function countFeatures(
  engine: PushdownEngine,
  table: FeatureTable,
  names: readonly string[],
): Promise<CountedFeatures> {
  const from = quoteIdentifier(table.table, engine.dialect);
  const [row] = await engine.rows(`SELECT COUNT(*) AS "n" FROM ${from}`);
  const columns: (readonly [string, CountedValues])[] = [];
  for (const name of names) columns.push([name, await countColumn(engine, table, name)]);
  return { rowCount: Number(wholeNumberOf(row!.get("n"))), columns };
}

async function countColumn(
  engine: PushdownEngine,
  table: FeatureTable,
  name: string,
): Promise<CountedValues> {
  const { dialect } = engine;
  const value = quoteIdentifier(table.columns.get(name)!, dialect);
  const most = numberLiteral(Number.MAX_VALUE, dialect);
  const isKnown = `${value} >= ${numberLiteral(-Number.MAX_VALUE, dialect)} AND ${value} <= ${most}`;
  const counts = await engine.columns(
    `SELECT ${value} AS "value", COUNT(*) AS "n" FROM ${quoteIdentifier(table.table, dialect)} WHERE ${isKnown} GROUP BY ${value} LIMIT ${mostValues + 1}`,
  );
  const values = numberColumn(counts, "value");
  if (values.length > mostValues)
    throw new InputError(
      `segmentOnEngine: feature ${JSON.stringify(name)} must have at most ${mostValues} different values, got more. Round it in an expression of its own?`,
    );
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const n = numberColumn(counts, "n");
  return mergeCounts(
    Float64Array.from(order, (i) => values[i]!),
    Float64Array.from(order, (i) => n[i]!),
  );
}

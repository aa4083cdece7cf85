import type { SourceKind } from "../config/workbook-config.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { aggregatesIn } from "./aggregates-in.js";
import type { AggregateExpression, Expression } from "./expression.js";
import type { FeatureDefinition } from "./feature-definition.js";

/** Column → all values that it has. */
export type FewValues = ReadonlyMap<string, readonly string[]>;

/** As many bits as a BIGINT has beside its sign, less one. */
const mostValues = 62;
/** Characters of all values together, because they stand in the query. */
const mostCharacters = 4000;
/** Rows that tell which columns are worth a look at all. */
const firstRows = 20_000;

/**
 * Looks which text columns that features count the distinct values of hold few, such as categories: then a bit for each value says
 * in one pass what else takes a group for each customer and value.
 *
 * @param engine - DuckDB, with a table of the kind's name.
 */
export async function readFewValues(
  engine: Engine,
  features: readonly FeatureDefinition[],
  kind: SourceKind,
): Promise<FewValues> {
  const table = quoteIdentifier(kind, "duckdb");
  const aggregates = features
    .filter(({ source }) => source === kind)
    .flatMap((one) => aggregatesIn(one.expression));
  const counted = new Set(
    aggregates.flatMap(({ aggregate, of }) =>
      aggregate === "countDistinct" && of.kind === "column" ? [of.name] : [],
    ),
  );
  const found = new Map<string, readonly string[]>();
  for (const name of counted) {
    const column = quoteIdentifier(name, "duckdb");
    const [first] = await engine.rows(
      `SELECT count(DISTINCT ${column}) AS count, any_value(typeof(${column})) AS type FROM (SELECT ${column} FROM ${table} LIMIT ${firstRows})`,
    );
    if (first?.get("type") !== "VARCHAR" || Number(first.get("count")) > mostValues) continue;
    const rows = await engine.rows(
      `SELECT DISTINCT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL LIMIT ${mostValues + 1}`,
    );
    const values = rows.map((row) => String(row.get("value"))).sort();
    const isShort = values.length <= mostValues && values.join("").length <= mostCharacters;
    const isPlain = !values.some((value) => /[\p{Cc}\p{Cs}]/u.test(value));
    if (values.length > 0 && isShort && isPlain) found.set(name, values);
  }
  return found;
}

/** The values of an expression, where it is a column that has few. */
export function fewValuesOf(of: Expression, fewValues: FewValues | undefined): readonly string[] | undefined {
  return of.kind === "column" ? fewValues?.get(of.name) : undefined;
}

/** SQL: the bit of a value; NULL where it is missing. */
export function bitSql(value: string, values: readonly string[]): string {
  const type = `ENUM(${values.map((one) => quoteText(one, "duckdb")).join(", ")})`;
  return `1::BIGINT << enum_code(CAST(${value} AS ${type}))::INTEGER`;
}

/** SQL: the bits of all values together. */
export function bitsOfAll(bits: string): string {
  return `BIT_OR(${bits})`;
}

/** SQL: how many values there are; 0 where there is none. */
export function countOfBits(bits: string): string {
  return `COALESCE(CAST(BIT_COUNT(${bits}) AS BIGINT), 0)`;
}

/** Whether an aggregate can be taken as bits: without groups of its own. */
export function isOfFewValues(
  { aggregate, of, per }: AggregateExpression,
  fewValues: FewValues | undefined,
): boolean {
  return aggregate === "countDistinct" && per === undefined && fewValuesOf(of, fewValues) !== undefined;
}

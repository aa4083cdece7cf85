import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { dialectTitles, runnableDialects, type ScoringDialect } from "../engine/dialect.js";
import { doubleType, numberLiteral } from "../engine/sql-numbers.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { type Definition, type KMeansDefinition, latticeSteps } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { distanceLayers, nearestLayers } from "./kmeans-sql.js";
import { ruleLayers } from "./rules-sql.js";
import { nothingSql } from "./sql-functions.js";
import { withLayers } from "./sql-layers.js";
import { trustLines } from "./trust-lines.js";

/**
 * A definition as one SELECT over a features table: customer_id, segment, segment_name, distance, runner_up, margin.
 *
 * Each layer does one step, so that a reader can follow a customer through it. Distances are sums of whole numbers, so ties and
 * borders fall exactly as in assignCustomers. The one thing that engines may compute differently is the last bit of a logarithm;
 * it moves a lattice value with a probability of about 1e-9. With rules, distance, runner_up and margin are NULL.
 *
 * Some engines would merge the layers and compute every distance many times; a fence in each layer keeps them from doing so.
 *
 * @param table - Name of the features table; dots separate catalogue, schema and table. It has a key column called as in the
 * definition and a column per input: numbers of any type, texts, dates as DATE or `YYYY-MM-DD`.
 * @throws InputError if a name cannot be quoted in the dialect, or two differ in case alone where the engine folds case.
 */
export function definitionSql(definition: Definition, dialect: ScoringDialect, table: string): string {
  checkNamesDiffer(definition, dialect);
  const from = table
    .split(".")
    .map((part) => quoteIdentifier(part, dialect))
    .join(".");
  const column = (name: string): string => `source.${quoteIdentifier(name, dialect)}`;
  return scoringSql(definition, dialect, { from, key: column(definition.keyName), column });
}

/** What a scoring query reads, all as SQL; `source` is the alias of what stands in `from`. */
export interface ScoredSource {
  readonly from: string;
  readonly key: string;
  readonly column: (input: string) => string;
}

/** The scoring query over anything with a key and the inputs; see {@link definitionSql}. */
export function scoringSql(definition: Definition, dialect: ScoringDialect, source: ScoredSource): string {
  const body =
    definition.model.kind === "kmeans-lattice"
      ? nearestSegment(definition as KMeansDefinition, dialect, source)
      : firstRule(definition, dialect, source);
  return `${header(definition, dialect)}${body}\n`;
}

/** Engines that fold the case of names even when they are quoted. */
const foldingDialects: ReadonlySet<ScoringDialect> = new Set([
  "duckdb",
  "mysql",
  "sqlite",
  "trino",
  "spark",
  "bigquery",
  "redshift",
  "databricks",
  "sqlserver",
]);

/** They cannot hold two columns whose names differ only in case, so no table could be read as the definition asks. */
function checkNamesDiffer(definition: Definition, dialect: ScoringDialect): void {
  if (!foldingDialects.has(dialect)) return;
  const names = [definition.keyName, ...inputsOf(definition).map(({ name }) => name)];
  const folded = names.map((name) => name.toLowerCase());
  const twice = names.find((_, i) => folded.indexOf(folded[i]!) !== i);
  if (twice === undefined) return;
  throw new InputError(
    `exportDefinition: column names must differ by more than case in ${dialectTitles[dialect]}, got two like ${describeValue(twice)}`,
  );
}

/** No text of a user goes into a comment, where it could end the comment. */
function header(definition: Definition, dialect: ScoringDialect): string {
  const title = dialectTitles[dialect];
  const lines = [
    `segbook segment definition, fingerprint ${definition.fingerprint}`,
    runnableDialects.some((one) => one === dialect)
      ? `For ${title}.`
      : `For ${title}. Not run on this engine: checked by its grammar only.`,
    ...(dialect === "sqlite" ? ["Needs SQLite's mathematical functions (LN, FLOOR, SQRT)."] : []),
    ...trustLines(definition),
    definition.model.kind === "kmeans-lattice"
      ? "Layers: known values, transform, whole lattice steps, squared distances, nearest centre. Ties go to the lowest segment."
      : "Layers: known values, scores, rules. The first rule that holds decides; a comparison with a missing value does not hold.",
  ];
  return lines.map((line) => `-- ${line}\n`).join("");
}

function nearestSegment(definition: KMeansDefinition, dialect: ScoringDialect, source: ScoredSource): string {
  const kept = [{ name: "customer_id", sql: source.key }];
  const layers = distanceLayers(definition, {
    dialect,
    from: `${source.from} AS source`,
    rawValue: source.column,
    kept,
    prefix: "",
  });
  const { indexed, ranked } = nearestLayers(definition, { dialect, kept, prefix: "" });
  const columns = answerColumns(definition, dialect);
  return `${withLayers([...layers, ...indexed, ranked], dialect)}\n${select(columns)}\nFROM ranked`;
}

function answerColumns({ segments, fallback }: KMeansDefinition, dialect: ScoringDialect): string[] {
  const text = (value: string) => quoteText(value, dialect);
  const keys = segments.map((segment, s) => `WHEN segment_index = ${s} THEN ${text(segment.key)}`);
  const names = segments.map((segment, s) => `WHEN segment_index = ${s} THEN ${text(segment.name)}`);
  const next = segments.map(
    (segment, s) => `WHEN segment_index <> ${s} AND d${s} = next_squared THEN ${text(segment.key)}`,
  );
  const nearestRoot = `SQRT(CAST(nearest_squared AS ${doubleType(dialect)}))`;
  const nextRoot = `SQRT(CAST(next_squared AS ${doubleType(dialect)}))`;
  const margin =
    segments.length === 1
      ? `ELSE ${numberLiteral(1, dialect)}`
      : `WHEN next_squared = 0 THEN ${numberLiteral(0, dialect)} ELSE (${nextRoot} - ${nearestRoot}) / ${nextRoot}`;
  return [
    "customer_id",
    `CASE WHEN is_unassigned = 1 THEN ${text(fallback.key)} ${keys.join(" ")} END AS segment`,
    `CASE WHEN is_unassigned = 1 THEN ${text(fallback.name)} ${names.join(" ")} END AS segment_name`,
    `CASE WHEN is_unassigned = 0 THEN ${nearestRoot} / ${numberLiteral(latticeSteps, dialect)} END AS distance`,
    segments.length === 1
      ? `${nothingSql("text", dialect)} AS runner_up`
      : `CASE WHEN is_unassigned = 1 THEN NULL ${next.join(" ")} END AS runner_up`,
    `CASE WHEN is_unassigned = 1 THEN NULL ${margin} END AS margin`,
  ];
}

function firstRule(definition: Definition, dialect: ScoringDialect, source: ScoredSource): string {
  const { segments, fallback } = definition;
  const text = (value: string) => quoteText(value, dialect);
  const names = segments.map(({ key, name }) => `WHEN segment = ${text(key)} THEN ${text(name)}`);
  const columns = [
    "customer_id",
    "segment",
    `CASE ${names.join(" ")} ELSE ${text(fallback.name)} END AS segment_name`,
    `${nothingSql("number", dialect)} AS distance`,
    `${nothingSql("text", dialect)} AS runner_up`,
    `${nothingSql("number", dialect)} AS margin`,
  ];
  const layers = ruleLayers(definition, dialect, source);
  return `${withLayers(layers, dialect)}\n${select(columns)}\nFROM decided`;
}

function select(columns: readonly string[]): string {
  return `SELECT\n${columns.map((column) => `  ${column}`).join(",\n")}`;
}

import { InputError } from "../core/errors.js";
import {
  type Dialect,
  doubleType,
  integerLiteral,
  numberLiteral,
  quoteIdentifier,
  quoteText,
} from "../engine/sql-text.js";
import { type Definition, latticeSteps } from "../segments/definition.js";
import { cleanedValue, latticeValue, transformedValue } from "./step-sql.js";
import { verdictLines } from "./verdict-lines.js";

/**
 * A definition as one SELECT over a features table: customer_id, segment, segment_name, distance, runner_up, margin.
 *
 * Each layer does one step of the recipe, so that a reader can follow a customer through it. Distances are sums of whole
 * numbers, so ties and borders fall exactly as in assignCustomers. The one thing that engines may compute differently is the
 * last bit of a logarithm; it moves a lattice value with a probability of about 1e-9.
 *
 * PostgreSQL would merge the layers and compute every distance many times; `OFFSET 0` keeps it from doing so.
 *
 * @param table - Name of the features table; a dot separates schema and table.
 * @throws InputError if a name cannot be quoted in the dialect.
 */
export function definitionSql(definition: Definition, dialect: Dialect, table: string): string {
  const fence = dialect === "postgresql" ? "\n  OFFSET 0" : "";
  const layers: readonly (readonly [name: string, select: string])[] = [
    ["cleaned", cleanedLayer(definition, dialect, table)],
    ["transformed", transformedLayer(definition, dialect)],
    ["lattice", latticeLayer(definition, dialect)],
    ["distances", distancesLayer(definition)],
    ["nearest", nearestLayer(definition)],
    ["indexed", indexedLayer(definition)],
    ["ranked", rankedLayer(definition)],
  ];
  const text = layers.map(([name, layer]) => `${name} AS (\n${layer}${fence}\n)`).join(",\n");
  return `${header(definition)}WITH ${text}\n${lastLayer(definition, dialect)}\n`;
}

/** No text of a user goes into a comment, where it could end the comment. */
function header(definition: Definition): string {
  return `-- segbook segment definition, fingerprint ${definition.fingerprint}
${verdictLines(definition)
  .map((line) => `-- ${line}\n`)
  .join(
    "",
  )}-- Layers: known values, transform, whole lattice steps, squared distances, nearest centre. Ties go to the lowest segment.
`;
}

function cleanedLayer(definition: Definition, dialect: Dialect, table: string): string {
  const columns = definition.recipe.steps.map(
    (step, j) =>
      `${cleanedValue(step, `source.${quoteIdentifier(step.feature, dialect)}`, dialect)} AS x${j}`,
  );
  const key = `source.${quoteIdentifier(definition.keyName, dialect)} AS customer_id`;
  const parts = table.split(".").map((part) => quoteIdentifier(part, dialect));
  return `${select("  ", [key, ...columns])}\n  FROM ${parts.join(".")} AS source`;
}

function transformedLayer(definition: Definition, dialect: Dialect): string {
  const { steps } = definition.recipe;
  const needed = steps.flatMap((step, j) => (step.whenMissing === "fallback" ? [`x${j} IS NULL`] : []));
  const columns = steps.map((step, j) => `${transformedValue(step, `x${j}`, dialect)} AS t${j}`);
  const isUnassigned = `${needed.join(" OR ") || "FALSE"} AS is_unassigned`;
  return `${select("  ", ["customer_id", isUnassigned, ...columns])}\n  FROM cleaned`;
}

function latticeLayer(definition: Definition, dialect: Dialect): string {
  const columns = definition.recipe.steps.map(
    (step, j) => `${latticeValue(step, `t${j}`, dialect)} AS q${j}`,
  );
  return `${select("  ", ["customer_id", "is_unassigned", ...columns])}\n  FROM transformed`;
}

function distancesLayer(definition: Definition): string {
  const columns = centresOf(definition).map((centre, s) => {
    const differences = centre.map((value, j) => `(q${j} - ${integerLiteral(value)})`);
    return `${differences.map((difference) => `${difference} * ${difference}`).join(" + ")} AS d${s}`;
  });
  return `${select("  ", ["customer_id", "is_unassigned", ...columns])}\n  FROM lattice`;
}

function centresOf({ model }: Definition): readonly (readonly number[])[] {
  if (model.kind === "kmeans-lattice") return model.centres;
  throw new InputError('exportDefinition: model must be kmeans-lattice, got "rules"');
}

function nearestLayer(definition: Definition): string {
  const distances = definition.segments.map((_, s) => `d${s}`);
  return `${select("  ", ["distances.*", `LEAST(${distances.join(", ")}) AS nearest_squared`])}\n  FROM distances`;
}

function indexedLayer(definition: Definition): string {
  const branches = definition.segments.map((_, s) => `WHEN d${s} = nearest_squared THEN ${s}`);
  return `${select("  ", ["nearest.*", `CASE ${branches.join(" ")} END AS segment_index`])}\n  FROM nearest`;
}

/** The distance of the next nearest: the nearest itself counts as the largest BIGINT. */
function rankedLayer(definition: Definition): string {
  const others = definition.segments.map(
    (_, s) => `CASE WHEN segment_index = ${s} THEN 9223372036854775807 ELSE d${s} END`,
  );
  return `${select("  ", ["indexed.*", `LEAST(${others.join(", ")}) AS next_squared`])}\n  FROM indexed`;
}

function lastLayer(definition: Definition, dialect: Dialect): string {
  const { segments, fallback } = definition;
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
  const columns = [
    "customer_id",
    `CASE WHEN is_unassigned THEN ${text(fallback.key)} ${keys.join(" ")} END AS segment`,
    `CASE WHEN is_unassigned THEN ${text(fallback.name)} ${names.join(" ")} END AS segment_name`,
    `CASE WHEN NOT is_unassigned THEN ${nearestRoot} / ${numberLiteral(latticeSteps, dialect)} END AS distance`,
    `CASE WHEN is_unassigned THEN NULL ${next.join(" ")} END AS runner_up`,
    `CASE WHEN is_unassigned THEN NULL ${margin} END AS margin`,
  ];
  return `${select("", columns)}\nFROM ranked`;
}

function select(margin: string, columns: readonly string[]): string {
  return `${margin}SELECT\n${columns.map((column) => `${margin}  ${column}`).join(",\n")}`;
}

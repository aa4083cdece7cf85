import type { ScoringDialect } from "../engine/dialect.js";
import { numberLiteral } from "../engine/sql-numbers.js";
import { quoteText } from "../engine/sql-text.js";
import type { Definition, KMeansDefinition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { rulesAsOf } from "../segments/rules-as-of.js";
import type { Score } from "../segments/rules-model.js";
import { type ConditionColumns, conditionSql } from "./condition-sql.js";
import { distanceLayers, nearestLayers } from "./kmeans-sql.js";
import type { SqlLayer } from "./sql-layers.js";
import { knownDay, knownNumber, knownText } from "./step-sql.js";

/** Where the layers of a rule definition start. */
interface RuleLayersOptions {
  readonly dialect: ScoringDialect;
  readonly from: string;
  /** Names of the columns that every layer hands on. */
  readonly kept: readonly string[];
  /** Column of an input, NULL where missing. */
  readonly input: (feature: string) => string;
  readonly prefix: string;
}

/** Reads the inputs of a rule definition, then decides: the last layer holds customer_id and segment, a key. */
export function ruleLayers(
  definition: Definition,
  dialect: ScoringDialect,
  source: { readonly from: string; readonly key: string; readonly column: (input: string) => string },
): SqlLayer[] {
  const inputs = inputsOf(definition);
  const position = new Map(inputs.map(({ name }, j) => [name, `x${j}`]));
  const known = { number: knownNumber, text: knownText, date: knownDay };
  const cleaned: SqlLayer = {
    name: "cleaned",
    from: `${source.from} AS source`,
    columns: [
      `${source.key} AS customer_id`,
      ...inputs.map(({ name, type }, j) => `${known[type](source.column(name), dialect)} AS x${j}`),
    ],
  };
  const deciding = decidingLayers(definition, {
    dialect,
    from: "cleaned",
    kept: ["customer_id", ...position.values()],
    input: (feature) => position.get(feature)!,
    prefix: "",
  });
  return [cleaned, ...deciding];
}

/** Embedded definitions first, then scores, then the first rule that holds: column `<prefix>segment`. */
function decidingLayers(definition: Definition, options: RuleLayersOptions): SqlLayer[] {
  const { dialect, prefix } = options;
  if (definition.model.kind === "kmeans-lattice")
    return embeddedKMeans(definition as KMeansDefinition, options);
  const model = rulesAsOf(definition);
  const layers: SqlLayer[] = [];
  let { from, kept } = options;
  const add = (next: readonly SqlLayer[], column: string): void => {
    layers.push(...next);
    from = next.at(-1)!.name;
    kept = [...kept, column];
  };
  definition.nested.forEach((inner, i) => {
    const innerPrefix = `${prefix}n${i}_`;
    add(decidingLayers(inner, { ...options, from, kept, prefix: innerPrefix }), `${innerPrefix}segment`);
  });
  const scoreColumns = new Map(model.scores.map(({ name }, j) => [name, `${prefix}r${j}`]));
  model.scores.forEach((score, j) => {
    const sql = scoreSql(score, options.input(score.feature), {
      dialect,
      column: (name) => scoreColumns.get(name)!,
    });
    const column = `${prefix}r${j}`;
    add([{ name: `${prefix}scored${j}`, from, columns: [...kept, `${sql} AS ${column}`] }], column);
  });
  const types = new Map(inputsOf(definition).map(({ name, type }) => [name, type]));
  const columns: ConditionColumns = {
    dialect,
    feature: (name) => ({ sql: options.input(name), type: types.get(name)! }),
    score: (name) => scoreColumns.get(name)!,
    membership: (id) => `${prefix}n${definition.nested.findIndex((inner) => inner.id === id)}_segment`,
  };
  const branches = model.rules.map(
    ({ segment, when }) => `\n      WHEN ${conditionSql(when, columns)} THEN ${quoteText(segment, dialect)}`,
  );
  const fallback = quoteText(definition.fallback.key, dialect);
  const decided =
    branches.length === 0 ? fallback : `CASE${branches.join("")}\n      ELSE ${fallback}\n    END`;
  return [
    ...layers,
    { name: `${prefix}decided`, from, columns: [...options.kept, `${decided} AS ${prefix}segment`] },
  ];
}

function embeddedKMeans(definition: KMeansDefinition, options: RuleLayersOptions): SqlLayer[] {
  const { dialect, prefix } = options;
  const kept = options.kept.map((name) => ({ name, sql: name }));
  const layers = distanceLayers(definition, {
    dialect,
    from: options.from,
    kept,
    prefix,
    rawValue: options.input,
  });
  const { indexed } = nearestLayers(definition, { dialect, kept, prefix });
  const keys = definition.segments.map(
    ({ key }, s) => `WHEN ${prefix}segment_index = ${s} THEN ${quoteText(key, dialect)}`,
  );
  const fallback = quoteText(definition.fallback.key, dialect);
  const segment = `CASE WHEN ${prefix}is_unassigned = 1 THEN ${fallback} ${keys.join(" ")} END AS ${prefix}segment`;
  const decided = {
    name: `${prefix}decided`,
    from: `${prefix}indexed`,
    columns: [...options.kept, segment],
  };
  return [...layers, ...indexed, decided];
}

/** A score is 1 and the count of cuts that the value exceeds, or the other way round. */
function scoreSql(
  { cuts, highIsGood, whenMissing, within }: Score,
  value: string,
  { dialect, column }: { readonly dialect: ScoringDialect; readonly column: (score: string) => string },
): string {
  const missing = `WHEN ${value} IS NULL THEN ${whenMissing ?? "NULL"}`;
  const scored = (own: readonly number[]): string => {
    const scoreAt = (above: number): number => (highIsGood ? 1 + above : own.length + 1 - above);
    const branches = own
      .map((cut, i) => `WHEN ${value} > ${numberLiteral(cut, dialect)} THEN ${scoreAt(i + 1)}`)
      .reverse();
    return `CASE ${[missing, ...branches].join(" ")} ELSE ${scoreAt(0)} END`;
  };
  if (within === undefined || within.cells.length === 0) return scored(cuts);
  const cells = within.cells.map(({ at, cuts: own }) => {
    const here = within.scores.map((name, i) => `${column(name)} = ${at[i]!}`).join(" AND ");
    return `WHEN ${here} THEN ${scored(own)}`;
  });
  return `CASE ${cells.join(" ")} ELSE ${scored(cuts)} END`;
}

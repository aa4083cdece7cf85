import type { ScoringDialect } from "../engine/dialect.js";
import { integerLiteral, numberLiteral } from "../engine/sql-numbers.js";
import type { KMeansDefinition } from "../segments/definition.js";
import { beyondEveryDistance, leastOf } from "./sql-functions.js";
import type { SqlLayer } from "./sql-layers.js";
import { cleanedValue, latticeDouble, latticeValue, transformedValue } from "./step-sql.js";

/** Where the layers of a k-means definition start. */
export interface KMeansLayersOptions {
  readonly dialect: ScoringDialect;
  /** What the first layer reads, as SQL after FROM. */
  readonly from: string;
  /** SQL for the raw value of a feature there. */
  readonly rawValue: (feature: string) => string;
  /** SQL of what the first layer hands on beside the values, with its name: the key first. */
  readonly kept: readonly { readonly name: string; readonly sql: string }[];
  /** Before the name of every layer and column, so that definitions can be nested. */
  readonly prefix: string;
}

/**
 * From raw values to squared distances, one step of the recipe per layer.
 *
 * The last layer, `distances`, hands on what was kept, `is_unassigned` (1 or 0) and `d0`, `d1`, …: whole numbers, so that ties
 * and borders fall alike in every engine.
 */
export function distanceLayers(definition: KMeansDefinition, options: KMeansLayersOptions): SqlLayer[] {
  const { dialect, from, rawValue, kept, prefix } = options;
  const latticeOf = staysDouble(dialect) ? latticeDouble : latticeValue;
  const { steps } = definition.recipe;
  const carried = kept.map(({ name }) => name);
  const name = (part: string, index: number): string => `${prefix}${part}${index}`;
  const needed = steps.flatMap((step, j) =>
    step.whenMissing === "fallback" ? [`${name("x", j)} IS NULL`] : [],
  );
  const isUnassigned = needed.length === 0 ? "0" : `CASE WHEN ${needed.join(" OR ")} THEN 1 ELSE 0 END`;
  const flag = `${prefix}is_unassigned`;
  return [
    {
      name: `${prefix}cleaned`,
      from,
      columns: [
        ...kept.map((column) => `${column.sql} AS ${column.name}`),
        ...steps.map(
          (step, j) => `${cleanedValue(step, rawValue(step.feature), dialect)} AS ${name("x", j)}`,
        ),
      ],
    },
    {
      name: `${prefix}transformed`,
      from: `${prefix}cleaned`,
      columns: [
        ...carried,
        `${isUnassigned} AS ${flag}`,
        ...steps.map((step, j) => `${transformedValue(step, name("x", j), dialect)} AS ${name("t", j)}`),
      ],
    },
    {
      name: `${prefix}lattice`,
      from: `${prefix}transformed`,
      columns: [
        ...carried,
        flag,
        ...steps.map((step, j) => `${latticeOf(step, name("t", j), dialect)} AS ${name("q", j)}`),
      ],
    },
    {
      name: `${prefix}distances`,
      from: `${prefix}lattice`,
      columns: [...carried, flag, ...distanceColumns(definition, options)],
    },
  ];
}

/**
 * DuckDB looks for overflow at every product of integers, which took half of the time; whole numbers up to 2^53 are exact as
 * doubles too.
 */
function staysDouble(dialect: ScoringDialect): boolean {
  return dialect === "duckdb";
}

function distanceColumns({ model }: KMeansDefinition, { dialect, prefix }: KMeansLayersOptions): string[] {
  const literal = (steps: number): string =>
    staysDouble(dialect) ? numberLiteral(steps, dialect) : integerLiteral(steps);
  return model.centres.map((centre, s) => {
    const differences = centre.map((value, j) => `(${prefix}q${j} - ${literal(value)})`);
    return `${differences.map((difference) => `${difference} * ${difference}`).join(" + ")} AS ${prefix}d${s}`;
  });
}

/** After the distances: `nearest_squared`, `segment_index` (ties go to the first) and, if asked for, `next_squared`. */
export function nearestLayers(
  definition: KMeansDefinition,
  { dialect, kept, prefix }: Pick<KMeansLayersOptions, "dialect" | "kept" | "prefix">,
): { readonly indexed: SqlLayer[]; readonly ranked: SqlLayer } {
  const distances = definition.model.centres.map((_, s) => `${prefix}d${s}`);
  const [nearest, index] = [`${prefix}nearest_squared`, `${prefix}segment_index`];
  const carried = [...kept.map(({ name }) => name), `${prefix}is_unassigned`, ...distances];
  const branches = distances.map((distance, s) => `WHEN ${distance} = ${nearest} THEN ${s}`);
  const others = distances.map(
    (distance, s) => `CASE WHEN ${index} = ${s} THEN ${beyondEveryDistance(dialect)} ELSE ${distance} END`,
  );
  const next = `${leastOf(others, dialect)} AS ${prefix}next_squared`;
  return {
    indexed: [
      {
        name: `${prefix}nearest`,
        from: `${prefix}distances`,
        columns: [...carried, `${leastOf(distances, dialect)} AS ${nearest}`],
      },
      {
        name: `${prefix}indexed`,
        from: `${prefix}nearest`,
        columns: [...carried, nearest, `CASE ${branches.join(" ")} END AS ${index}`],
      },
    ],
    ranked: {
      name: `${prefix}ranked`,
      from: `${prefix}indexed`,
      columns: [...carried, nearest, index, next],
    },
  };
}

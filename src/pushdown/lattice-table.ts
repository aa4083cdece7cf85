import { numberLiteral } from "../engine/sql-numbers.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { cleanedValue, latticeValue, transformedValue } from "../exports/step-sql.js";
import type { CountedValues } from "../features/counted-values.js";
import { type Recipe, type RecipeStep, transformValue } from "../features/recipe.js";
import type { CountedFeatures, FeatureTable } from "./count-features.js";
import type { PushdownDialect } from "./pushdown-engine.js";

/**
 * The query that takes raw features to the lattice: `customer_id`, then whole numbers `q0`, `q1`, … in the order of the steps.
 *
 * The same numbers as `applyRecipe`. Division, square root and rounding are exact alike everywhere; a logarithm's last bit is
 * not, so the few values that it could carry over a border of the lattice stand in the text with their numbers.
 */
export function latticeSql(
  recipe: Recipe,
  features: FeatureTable,
  { counted, dialect }: { readonly counted: CountedFeatures; readonly dialect: PushdownDialect },
): string {
  const { steps } = recipe;
  const counts = new Map(counted.columns);
  const key = quoteIdentifier(features.key, dialect);
  const column = (step: RecipeStep) => quoteIdentifier(features.columns.get(step.feature)!, dialect);
  const cleaned = steps.map((step, j) => `${cleanedValue(step, column(step), dialect)} AS x${j}`);
  const bent = steps.map((step, j) => `x${j}, ${transformedValue(step, `x${j}`, dialect)} AS t${j}`);
  const whole = steps.map((step, j) => {
    const value = latticeValue(step, `t${j}`, dialect);
    return `${settled(value, doubtfulValues(step, counts.get(step.feature)!), { name: `x${j}`, dialect })} AS q${j}`;
  });
  const from = quoteIdentifier(features.table, dialect);
  const first = `SELECT ${key} AS customer_id, ${cleaned.join(", ")} FROM ${from}`;
  const second = `SELECT customer_id, ${bent.join(", ")} FROM (${first}) AS cleaned`;
  return `SELECT customer_id, ${whole.join(", ")} FROM (${second}) AS transformed`;
}

/** Values whose lattice number a logarithm of another library could change, with the number that it has here. */
export function doubtfulValues(
  step: RecipeStep,
  { values }: CountedValues,
): readonly { readonly value: number; readonly steps: number }[] {
  const { transform, centre, scale } = step;
  if (transform === "identity" || transform === "sqrt") return [];
  const doubtful: { value: number; steps: number }[] = [];
  for (const value of values) {
    const bent = transformValue(value, transform);
    const z = Math.max(-8, Math.min(8, (bent - centre) / scale));
    const exact = z * 2 ** 20 + 0.5;
    const steps = Math.floor(exact);
    // Four units in the last place of the logarithm, and as much for what follows.
    const doubt = 2 ** 20 * 2 ** -49 * ((Math.abs(bent) + Math.abs(centre)) / scale + 8);
    if (Math.min(exact - steps, steps + 1 - exact) <= doubt) doubtful.push({ value, steps });
  }
  return doubtful;
}

function settled(
  sql: string,
  doubtful: ReturnType<typeof doubtfulValues>,
  { name, dialect }: { readonly name: string; readonly dialect: PushdownDialect },
): string {
  if (doubtful.length === 0) return sql;
  const whens = doubtful.map(
    ({ value, steps }) => `WHEN ${name} = ${numberLiteral(value, dialect)} THEN ${steps}`,
  );
  return `CASE ${whens.join(" ")} ELSE ${sql} END`;
}

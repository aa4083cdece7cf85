import { type Dialect, doubleType, numberLiteral } from "../engine/sql-text.js";
import type { RecipeStep } from "../features/recipe.js";
import { latticeSteps } from "../segments/definition.js";

/**
 * The raw value, NULL where missing: a NULL, a NaN (which sorts above every number), an infinity, or a value that the
 * transform cannot take and that would stop the query.
 */
export function cleanedValue(step: RecipeStep, column: string, dialect: Dialect): string {
  const value = `CAST(${column} AS ${doubleType(dialect)})`;
  const isHighEnough =
    step.transform === "log1p"
      ? `${value} > ${numberLiteral(-1, dialect)}`
      : `${value} >= ${numberLiteral(step.transform === "sqrt" ? 0 : -Number.MAX_VALUE, dialect)}`;
  return `CASE WHEN ${isHighEnough} AND ${value} <= ${numberLiteral(Number.MAX_VALUE, dialect)} THEN ${value} END`;
}

/** The value after imputing and the transform. */
export function transformedValue(step: RecipeStep, name: string, dialect: Dialect): string {
  const known = `COALESCE(${name}, ${numberLiteral(step.impute, dialect)})`;
  const one = numberLiteral(1, dialect);
  switch (step.transform) {
    case "identity":
      return dialect === "postgresql" ? withinPostgresRange(known, step) : known;
    case "log1p":
      return `LN(${one} + ${known})`;
    case "signedLog":
      return `SIGN(${known}) * LN(${one} + ABS(${known}))`;
    case "sqrt":
      return `SQRT(${known})`;
  }
}

/** Whole lattice steps: scale, clamp, round half up. */
export function latticeValue(step: RecipeStep, name: string, dialect: Dialect): string {
  const number = (value: number) => numberLiteral(value, dialect);
  const scaled = `(${name} - ${number(step.centre)}) / ${number(step.scale)}`;
  const clamped = `LEAST(GREATEST(${scaled}, ${number(-8)}), ${number(8)})`;
  return `CAST(FLOOR(${clamped} * ${number(latticeSteps)} + ${number(0.5)}) AS BIGINT)`;
}

/**
 * PostgreSQL stops with an error where a division overflows or underflows. Values beyond the clamp are drawn in to where
 * they still clamp, values too near 0 to move a lattice step become 0: the lattice value stays the same.
 */
function withinPostgresRange(value: string, step: RecipeStep): string {
  const number = (bound: number) => numberLiteral(bound, "postgresql");
  const drawnIn = `LEAST(GREATEST(${value}, ${number(clampedValue(step, -1))}), ${number(clampedValue(step, 1))})`;
  return `CASE WHEN ABS(${value}) < ${number(1e-290)} THEN ${number(0)} ELSE ${drawnIn} END`;
}

/** A value that surely clamps on that side, however coarse doubles are near the centre. */
function clampedValue(step: RecipeStep, side: 1 | -1): number {
  let deviations = 16;
  let value = step.centre + side * deviations * step.scale;
  while ((side * (value - step.centre)) / step.scale < 8) {
    deviations *= 2;
    value = step.centre + side * deviations * step.scale;
  }
  return side * Math.min(side * value, Number.MAX_VALUE);
}

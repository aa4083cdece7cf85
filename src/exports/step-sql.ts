import type { ScoringDialect } from "../engine/dialect.js";
import { doubleType, integerType, numberLiteral } from "../engine/sql-numbers.js";
import type { RecipeStep } from "../features/recipe.js";
import { latticeSteps } from "../segments/definition.js";
import { clampSql, divisionFaults, logarithmSql, textType } from "./sql-functions.js";

/**
 * The raw value, NULL where missing: a NULL, a NaN (which sorts above every number), an infinity, or a value that the
 * transform cannot take and that would stop the query.
 */
export function cleanedValue(step: RecipeStep, column: string, dialect: ScoringDialect): string {
  const { transform } = step;
  if (transform === "log1p") return knownNumber(column, dialect, ["> ", -1]);
  return knownNumber(column, dialect, [">= ", transform === "sqrt" ? 0 : -Number.MAX_VALUE]);
}

/** A finite number, NULL where missing. */
export function knownNumber(
  column: string,
  dialect: ScoringDialect,
  [operator, low]: readonly [string, number] = [">= ", -Number.MAX_VALUE],
): string {
  const value = `CAST(${column} AS ${doubleType(dialect)})`;
  const isHighEnough = `${value} ${operator}${numberLiteral(low, dialect)}`;
  return `CASE WHEN ${isHighEnough} AND ${value} <= ${numberLiteral(Number.MAX_VALUE, dialect)} THEN ${value} END`;
}

/** A text, whatever the column's type. */
export function knownText(column: string, dialect: ScoringDialect): string {
  return `CAST(${column} AS ${textType(dialect)})`;
}

/** A day as `YYYY-MM-DD`; NULL where the text has another shape. Engines have no pattern in common that knows digits. */
export function knownDay(column: string, dialect: ScoringDialect): string {
  const text = knownText(column, dialect);
  const withoutDigits = [..."0123456789"].reduce((rest, digit) => `REPLACE(${rest}, '${digit}', '')`, text);
  return `CASE WHEN ${text} LIKE '____-__-__' AND ${withoutDigits} = '--' THEN ${text} END`;
}

/** The value after imputing and the transform. */
export function transformedValue(step: RecipeStep, name: string, dialect: ScoringDialect): string {
  const known = `COALESCE(${name}, ${numberLiteral(step.impute, dialect)})`;
  const one = numberLiteral(1, dialect);
  switch (step.transform) {
    case "identity":
      return withinRange(known, step, dialect);
    case "log1p":
      return logarithmSql(`${one} + ${known}`, dialect);
    case "signedLog":
      return `SIGN(${known}) * ${logarithmSql(`${one} + ABS(${known})`, dialect)}`;
    case "sqrt":
      return `SQRT(${known})`;
  }
}

/** Whole lattice steps: scale, clamp, round half up. */
export function latticeValue(step: RecipeStep, name: string, dialect: ScoringDialect): string {
  return `CAST(${latticeDouble(step, name, dialect)} AS ${integerType(dialect)})`;
}

/** Whole lattice steps, still a double. */
export function latticeDouble(step: RecipeStep, name: string, dialect: ScoringDialect): string {
  const number = (value: number) => numberLiteral(value, dialect);
  const scaled = `(${name} - ${number(step.centre)}) / ${number(step.scale)}`;
  const clamped = clampSql(scaled, [number(-8), number(8)], dialect);
  return `FLOOR(${clamped} * ${number(latticeSteps)} + ${number(0.5)})`;
}

/**
 * Some engines stop with an error where a division overflows or underflows. Values beyond the clamp are drawn in to where
 * they still clamp, values too near 0 to move a lattice step become 0: the lattice value stays the same.
 */
function withinRange(value: string, step: RecipeStep, dialect: ScoringDialect): string {
  const number = (bound: number) => numberLiteral(bound, dialect);
  const faults = divisionFaults(dialect);
  if (faults === "none") return value;
  const range = [number(clampedValue(step, -1)), number(clampedValue(step, 1))] as const;
  const drawnIn = clampSql(value, range, dialect);
  if (faults === "overflow") return drawnIn;
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

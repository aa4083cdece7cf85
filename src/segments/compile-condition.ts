import type { Comparison, Condition } from "./condition.js";
import type { CustomerColumn } from "./customer-values.js";

/** What a condition is evaluated over, per row. */
export interface ConditionRows {
  /** Feature → values. */
  readonly columns: ReadonlyMap<string, CustomerColumn>;
  /** Score → values, NaN where missing. */
  readonly scores: ReadonlyMap<string, ArrayLike<number>>;
  /** Definition id → segment keys. */
  readonly memberships: ReadonlyMap<string, readonly string[]>;
}

/** A condition as a function of the row number. Days must be written out: see `rulesAsOf`. */
export function compileCondition(condition: Condition, rows: ConditionRows): (row: number) => boolean {
  if ("all" in condition) {
    const parts = condition.all.map((inner) => compileCondition(inner, rows));
    return (row) => parts.every((holds) => holds(row));
  }
  if ("any" in condition) {
    const parts = condition.any.map((inner) => compileCondition(inner, rows));
    return (row) => parts.some((holds) => holds(row));
  }
  if ("not" in condition) {
    const inner = compileCondition(condition.not, rows);
    return (row) => !inner(row);
  }
  if ("of" in condition) {
    const keys = rows.memberships.get(condition.of)!;
    return (row) => keys[row] === condition.segment;
  }
  const values =
    "feature" in condition ? rows.columns.get(condition.feature)! : rows.scores.get(condition.score)!;
  const test = testOf(condition);
  return (row) => test(values[row]!);
}

/** A condition on one value. */
export type Leaf = Exclude<
  Condition,
  { all: unknown } | { any: unknown } | { not: unknown } | { of: unknown }
>;

export function testOf(leaf: Leaf): (value: number | string | null) => boolean {
  if ("isMissing" in leaf) return isUnknown;
  if ("in" in leaf) {
    const members = new Set<unknown>(leaf.in);
    return (value) => !isUnknown(value) && members.has(value);
  }
  const { value: limit } = leaf;
  const compare = comparisons[leaf.is];
  return (value) => !isUnknown(value) && compare(value!, limit as number | string);
}

function isUnknown(value: number | string | null): boolean {
  return value === null || (typeof value === "number" && !Number.isFinite(value));
}

const comparisons: Readonly<Record<Comparison, (a: number | string, b: number | string) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

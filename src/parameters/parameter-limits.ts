import { describeGot, notAmong, type ValueProblem } from "./parameter-problem.js";
import type { ParameterValue } from "./parameter-type.js";

/** What a parameter's comments demand beyond its type. */
export interface ParameterLimits {
  readonly range?: readonly [number, number];
  readonly isWhole: boolean;
  readonly choices?: readonly ParameterValue[];
}

/** The first part of a value that is out of the range, not whole or no choice. Lists and objects are looked into. */
export function findLimitProblem(
  limits: ParameterLimits,
  value: ParameterValue,
  path: string = "",
): ValueProblem | undefined {
  if (typeof value === "object" && value !== null) {
    const parts = Array.isArray(value)
      ? value.map((item, i) => [`${path}[${i}]`, item] as const)
      : Object.entries(value).map(([name, item]) => [`${path}.${name}`, item] as const);
    for (const [at, part] of parts) {
      const problem = findLimitProblem(limits, part, at);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  if (limits.choices !== undefined && value !== null && !limits.choices.includes(value))
    return notAmong(limits.choices, value, path);
  if (typeof value !== "number" || isWithin(value, limits)) return undefined;
  return { path, must: `be ${describeRange(limits)}`, got: describeGot(value), hint: "" };
}

/** A range in words: `1 to 365`, `at least 1`, `at most 9`; empty if both sides are open. */
export function rangeText([low, high]: readonly [number, number]): string {
  if (low === -Infinity && high === Infinity) return "";
  if (high === Infinity) return `at least ${low}`;
  return low === -Infinity ? `at most ${high}` : `${low} to ${high}`;
}

function isWithin(value: number, { range = [-Infinity, Infinity], isWhole }: ParameterLimits): boolean {
  return value >= range[0] && value <= range[1] && (!isWhole || Number.isSafeInteger(value));
}

function describeRange({ range, isWhole }: ParameterLimits): string {
  const limits = range === undefined ? "" : rangeText(range);
  const isBothSided = /^-?[\d.]/.test(limits);
  if (isWhole) return `a whole number${limits && ` ${isBothSided ? `from ${limits}` : `of ${limits}`}`}`;
  return isBothSided ? `from ${limits}` : limits;
}

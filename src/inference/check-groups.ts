import { InputError } from "../core/errors.js";
import { countText } from "../core/number-text.js";

/** Squares of larger numbers would not fit. */
const largestSize = 1e150;

/** Throws unless there are at least two groups of finite numbers, each with `smallest` values or more. */
export function checkGroups(caller: string, groups: readonly ArrayLike<number>[], smallest: number): void {
  if (groups.length < 2) throw new InputError(`${caller}: groups must be at least 2, got ${groups.length}`);
  groups.forEach((group, index) => {
    if (group.length < smallest)
      throw new InputError(
        `${caller}: groups must hold at least ${smallest} value${smallest === 1 ? "" : "s"} each, got ${group.length} in group ${index}`,
      );
    for (let i = 0; i < group.length; i++)
      if (!(Math.abs(group[i]!) <= largestSize)) refuseValue(caller, group[i]!, `group ${index}, value ${i}`);
  });
}

function refuseValue(caller: string, value: number, where: string): never {
  if (Number.isFinite(value))
    throw new InputError(`${caller}: groups must hold numbers up to 1e150 in size, got ${value} at ${where}`);
  throw new InputError(
    `${caller}: groups must hold finite numbers, got ${String(value)} at ${where}. Leave missing values out first: { missing: "leave-out" }`,
  );
}

/** What happens to missing values (NaN): an error, or left out and counted in the notes. */
export interface MissingOptions {
  /** Default "refuse". An infinite value is refused in either case. */
  readonly missing?: "refuse" | "leave-out";
}

/** Checked groups without missing values. */
export interface KnownGroups {
  readonly groups: readonly ArrayLike<number>[];
  /** How many values were left out. */
  readonly notes: readonly string[];
}

/** Leaves missing values out where that was asked for, then checks the groups as {@link checkGroups} does. */
export function knownGroups(
  caller: string,
  given: readonly ArrayLike<number>[],
  { smallest, missing = "refuse" }: MissingOptions & { readonly smallest: number },
): KnownGroups {
  if (missing === "refuse") {
    checkGroups(caller, given, smallest);
    return { groups: given, notes: [] };
  }
  const groups = given.map((group) => Float64Array.from(group).filter((value) => !Number.isNaN(value)));
  checkGroups(caller, groups, smallest);
  const leftOut = rowCountOf(given) - rowCountOf(groups);
  return {
    groups,
    notes:
      leftOut === 0
        ? []
        : [`Left out as missing: ${countText(leftOut)} of ${countText(rowCountOf(given))} values.`],
  };
}

/** Values in all groups together. */
export function rowCountOf(groups: readonly ArrayLike<number>[]): number {
  return groups.reduce((sum, group) => sum + group.length, 0);
}

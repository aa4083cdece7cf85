import { InputError } from "../core/errors.js";

/** Throws unless there are at least two groups of finite numbers, each with `smallest` values or more. */
export function checkGroups(caller: string, groups: readonly ArrayLike<number>[], smallest: number): void {
  if (groups.length < 2) throw new InputError(`${caller}: groups must be at least 2, got ${groups.length}`);
  groups.forEach((group, index) => {
    if (group.length < smallest)
      throw new InputError(
        `${caller}: groups must hold at least ${smallest} value${smallest === 1 ? "" : "s"} each, got ${group.length} in group ${index}`,
      );
    for (let i = 0; i < group.length; i++)
      if (!Number.isFinite(group[i]))
        throw new InputError(
          `${caller}: groups must hold finite numbers, got ${String(group[i])} at group ${index}, value ${i}. Leave missing values out first`,
        );
  });
}

import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** Throws unless there is one flag per customer and each is 0 or 1. */
export function checkFlags(caller: string, name: string, flags: ArrayLike<number>, length: number): void {
  checkSameLength(caller, name, flags, length, "one per customer");
  const stray = Array.from(flags).findIndex((flag) => flag !== 0 && flag !== 1);
  if (stray >= 0)
    throw new InputError(`${caller}: ${name} must be 0 or 1, got ${describeValue(flags[stray])} at ${stray}`);
}

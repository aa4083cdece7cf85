import { checkNumber } from "../core/check.js";

/** The parameters that a caller starts from, in order; undefined where none are given. */
export function startOf(
  caller: string,
  names: readonly string[],
  start: Readonly<Record<string, number>> | undefined,
): readonly number[] | undefined {
  if (start === undefined) return undefined;
  return names.map((name) => {
    checkNumber(caller, `start.${name}`, start[name], 1e-9, 1e9);
    return start[name]!;
  });
}

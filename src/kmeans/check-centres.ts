import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/**
 * Throws unless every centre has one finite value per column.
 *
 * @param requirement - What the argument must be, for the message: "6 centres of 8 finite values".
 */
export function checkCentres(
  centres: readonly (readonly number[])[],
  columnCount: number,
  { caller, argument, requirement }: Readonly<Record<"caller" | "argument" | "requirement", string>>,
): void {
  for (const [i, centre] of centres.entries()) {
    const wrong = centre.find((value) => !Number.isFinite(value));
    if (wrong === undefined && centre.length === columnCount) continue;
    const got = wrong === undefined ? `${centre.length} values` : describeValue(wrong);
    throw new InputError(`${caller}: ${argument} must be ${requirement}, got ${got} at centre ${i}`);
  }
}

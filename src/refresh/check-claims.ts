import { checkNumber, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** A sentence that somebody published, bound to the number it says. */
export interface Claim {
  readonly sentence: string;
  /** The number as the sentence has it. */
  readonly value: number;
  /** How far the number may be off while the sentence stays true, either way; 0 or more. */
  readonly tolerance: number;
}

/** A claim beside the number of a later run. */
export interface CheckedClaim extends Claim {
  /** The number now; null where the run had no claim with this sentence. */
  readonly now: number | null;
  readonly holds: boolean;
  /** `now` less `value`; null without a number. */
  readonly difference: number | null;
}

/**
 * Which published sentences a later run still bears out.
 *
 * A claim holds where the number now is within its tolerance. A sentence that the later run does not have, or whose number is not
 * finite there, does not hold. O(claims).
 *
 * @param published - Claims as they were recorded.
 * @param now - Claims of the later run: same sentences, new values.
 * @returns In the order of the published ones.
 * @throws InputError if a sentence is empty or stands twice, or a number is not finite, or a tolerance below 0.
 */
export function checkClaims(published: readonly Claim[], now: readonly Claim[]): readonly CheckedClaim[] {
  requireDistinct("published", published);
  requireDistinct("now", now);
  for (const { sentence, value, tolerance } of published) {
    checkNumber("checkClaims", `value of ${describeValue(sentence)}`, value);
    checkNumber("checkClaims", `tolerance of ${describeValue(sentence)}`, tolerance, 0, Number.MAX_VALUE);
  }
  const values = new Map(now.map(({ sentence, value }) => [sentence, value]));
  return published.map((claim) => {
    const found = values.get(claim.sentence);
    const isKnown = found !== undefined && Number.isFinite(found);
    const difference = isKnown ? found - claim.value : null;
    // A number that rounds to the border is within it.
    const holds = difference !== null && Math.abs(difference) <= claim.tolerance * (1 + 1e-12) + 1e-15;
    return { ...claim, now: isKnown ? found : null, difference, holds };
  });
}

function requireDistinct(name: string, claims: readonly Claim[]): void {
  const seen = new Set<string>();
  for (const { sentence } of claims) {
    if (sentence.trim() === "")
      throw new InputError(`checkClaims: sentences of ${name} must not be empty, got one`);
    if (seen.has(sentence))
      throw new InputError(
        `checkClaims: sentences of ${name} must differ, got ${describeValue(sentence)} twice`,
      );
    seen.add(sentence);
  }
}

import { createHash } from "node:crypto";
import { checkCount, checkNumber, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import { chiSquareUpperTail } from "../inference/tail-probability.js";

/**
 * Who is left out of a campaign: each customer by a hash of the key, so that the answer is the same whenever it is asked.
 *
 * 1 for left out, 0 for not, in the order of the keys. A new customer changes nobody else's answer; another name draws anew. The
 * share is met up to chance. O(customers).
 *
 * @param share - Of the customers to leave out, 0…1; one for all, or one per customer (that of the segment).
 * @param name - Name of the test, such as `spring-mail-2026`.
 * @throws InputError if a share is out of range or the name is empty.
 */
export function assignHoldout(
  keys: readonly string[],
  share: number | ArrayLike<number>,
  name: string,
): Uint8Array {
  if (name === "") throw new InputError("assignHoldout: name must not be empty, got an empty text");
  return Uint8Array.from(keys, (key, i) => {
    const own = typeof share === "number" ? share : share[i];
    checkNumber("assignHoldout", "share", own, 0, 1);
    return fractionOf(key, name) < own ? 1 : 0;
  });
}

/** Uniform in 0…1, from the first 48 bits of SHA-256 over the name and the key, kept apart by a byte that keys hardly hold. */
function fractionOf(key: string, name: string): number {
  const digest = createHash("sha256").update(`${name}\u0000${key}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** Whether the arms are as large as they were meant to be. */
export interface SampleRatioCheck {
  readonly statistic: number;
  readonly pValue: number;
  /** False below 0.001: customers were lost or doubled on one side, and no effect can be read. */
  readonly isSound: boolean;
}

/**
 * Whether customers arrived in the arms in the shares that were planned.
 *
 * χ² with one degree of freedom per arm less one. O(arms).
 *
 * @param counts - Customers seen in each arm; whole numbers.
 * @param shares - Planned share of each arm, above 0, in any unit.
 * @throws InputError if counts and shares differ in length, a count is not whole, nobody was seen or a share is not above 0.
 * @see Fabijan et al. (2019), doi:10.1145/3292500.3330722, on the limit 0.001
 */
export function checkSampleRatio(counts: readonly number[], shares: readonly number[]): SampleRatioCheck {
  if (counts.length !== shares.length || counts.length < 2)
    throw new InputError(
      `checkSampleRatio: counts and shares must be at least 2 each and as many, got ${counts.length} and ${shares.length}`,
    );
  const stray = shares.findIndex((share) => !(share > 0 && share < Infinity));
  if (stray >= 0)
    throw new InputError(
      `checkSampleRatio: shares must be above 0, got ${describeValue(shares[stray])} at ${stray}`,
    );
  for (const [i, count] of counts.entries()) checkCount("checkSampleRatio", `counts[${i}]`, count, 0);
  const [seen, planned] = [sum(counts), sum(shares)];
  if (!(seen > 0)) throw new InputError("checkSampleRatio: counts must not all be 0, got nobody");
  const statistic = sum(
    counts.map((count, i) => {
      const expected = (seen * shares[i]!) / planned;
      return (count - expected) ** 2 / expected;
    }),
  );
  const pValue = chiSquareUpperTail(statistic, counts.length - 1);
  return { statistic, pValue, isSound: pValue >= 0.001 };
}

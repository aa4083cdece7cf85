import { logGamma, normalQuantile } from "../core/special-functions.js";
import type { GroupMoments } from "../inference/group-moments.js";

/** Below this the quantile is taken from the logarithm of the probability: a double runs out of digits, then of numbers. */
const smallProbability = 1e-4;

/**
 * How far a segment's mean lies from that of all, in standard deviations of the mean of so many customers drawn from all.
 *
 * No unit; the sign is the direction, beyond ±2 hardly by chance. A ranking: of a feature that formed the segments it is large
 * by construction, so no p-value is made of it. O(1).
 *
 * @param everyone - Moments of all customers, the segment's among them.
 * @returns null where the segment is everyone or nothing varies.
 * @see Lebart, Morineau & Piron (1995), Statistique exploratoire multidimensionnelle. Checked against FactoMineR in test/reference/v-tests.json.
 */
export function numberVTest(segment: GroupMoments, everyone: GroupMoments): number | null {
  const { size, mean } = segment;
  const spread = (everyone.variance * (everyone.size - 1)) / everyone.size;
  if (size === 0 || size >= everyone.size || !(spread > 0)) return null;
  const chance = ((spread / size) * (everyone.size - size)) / (everyone.size - 1);
  return (mean - everyone.mean) / Math.sqrt(chance);
}

/** How often a category is met in a segment and among all. */
export interface CategoryCounts {
  /** Customers of the segment with the category. */
  readonly count: number;
  /** Customers of the segment whose value is known. */
  readonly size: number;
  /** All customers with the category. */
  readonly total: number;
  /** All customers whose value is known. */
  readonly everyone: number;
}

/**
 * How unusual a category is in a segment, on the same scale as {@link numberVTest}.
 *
 * The normal quantile of the two-sided hypergeometric mid-probability; above 0: more frequent than among all. O(√everyone).
 *
 * @returns null where the segment is everyone, or everyone or nobody has the category.
 * @see Lebart, Morineau & Piron (1995). Checked against FactoMineR in test/reference/v-tests.json.
 */
export function categoryVTest({ count, size, total, everyone }: CategoryCounts): number | null {
  if (size === 0 || size >= everyone || total === 0 || total >= everyone) return null;
  const isAbove = count / size > total / everyone;
  const logPoint =
    logChoose(total, count) + logChoose(everyone - total, size - count) - logChoose(everyone, size);
  const beyond = sumBeyond({ count, size, total, everyone }, isAbove ? 1 : -1);
  const point = Math.exp(logPoint);
  const otherSide = Math.max(0, 1 - point * (1 + beyond));
  // Close to what is expected the other side may be the smaller one.
  if (otherSide < point * beyond) return distanceOf(Math.log(2 * otherSide + point), isAbove);
  return distanceOf(logPoint + Math.log(2 * beyond + 1), isAbove);
}

/** Probability of counts farther out than this one, as a multiple of the probability of this one. */
function sumBeyond({ count, size, total, everyone }: CategoryCounts, step: 1 | -1): number {
  const end = step === 1 ? Math.min(size, total) : Math.max(0, size + total - everyone);
  let ratio = 1;
  let sum = 0;
  for (let k = count; k !== end; k += step) {
    const up = step === 1 ? k : k - 1;
    const rise = ((total - up) * (size - up)) / ((up + 1) * (everyone - total - size + up + 1));
    ratio *= step === 1 ? rise : 1 / rise;
    sum += ratio;
    if (ratio < 1e-18 * sum) break;
  }
  return sum;
}

function distanceOf(logProbability: number, isAbove: boolean): number {
  const logHalf = logProbability - Math.LN2;
  const distance =
    logHalf > Math.log(smallProbability) ? -normalQuantile(Math.exp(logHalf)) : farQuantile(logHalf);
  return isAbove ? distance : -distance;
}

/** The z above which a standard normal lies with so small a probability, by Newton on the logarithm of its tail. */
function farQuantile(logTail: number): number {
  let z = Math.sqrt(-2 * logTail);
  for (let i = 0; i < 8; i++) {
    const ratio = inverseMillsRatio(z);
    const logDensity = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
    z += (logDensity - Math.log(ratio) - logTail) / ratio;
  }
  return z;
}

/** Density over upper tail of a standard normal, by Laplace's continued fraction, which is quick from z = 3 on. */
function inverseMillsRatio(z: number): number {
  let fraction = z;
  for (let i = 80; i >= 1; i--) fraction = z + i / fraction;
  return fraction;
}

function logChoose(all: number, some: number): number {
  return logGamma(all + 1) - logGamma(some + 1) - logGamma(all - some + 1);
}

import { digamma, logGamma } from "../core/special-functions.js";

/**
 * Log-likelihood of Gamma–Gamma for customers with so many purchases of such a mean amount; derivatives by p, q and v go into
 * `gradient`.
 *
 * @see Fader & Hardie (2013), note 025, equation 1a
 */
export function gammaGammaLikelihood(
  counts: Float64Array,
  means: Float64Array,
  [p, q, v]: Float64Array,
  gradient: Float64Array,
): number {
  const [logV, logGammaQ, slopeQ] = [Math.log(v!), logGamma(q!), digamma(q!)];
  let [total, byP, byQ, byV] = [0, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const x = counts[i]!;
    const shape = p! * x;
    const spent = x * means[i]!;
    const logAll = Math.log(spent + v!);
    const logSpent = Math.log(spent);
    const slope = digamma(shape + q!);
    total +=
      logGamma(shape + q!) -
      logGamma(shape) -
      logGammaQ +
      q! * logV +
      shape * logSpent -
      Math.log(means[i]!) -
      (shape + q!) * logAll;
    byP += x * (slope - digamma(shape) + logSpent - logAll);
    byQ += slope - slopeQ + logV - logAll;
    byV += q! / v! - (shape + q!) / (spent + v!);
  }
  gradient.set([byP, byQ, byV]);
  return total;
}

import { digamma, logGamma } from "../core/special-functions.js";
import type { LogLikelihood } from "./maximize-likelihood.js";

/**
 * Log-likelihood of Gamma–Gamma by p, q and v, for customers with so many purchases of such a mean amount.
 *
 * What hangs on the number of purchases alone is computed once for each number that occurs: a customer costs one logarithm.
 *
 * @see Fader & Hardie (2013), note 025, equation 1a
 */
export function gammaGammaLikelihood(counts: Float64Array, means: Float64Array): LogLikelihood {
  const spent = counts.map((x, i) => x * means[i]!);
  const logSpent = spent.map(Math.log);
  const logMeans = means.map(Math.log);
  const distinct = Float64Array.from(new Set(counts)).sort();
  const placeOf = new Map(Array.from(distinct, (x, i) => [x, i]));
  const place = Int32Array.from(counts, (x) => placeOf.get(x)!);
  return ([p, q, v], gradient) => {
    const forCount = Array.from(distinct, (x) => termsOf(p! * x, q!));
    const start = q! * Math.log(v!);
    let [total, byP, byQ, byV] = [0, 0, 0, 0];
    for (let i = 0; i < counts.length; i++) {
      const { shape, log, slopeAll, slopeShape } = forCount[place[i]!]!;
      const all = spent[i]! + v!;
      const logAll = Math.log(all);
      total += log + start + shape * logSpent[i]! - logMeans[i]! - (shape + q!) * logAll;
      byP += counts[i]! * (slopeAll - slopeShape + logSpent[i]! - logAll);
      byQ += slopeAll - logAll;
      byV += q! / v! - (shape + q!) / all;
    }
    gradient.set([byP, byQ + counts.length * (Math.log(v!) - digamma(q!)), byV]);
    return total;
  };
}

/** ln Γ(shape + q) − ln Γ(shape) − ln Γ(q), and the slopes of the first two. */
function termsOf(shape: number, q: number) {
  return {
    shape,
    log: logGamma(shape + q) - logGamma(shape) - logGamma(q),
    slopeAll: digamma(shape + q),
    slopeShape: digamma(shape),
  };
}

import type { LogLikelihood } from "./maximize-likelihood.js";
import type { CountedHistories } from "./purchase-histories.js";
import { risingSums } from "./rising-sums.js";
import { stoppedBetween } from "./stopped-between.js";

/**
 * Log-likelihood of Pareto/NBD in r, α, s, β.
 *
 * A customer is still there at the end of the look, or stopped at some time since the last purchase: the second is an integral
 * over that time, taken by quadrature instead of by two hypergeometric functions whose difference loses its digits.
 *
 * @see Schmittlein, Morrison & Colombo (1987), doi:10.1287/mnsc.33.1.1; Fader & Hardie (2005), note 009
 */
export function paretoLikelihood(histories: CountedHistories): LogLikelihood {
  const { repeats, lastRepeat, observed, customers } = histories;
  const most = repeats.reduce((high, x) => Math.max(high, x), 0);
  const byStop = new Float64Array(4);
  return (parameters, gradient) => {
    const [r, alpha, s, beta] = parameters as unknown as readonly [number, number, number, number];
    const ofR = risingSums(r, most);
    const [logAlpha, logBeta] = [Math.log(alpha), Math.log(beta)];
    let [total, byR, byAlpha, byS, byBeta] = [0, 0, 0, 0, 0];
    for (let i = 0; i < repeats.length; i++) {
      const x = repeats[i]!;
      const events = r + x;
      const [buying, staying] = [alpha + observed[i]!, beta + observed[i]!];
      const [logBuying, logStaying] = [Math.log(buying), Math.log(staying)];
      // Both parts are taken relative to the larger bound, the density at the last purchase, so that neither vanishes.
      const top = -events * Math.log(alpha + lastRepeat[i]!) - s * Math.log(beta + lastRepeat[i]!);
      const stays = Math.exp(-events * logBuying - s * logStaying - top);
      const stopped = stoppedBetween(
        { events, alpha, s, beta },
        { from: lastRepeat[i]!, to: observed[i]!, top },
        byStop,
      );
      const both = stays + stopped;
      const weight = customers[i]!;
      total += weight * (ofR.logs[x]! + r * logAlpha + s * logBeta + top + Math.log(both));
      byR += weight * (ofR.inverses[x]! + logAlpha + (byStop[0]! - stays * logBuying) / both);
      byAlpha += weight * (r / alpha + (byStop[1]! - (stays * events) / buying) / both);
      byS += weight * (logBeta + (byStop[2]! - stays * logStaying) / both);
      byBeta += weight * (s / beta + (byStop[3]! - (stays * s) / staying) / both);
    }
    gradient.set([byR, byAlpha, byS, byBeta]);
    return total;
  };
}

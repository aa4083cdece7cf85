import type { LogLikelihood } from "./maximize-likelihood.js";
import type { CountedHistories } from "./purchase-histories.js";
import { risingSums } from "./rising-sums.js";

/**
 * Log-likelihood of BG/NBD, or of MBG/NBD where a customer may stop right after the first purchase too, in r, α, a, b.
 *
 * In logarithms throughout, so that hundreds of purchases neither overflow nor vanish. Three logarithms and a power a history.
 *
 * @see Fader, Hardie & Lee (2005), doi:10.1287/mksc.1040.0098, equation 6; Batislam, Denizel & Filiztekin (2007),
 * doi:10.1016/j.ijresmar.2006.12.005, equation 5
 */
export function betaGeometricLikelihood(histories: CountedHistories, mayStopAtOnce: boolean): LogLikelihood {
  const { repeats, lastRepeat, observed, customers } = histories;
  const extra = mayStopAtOnce ? 1 : 0;
  const most = repeats.reduce((high, x) => Math.max(high, x), 0);
  return ([r, alpha, a, b], gradient) => {
    const ofR = risingSums(r!, most);
    const ofB = risingSums(b!, most + extra);
    const ofBoth = risingSums(a! + b!, most + extra);
    const logAlpha = Math.log(alpha!);
    // ln of the odds to stop after so many chances to, before the time since then is looked at.
    const stops = Float64Array.from({ length: most + extra + 1 }, (_, drawn) =>
      Math.log(a! / (b! + drawn - 1)),
    );
    let [total, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
    for (let i = 0; i < repeats.length; i++) {
      const x = repeats[i]!;
      const events = r! + x;
      const drawn = x + extra;
      const seen = alpha! + observed[i]!;
      const last = alpha! + lastRepeat[i]!;
      const logSeen = Math.log(seen);
      const gap = logSeen - Math.log(last);
      // Odds that the customer stopped after the last purchase, against being still there.
      const mayHaveStopped = drawn > 0;
      const logOdds = mayHaveStopped ? stops[drawn]! + events * gap : -Infinity;
      const smaller = Math.exp(-Math.abs(logOdds));
      const stopped = (logOdds > 0 ? 1 : smaller) / (1 + smaller);
      const weight = customers[i]!;
      total +=
        weight *
        (ofR.logs[x]! +
          r! * logAlpha +
          ofB.logs[drawn]! -
          ofBoth.logs[drawn]! -
          events * logSeen +
          Math.max(0, logOdds) +
          Math.log1p(smaller));
      byR += weight * (ofR.inverses[x]! + logAlpha - logSeen + stopped * gap);
      byAlpha += weight * (r! / alpha! - events / seen + stopped * events * (1 / seen - 1 / last));
      byA += weight * (stopped / a! - ofBoth.inverses[drawn]!);
      byB += weight * (ofB.inverses[drawn]! - ofBoth.inverses[drawn]!);
      if (mayHaveStopped) byB -= (weight * stopped) / (b! + drawn - 1);
    }
    gradient.set([byR, byAlpha, byA, byB]);
    return total;
  };
}

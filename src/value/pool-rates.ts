import { checkCount, checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { incompleteBeta } from "../core/special-functions.js";
import { sum } from "../core/sum.js";
import { findRoot } from "../inference/find-root.js";
import type { Interval } from "../inference/test-result.js";
import { betaBinomial, type CountedRate } from "./beta-binomial.js";
import { maximizeLikelihood } from "./maximize-likelihood.js";
import { likelyPriors, mostWeight, posteriorOf } from "./rate-posterior.js";

/** A share drawn towards that of all groups, the more the smaller the group. */
export interface PooledRate {
  /** Mean of the posterior, 0…1. */
  readonly rate: number;
  /** Equal-tailed interval of the posterior. */
  readonly interval: Interval;
  /** The beta distribution with the mean and variance of the posterior. */
  readonly a: number;
  readonly b: number;
}

/** Pooled rates and the spread they were pooled by. */
export interface PooledRates {
  /** In the order of the groups. */
  readonly rates: readonly PooledRate[];
  /** Mean of the rates over groups. */
  readonly mean: number;
  /** Customers' worth that the mean counts in each rate: large where groups hardly differ, however few customers show it. */
  readonly priorWeight: number;
}

/**
 * Rates of groups, partly pooled, so that a small group does not win or lose by luck.
 *
 * Empirical Bayes: true rates are beta over groups, with the beta that makes the counts likeliest. Intervals know that the mean and the
 * spread of the groups are estimates: they are taken over all spreads as likely as the counts make them. A group without rows gets the
 * mean. O(groups + successes).
 *
 * @throws InputError if no group has rows, or a count is not a whole number with successes up to the total.
 * @see Efron & Morris (1975), doi:10.1080/01621459.1975.10479864; Morris (1983), doi:10.1080/01621459.1983.10477920, on the variance;
 * beta-binomial likelihood of Skellam (1948)
 */
export function poolRates(groups: readonly CountedRate[], level: number = 0.95): PooledRates {
  checkNumber("poolRates", "level", level, 0.5, 0.999);
  for (const [i, { successes, total }] of groups.entries()) {
    checkCount("poolRates", `groups[${i}].total`, total, 0);
    checkCount("poolRates", `groups[${i}].successes`, successes, 0, total, "the total");
  }
  const seen = groups.filter(({ total }) => total > 0);
  const all = sum(seen.map(({ total }) => total));
  const done = sum(seen.map(({ successes }) => successes));
  if (all === 0) throw new InputError("poolRates: groups must have rows, got none");
  const { mean, weight } = priorOf(seen, { all, done });
  const priors = likelyPriors(seen, { mean, weight });
  return {
    rates: groups.map((group) => {
      const [a, b] = posteriorOf(group, weight, priors);
      return { rate: a / (a + b), interval: intervalOf(a, b, level), a, b };
    }),
    mean,
    priorWeight: weight,
  };
}

/** Mean and weight of the beta under which the counts are likeliest. */
function priorOf(
  groups: readonly CountedRate[],
  { all, done }: { readonly all: number; readonly done: number },
): { readonly mean: number; readonly weight: number } {
  // Half a success and half a failure keep the mean off 0 and 1, where nothing could be drawn towards it.
  const plain = (done + 0.5) / (all + 1);
  if (groups.length < 2 || done === 0 || done === all) return { mean: plain, weight: mostWeight };
  const most = Math.max(...groups.map(({ total }) => total));
  const best = [2, 50]
    .map((weight) =>
      maximizeLikelihood(
        ([a, b], gradient) => betaBinomial(groups, most, [a!, b!], gradient),
        [plain * weight, (1 - plain) * weight],
        groups.length,
      ),
    )
    .reduce((x, y) => (y.logLikelihood > x.logLikelihood ? y : x));
  const [a, b] = best.parameters as unknown as readonly [number, number];
  return a + b > mostWeight ? { mean: plain, weight: mostWeight } : { mean: a / (a + b), weight: a + b };
}

function intervalOf(a: number, b: number, level: number): Interval {
  const at = (share: number) => findRoot((x) => incompleteBeta(x, a, b) - share, 0, 1);
  return {
    low: at((1 - level) / 2),
    high: at((1 + level) / 2),
    level,
    method: "beta-binomial, empirical Bayes",
  };
}

import { checkCount, checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { incompleteBeta } from "../core/special-functions.js";
import { sum } from "../core/sum.js";
import { findRoot } from "../inference/find-root.js";
import type { Interval } from "../inference/test-result.js";
import { maximizeLikelihood } from "./maximize-likelihood.js";
import { risingSums } from "./rising-sums.js";

/** So many of so many did it. */
export interface CountedRate {
  readonly successes: number;
  readonly total: number;
}

/** A share drawn towards that of all groups, the more the smaller the group. */
export interface PooledRate {
  /** Mean of the posterior, 0…1. */
  readonly rate: number;
  /** Equal-tailed interval of the posterior. */
  readonly interval: Interval;
  /** The posterior is beta(a, b). */
  readonly a: number;
  readonly b: number;
}

/** Pooled rates and the spread they were pooled by. */
export interface PooledRates {
  /** In the order of the groups. */
  readonly rates: readonly PooledRate[];
  /** Mean of the rates over groups. */
  readonly mean: number;
  /** How many customers' worth of evidence the other groups are: large where groups hardly differ. */
  readonly priorWeight: number;
}

/** Beyond this weight groups do not differ to any digit that is shown. */
const mostWeight = 1e5;

/**
 * Rates of groups, partly pooled, so that a small group does not win or lose by luck.
 *
 * Empirical Bayes: true rates are beta over groups, with the beta that makes the counts likeliest. A group without rows gets the
 * mean. O(groups + successes).
 *
 * @throws InputError if no group has rows, or a count is not a whole number with successes up to the total.
 * @see Efron & Morris (1975), doi:10.1080/01621459.1975.10479864; beta-binomial likelihood of Skellam (1948)
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
  return {
    rates: groups.map(({ successes, total }) => {
      const [a, b] = [mean * weight + successes, (1 - mean) * weight + total - successes];
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

function betaBinomial(
  groups: readonly CountedRate[],
  most: number,
  [a, b]: readonly [number, number],
  gradient: Float64Array,
): number {
  const [ofA, ofB, ofBoth] = [risingSums(a, most), risingSums(b, most), risingSums(a + b, most)];
  let [total, byA, byB] = [0, 0, 0];
  for (const { successes, total: rows } of groups) {
    const failures = rows - successes;
    total += ofA.logs[successes]! + ofB.logs[failures]! - ofBoth.logs[rows]!;
    byA += ofA.inverses[successes]! - ofBoth.inverses[rows]!;
    byB += ofB.inverses[failures]! - ofBoth.inverses[rows]!;
  }
  gradient.set([byA, byB]);
  return total;
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

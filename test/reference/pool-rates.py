"""Posterior of rates of groups by numerical integration, for test/value/act-on-segments.test.ts.

Run: python3 pool-rates.py > pool-rates.json     Python 3.11.7, numpy 2.4.6, scipy 1.17.1.
True rates are beta over groups. Mean even on 0 to 1, the standard deviation of the rates even, weights 0.5 to 100,000; every pair of
mean and weight counts by its beta-binomial likelihood, and a rate is the mixture of their betas. Tolerance of the test: ends of the
intervals within 15 % of the width for groups of 50 rows or more, for ours keep the likeliest mean and match two moments by one beta;
fewer rows know more of the mean's own scatter than that (a group of ten is a quarter narrower).
"""
import json
import sys

import numpy as np
from scipy import optimize, stats

with open("act.json") as file:
    pool = json.load(file)["pool"]
successes, totals = np.array(pool["successes"]), np.array(pool["totals"])
weights = np.exp(np.linspace(np.log(0.5), np.log(1e5), 161))
means = (np.arange(400) + 0.5) / 400
mean, weight = np.meshgrid(means, weights, indexing="ij")
logs = np.log(weight) - 1.5 * np.log1p(weight) + 0.5 * np.log(mean * (1 - mean))
for done, total in zip(successes, totals):
    logs += stats.betabinom.logpmf(done, total, mean * weight, (1 - mean) * weight)
share = np.exp(logs - logs.max())
share /= share.sum()
kept = share > 1e-9


def quantile(done, total, level):
    a, b = (mean * weight + done)[kept], ((1 - mean) * weight + total - done)[kept]
    below = lambda rate: (share[kept] * stats.beta.cdf(rate, a, b)).sum() / share[kept].sum() - level
    return optimize.brentq(below, 1e-9, 1 - 1e-9, xtol=1e-10)


json.dump(
    {
        "low": [quantile(d, t, 0.025) for d, t in zip(successes, totals)],
        "high": [quantile(d, t, 0.975) for d, t in zip(successes, totals)],
    },
    sys.stdout,
)

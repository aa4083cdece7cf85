"""Reference numbers on products: affinity by segment, pairs in baskets, demand, gaps to look-alikes.

Usage: python products.py > products.json
Versions: numpy 2.4.6, pandas 3.1.1, scipy 1.x, statsmodels 0.15.0, mlxtend 0.25.0 (written into the file).
Tolerance in the tests: 1e-9 relative; standard errors of ln(lift) 8 %, 15 % where fewer than 25 buyers are expected (2,000 bootstrap resamples, and linearisation is approximate).
"""
import json
import sys

import mlxtend
import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from mlxtend.frequent_patterns import apriori, association_rules
from scipy.stats import fisher_exact
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests

random = np.random.default_rng(20260331)

# 600 customers in three segments, of whom the third buys more of everything; eight items.
customers, items = 600, list("ABCDEFGH")
labels = random.integers(0, 3, customers)
lean = np.array([[1, 1, 1, 1, 1, 1, 1, 1], [2, 0.5, 1, 1, 1, 1, 1.4, 1], [2, 2, 2, 2, 1.7, 2, 2, 2]])[labels]
base = np.array([0.3, 0.25, 0.2, 0.2, 0.15, 0.1, 0.08, 0.02])
bought = random.random((customers, len(items))) < base * lean
some = bought.any(axis=1)


def expected_of(b, l, strata):
    out = np.zeros((3, b.shape[1]))
    for s in np.unique(strata):
        at = strata == s
        for g in range(3):
            out[g] += (at & (l == g)).sum() * b[at].mean(axis=0)
    return out


def observed_of(b, l):
    return np.array([b[l == g].sum(axis=0) for g in range(3)], dtype=float)


def affinity(strata):
    b, l = bought[some], labels[some]
    observed, expected = observed_of(b, l), expected_of(b, l, strata)
    p = np.ones_like(observed)
    for g in range(3):
        for i in range(len(items)):
            tables = []
            for s in np.unique(strata):
                at = strata == s
                inside, yes = (l == g) & at, b[:, i] & at
                table = [[(inside & yes).sum(), (inside & ~yes & at).sum()], [(yes & ~inside).sum(), (at & ~yes & ~inside).sum()]]
                tables.append(np.asarray(table, dtype=float).T)
            p[g, i] = StratifiedTable(tables).test_null_odds(correction=False).pvalue
    draws = []
    for _ in range(2000):
        # Within segment and part: how many customers there are in each is taken as it is.
        rows = np.concatenate([random.choice(at, len(at)) for at in (np.flatnonzero((l == g) & (strata == s)) for g in range(3) for s in np.unique(strata)) if len(at)])
        draws.append(np.log((observed_of(b[rows], l[rows]) + 0.5) / (expected_of(b[rows], l[rows], strata[rows]) + 0.5)))
    judged = (expected >= 5) & (b.sum(axis=0) >= 10)
    q = np.full_like(p, np.nan)
    q[judged] = multipletests(p[judged], method="fdr_bh")[1]
    return {
        "buyers": observed.tolist(),
        "expected": expected.tolist(),
        "qValue": [[None if np.isnan(v) else v for v in row] for row in q],
        "logError": np.std(draws, axis=0, ddof=1).tolist(),
    }


breadth = bought[some].sum(axis=1)
plain = affinity(np.zeros(some.sum(), dtype=int))
# Two parts: up to the median number of different items, and above it.
alike = affinity((breadth > np.median(breadth)).astype(int))

# Pairs in 500 baskets of ten items, two of which go together.
baskets = pd.DataFrame(random.random((500, 10)) < np.linspace(0.05, 0.4, 10), columns=list("abcdefghij"))
baskets["c"] |= baskets["b"] & (random.random(500) < 0.5)
baskets = baskets[baskets.any(axis=1)]
sets = apriori(baskets, min_support=1e-9, use_colnames=True, max_len=2)
rules = association_rules(sets, num_itemsets=len(baskets), metric="support", min_threshold=1e-9)
pairs = []
for _, rule in rules.iterrows():
    (a,), (b,) = rule["antecedents"], rule["consequents"]
    n, x, y = len(baskets), int(baskets[a].sum()), int(baskets[b].sum())
    if (x, a) > (y, b):
        continue
    both = int((baskets[a] & baskets[b]).sum())
    table = [[both, x - both], [y - both, n - x - y + both]]
    p = fisher_exact(table, alternative="greater")[1] if both * n > x * y else 1.0
    pairs.append({"first": a, "second": b, "together": both, "support": rule["support"], "confidence": rule["confidence"], "lift": rule["lift"], "pValue": p})
for pair, q in zip(pairs, multipletests([pair["pValue"] for pair in pairs], method="fdr_bh")[1]):
    pair["qValue"] = q

# A monthly series of three years; the sum of the next three months from a line with months of the year, by statsmodels.
t = np.arange(36)
series = np.round(200 + 1.5 * t + 30 * np.sin(t * np.pi / 6) + random.normal(0, 8, 36))


def design(time):
    return np.column_stack([np.ones(len(time)), time] + [(time % 12 == m).astype(float) for m in range(1, 12)])


fit = sm.OLS(series, design(t)).fit()
ahead = design(np.arange(36, 39))
sum_row = ahead.sum(axis=0)
spread = np.sqrt(fit.scale * (3 + sum_row @ np.linalg.inv(design(t).T @ design(t)) @ sum_row))
reach = scipy.stats.t.ppf(0.95, fit.df_resid) * spread
total = float((ahead @ fit.params).sum())
errors = {"model": [], "seasonal naive": [], "naive": []}
for start in range(30, 34):
    fitted = sm.OLS(series[:start], design(t[:start])).fit()
    truth = series[start : start + 3]
    errors["model"] += list(np.maximum(0, design(np.arange(start, start + 3)) @ fitted.params) - truth)
    errors["seasonal naive"] += list(series[start - 12 : start - 9] - truth)
    errors["naive"] += list(series[start - 1] - truth)
scale = np.abs(series[12:30] - series[:18]).mean()
demand = {
    "series": series.tolist(),
    "periods": (ahead @ fit.params).tolist(),
    "low": total - reach,
    "high": total + reach,
    "scaledError": {rule: float(np.abs(e).mean() / scale) for rule, e in errors.items()},
    "rootError": {rule: float(np.sqrt(np.mean(np.square(e)))) for rule, e in errors.items()},
}

# Gap of a segment to look-alikes: a line through two traits outside it, robust errors (HC0).
traits = random.normal(0, 1, (customers, 2)) + labels[:, None] * 0.5
wants = (random.random(customers) < 0.2 + 0.1 * (traits[:, 0] > 0) + 0.2 * (labels == 1)).astype(float)
outside, inside = labels != 0, labels == 0
line = sm.OLS(wants[outside], sm.add_constant(traits[outside])).fit(cov_type="HC0")
mean = np.concatenate([[1], traits[inside].mean(axis=0)])
n = int(inside.sum())
raised = (wants[inside].sum() + 0.5) / (n + 1)
gap = {
    "traits": traits.tolist(),
    "bought": wants.tolist(),
    "share": float(wants[inside].mean()),
    "expected": float(mean @ line.params),
    "error": float(np.sqrt(raised * (1 - raised) / n + mean @ line.cov_params() @ mean)),
}

json.dump(
    {
        "versions": {"numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "mlxtend": mlxtend.__version__},
        "items": items,
        "labels": labels.tolist(),
        "bought": bought.astype(int).tolist(),
        "plain": plain,
        "alike": alike,
        "baskets": [[name for name in baskets.columns if row[name]] for _, row in baskets.iterrows()],
        "pairs": pairs,
        "demand": demand,
        "gap": gap,
    },
    sys.stdout,
)
print()

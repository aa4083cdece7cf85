"""A made-up purchase table, its category indices, and their standard errors by bootstrap over customers.

Usage: python category-affinity.py > category-affinity.json. Wants numpy 2.4.6.
Tolerance in the tests: index 1e-9 relative; standard error of ln(index) 8 % (4,000 bootstrap resamples, and the delta method is approximate).
"""
import json
import sys

import numpy as np

random = np.random.default_rng(20260331)
customers, categories = 400, ["coats", "shirts", "shoes"]
labels = random.integers(0, 2, customers)
lean = np.where(labels[:, None] == 0, [1.0, 1.0, 1.0], [0.4, 1.2, 1.8])
amounts = np.round(random.gamma(1.5, 20, (customers, 3)) * lean * (random.random((customers, 3)) < 0.6), 2)


def indices(amounts, labels):
    share = amounts.sum(axis=0) / amounts.sum()
    return np.array([100 * amounts[labels == s].sum(axis=0) / amounts[labels == s].sum() / share for s in (0, 1)])


draws = []
for _ in range(4000):
    rows = random.integers(0, customers, customers)
    draws.append(np.log(indices(amounts[rows], labels[rows])))

json.dump({
    "versions": {"numpy": np.__version__},
    "labels": labels.tolist(),
    "categories": categories,
    "amounts": amounts.tolist(),
    "index": indices(amounts, labels).tolist(),
    "logError": np.std(draws, axis=0, ddof=1).tolist(),
}, sys.stdout)
print()

"""Expected numbers of test/methods/rfm-quantiles.test.ts: tiers of added quantile scores. Usage: python rfm-quantiles.py > rfm-quantiles.json

Wants numpy 2.4.6, pandas 3.1.1. Whole numbers, compared exactly. Many ties, and customers who never bought (recency null).
"""
import json

import numpy as np
import pandas as pd

rng = np.random.default_rng(7)
rows = 400
table = pd.DataFrame({
    "recency_days": rng.integers(1, 120, rows).astype(float),
    "order_count": rng.geometric(0.35, rows),
    "spend": np.round(rng.lognormal(4, 1, rows), 0),
})
table.loc[rng.choice(rows, 15, replace=False), "recency_days"] = np.nan


def score(values, bins, low_is_good):
    """The bin of pandas' own cut at the quantiles; many equal values leave bins unused."""
    edges = values.quantile([i / bins for i in range(1, bins)]).tolist()
    above = values.map(lambda value: sum(value > edge for edge in edges))
    scores = bins - above if low_is_good else 1 + above
    return scores.where(values.notna(), 1)


def tiers(bins, count):
    total = sum(score(table[name], bins, name == "recency_days") for name in table.columns)
    edges = total.quantile([i / count for i in range(1, count)]).unique()
    cut = pd.cut(total, [-np.inf, *edges, np.inf], labels=False)
    return {
        "bins": bins,
        "clusterCount": count,
        "totals": total.astype(int).tolist(),
        "sizesByTier": cut.value_counts().sort_index().tolist(),
        "tierOfRow": cut.tolist(),
    }


print(json.dumps({
    "versions": {"numpy": np.__version__, "pandas": pd.__version__},
    "columns": {name: [None if np.isnan(value) else value for value in table[name].tolist()] for name in table.columns},
    "tiers": [tiers(5, 6), tiers(5, 3), tiers(3, 4), tiers(10, 8)],
}))

"""Expected numbers of test/explore. Usage: python explore.py DATASETS > explore.json

Wants numpy 2.4.6, pandas 3.1.1, scipy 1.17.1. Tolerance in the tests: relative 1e-12, of skewness and correlations 1e-10.
"""
import json
import sys

import numpy as np
import pandas as pd
import scipy
from scipy import stats

folder = sys.argv[1]
wholesale = pd.read_csv(f"{folder}/wholesale/wholesale_customers_bom.csv", encoding="utf-8-sig")
campaign = pd.read_csv(f"{folder}/marketing_campaign/marketing_campaign_iso_dates.csv", sep=None, engine="python")
numbers = ["Income", "Recency", "MntWines", "NumWebPurchases"]
spends = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]


def summary(values):
    known = values.dropna().to_numpy(float)
    quartiles = np.quantile(known, [0.25, 0.5, 0.75])
    return {
        "count": len(known), "missing": int(values.isna().sum()), "mean": float(known.mean()),
        "standardDeviation": float(known.std(ddof=1)), "minimum": float(known.min()), "maximum": float(known.max()),
        "lowerQuartile": float(quartiles[0]), "median": float(quartiles[1]), "upperQuartile": float(quartiles[2]),
        "skewness": float(stats.skew(known, bias=False)), "zeros": int((known == 0).sum()),
    }


def pair(frame, a, b):
    both = frame[[a, b]].dropna()
    return {
        "pair": [a, b], "pearson": float(stats.pearsonr(both[a], both[b]).statistic),
        "spearman": float(stats.spearmanr(both[a], both[b]).statistic),
    }


print(json.dumps({
    "versions": {"numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__},
    "numbers": {name: summary(campaign[name]) for name in numbers},
    "categories": {str(key): int(count) for key, count in campaign["Marital_Status"].value_counts().items()},
    "campaignPairs": [pair(campaign, a, b) for i, a in enumerate(numbers) for b in numbers[:i]],
    "wholesalePairs": [pair(wholesale, a, b) for i, a in enumerate(spends) for b in spends[:i]],
}, indent=1))

"""Expected numbers of test/features/fit-recipe.test.ts. Usage: python recipe.py DATASETS > recipe.json

Wants numpy 2.4.6, pandas 3.1.1, scipy 1.17.1. Tolerance in the tests: relative 1e-12, of skewness 1e-10.
"""
import json
import sys

import numpy as np
import pandas as pd
import scipy
from scipy import stats

folder = sys.argv[1]
wholesale = pd.read_csv(f"{folder}/wholesale/wholesale_customers_bom.csv", encoding="utf-8-sig")
spends = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
campaign = pd.read_csv(f"{folder}/marketing_campaign/marketing_campaign_iso_dates.csv", sep=None, engine="python")
income = campaign["Income"].to_numpy(float)
filled = np.where(np.isnan(income), np.nanmedian(income), income)
bent = np.log1p(filled)

print(json.dumps({
    "versions": {"numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__},
    "wholesale": [
        {
            "column": name,
            "median": float(np.median(wholesale[name])),
            "centre": float(np.mean(np.log1p(wholesale[name]))),
            "scale": float(np.std(np.log1p(wholesale[name]), ddof=1)),
            "skewness": float(stats.skew(wholesale[name], bias=False)),
        }
        for name in spends
    ],
    "firstRow": [
        float((np.log1p(wholesale[name]) - np.log1p(wholesale[name]).mean()).iloc[0] / np.log1p(wholesale[name]).std(ddof=1))
        for name in spends
    ],
    "income": {
        "missing": int(np.isnan(income).sum()),
        "impute": float(np.nanmedian(income)),
        "centre": float(bent.mean()),
        "scale": float(bent.std(ddof=1)),
        "skewness": float(stats.skew(income[~np.isnan(income)], bias=False)),
    },
}, indent=1))

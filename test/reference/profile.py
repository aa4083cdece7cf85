"""Profile figures of the wholesale customers by Channel. Usage: python profile.py DATASETS > profile.json

Wants pandas 3.1.1, numpy 2.4.6. Tolerance in the tests: relative 1e-9.
"""
import json
import sys

import numpy as np
import pandas as pd

wholesale = pd.read_csv(f"{sys.argv[1]}/wholesale/wholesale_customers_bom.csv")
columns = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
spend = wholesale[columns].sum(axis=1)
groups = wholesale.groupby("Channel")
pooled = np.sqrt(sum((len(g) - 1) * g[columns].var() for _, g in groups) / (len(wholesale) - groups.ngroups))
json.dump({
    "versions": {"pandas": pd.__version__, "numpy": np.__version__},
    "size": groups.size().tolist(),
    "revenueShare": (spend.groupby(wholesale.Channel).sum() / spend.sum()).tolist(),
    "mean": groups[columns].mean().T.to_numpy().tolist(),
    "median": groups[columns].median().T.to_numpy().tolist(),
    "standardDeviation": groups[columns].std().T.to_numpy().tolist(),
    "index": (100 * groups[columns].mean() / wholesale[columns].mean()).T.to_numpy().tolist(),
    "difference": ((groups[columns].mean() - wholesale[columns].mean()) / pooled).T.to_numpy().tolist(),
    "regionShare": pd.crosstab(wholesale.Channel, wholesale.Region, normalize="index")[[3, 1, 2]].to_numpy().tolist(),
}, sys.stdout)
print()

"""Expected numbers of test/features/rfm.test.ts: CDNOW sample. Usage: python rfm.py DATASETS > rfm.json

Wants numpy 2.4.6, pandas 3.1.1. Whole numbers, compared exactly; cuts to a relative 1e-12.
An invoice is a customer's day: the file has no invoice numbers.
"""
import json
import sys

import numpy as np
import pandas as pd

folder = sys.argv[1]
lines = pd.read_csv(
    f"{folder}/cdnow/CDNOW_sample.txt", sep=r"\s+", header=None, dtype=str,
    names=["master", "customer", "date", "quantity", "dollars"],
)
lines["day"] = pd.to_datetime(lines["date"], format="%Y%m%d")
lines["cents"] = (lines["dollars"].astype(float) * 100).round().astype("int64")
as_of = pd.Timestamp("1998-07-01")
rfm = lines.groupby("customer").agg(last=("day", "max"), orders=("day", "nunique"), spend=("cents", "sum"))
rfm["recency"] = (as_of - rfm["last"]).dt.days


def score(values, bins=5):
    """1 + number of cuts below the value, which is what equal cuts mean."""
    cuts = [float(np.quantile(values, i / bins)) for i in range(1, bins)]
    return cuts, values.map(lambda value: 1 + sum(value > cut for cut in cuts))


recency_cuts, recency_rank = score(rfm["recency"])
order_cuts, frequency = score(rfm["orders"])
spend_cuts, monetary = score(rfm["spend"])
recency = 6 - recency_rank
print(json.dumps({
    "versions": {"numpy": np.__version__, "pandas": pd.__version__},
    "customers": len(rfm),
    "recency": {"sum": int(rfm["recency"].sum()), "maximum": int(rfm["recency"].max()), "cuts": recency_cuts},
    "orders": {"sum": int(rfm["orders"].sum()), "maximum": int(rfm["orders"].max()), "cuts": order_cuts},
    "spend": {"sum": int(rfm["spend"].sum()), "maximum": int(rfm["spend"].max()), "cuts": spend_cuts},
    "scores": {
        name: {str(value): int(count) for value, count in sorted(scores.value_counts().items())}
        for name, scores in [("recency", recency), ("frequency", frequency), ("monetary", monetary)]
    },
    "first": [[key, int(row.recency), int(row.orders), int(row.spend)] for key, row in rfm.sort_index().head(3).iterrows()],
}, indent=1))

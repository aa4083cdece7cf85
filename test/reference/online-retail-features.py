"""Expected features of UCI Online Retail. Usage: python online-retail-features.py DATASETS > online-retail-features.json

Wants numpy 2.4.6, pandas 3.1.1. Tolerance in the test: relative 1e-12 of means, everything else exact.
"""
import json
import sys
from decimal import Decimal

import numpy as np
import pandas as pd

folder = sys.argv[1]
lines = pd.read_csv(
    f"{folder}/online_retail/online_retail_2010-12_2011-12.csv.gz", dtype=str, keep_default_na=False
)
lines["customer"] = lines["CustomerID"].str.replace(r"\.0$", "", regex=True)
lines["quantity"] = lines["Quantity"].astype("int64")
lines["mills"] = lines["UnitPrice"].map(lambda text: int(Decimal(text) * 1000)).astype("int64")
kept = lines[
    (lines["customer"] != "") & ~lines["InvoiceNo"].str.startswith("C") & (lines["quantity"] > 0) & (lines["mills"] > 0)
].copy()
kept["amount"] = kept["quantity"] * kept["mills"]
kept["day"] = pd.to_datetime(kept["InvoiceDate"].str[:10])
as_of = pd.Timestamp("2011-12-10")

by = kept.groupby("customer")
days = by["day"].agg(["min", "max", "nunique"])
features = pd.DataFrame({
    "recency_days": (as_of - days["max"]).dt.days,
    "order_count": by["InvoiceNo"].nunique(),
    "days_between_orders": ((days["max"] - days["min"]).dt.days / (days["nunique"] - 1)).where(days["nunique"] > 1),
    "tenure_days": (as_of - days["min"]).dt.days,
    "spend": by["amount"].sum() / 1000,
    "average_order_value": by["amount"].sum() / (by["InvoiceNo"].nunique() * 1000),
    "products_bought": by["StockCode"].nunique(),
})
regions = by["Country"].agg(lambda values: sorted(values.value_counts().items(), key=lambda item: (-item[1], item[0]))[0][0])


def summary(values):
    known = values.dropna().to_numpy(float)
    quartiles = np.quantile(known, [0.25, 0.5, 0.75])
    return {
        "count": len(known), "mean": float(known.mean()), "minimum": float(known.min()), "maximum": float(known.max()),
        "lowerQuartile": float(quartiles[0]), "median": float(quartiles[1]), "upperQuartile": float(quartiles[2]),
    }


print(json.dumps({
    "versions": {"numpy": np.__version__, "pandas": pd.__version__},
    "lines": len(kept),
    "customers": len(features),
    "features": {name: summary(features[name]) for name in features},
    "regions": {str(key): int(count) for key, count in regions.value_counts().sort_index().items()},
}, indent=1))

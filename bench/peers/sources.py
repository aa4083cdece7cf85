"""The works of bench/sources.js in polars and pandas: python sources.py PART FILE."""

import sys
from pathlib import Path

AS_OF = "2026-01-01"


def with_polars(path: str) -> int:
    import polars as pl

    day = pl.date(2026, 1, 1)
    lines = pl.scan_csv(path, schema_overrides={"price": pl.Float64}, try_parse_dates=True)
    features = lines.group_by("customer").agg(
        recency=(day - pl.col("date").max()).dt.total_days(),
        orders=pl.col("invoice").n_unique(),
        spend=(pl.col("quantity") * pl.col("price")).sum(),
        tenure=(day - pl.col("date").min()).dt.total_days(),
        gap=(pl.col("date").max() - pl.col("date").min()).dt.total_days() / (pl.col("date").n_unique() - 1),
        categories=pl.col("category").n_unique(),
    )
    return features.sort("customer").collect(engine="streaming").height


def with_pandas(path: str) -> int:
    import pandas as pd

    lines = pd.read_csv(path, dtype={"customer": "str", "invoice": "str", "category": "category"}, parse_dates=["date"])
    lines["amount"] = lines["quantity"] * lines["price"]
    grouped = lines.groupby("customer", sort=True)
    dates = grouped["date"].agg(["min", "max", "nunique"])
    features = pd.DataFrame({
        "recency": (pd.Timestamp(AS_OF) - dates["max"]).dt.days,
        "orders": grouped["invoice"].nunique(),
        "spend": grouped["amount"].sum(),
        "tenure": (pd.Timestamp(AS_OF) - dates["min"]).dt.days,
        "gap": (dates["max"] - dates["min"]).dt.days / (dates["nunique"] - 1),
        "categories": grouped["category"].nunique(),
    })
    return len(features)


def check(folder: str) -> int:
    import pandas as pd

    name = "online_retail_2010-12_2011-12.csv.gz"
    path = next(Path(folder).rglob(name))
    sales = pd.read_csv(path, dtype={"InvoiceNo": "str", "StockCode": "str", "CustomerID": "str"})
    sales["InvoiceDate"] = pd.to_datetime(sales["InvoiceDate"])
    no_customer = sales["CustomerID"].isna()
    cancelled = ~no_customer & sales["InvoiceNo"].str.startswith("C")
    free = ~no_customer & ~cancelled & (sales["UnitPrice"] == 0)
    kept = sales[~(no_customer | cancelled | free | (sales["Quantity"] <= 0))]
    revenue = (kept["Quantity"] * kept["UnitPrice"]).sum()
    grouped = kept.groupby("CustomerID")
    features = pd.DataFrame({
        "recency": (pd.Timestamp("2011-12-10") - grouped["InvoiceDate"].max()).dt.days,
        "orders": grouped["InvoiceNo"].nunique(),
        "first": grouped["InvoiceDate"].min(),
        "products": grouped["StockCode"].nunique(),
        "spend": (kept["Quantity"] * kept["UnitPrice"]).groupby(kept["CustomerID"]).sum(),
    })
    print(len(sales), no_customer.sum(), cancelled.sum(), free.sum(), len(kept), revenue, kept["InvoiceNo"].nunique(),
          file=sys.stderr)
    print(features.describe().to_string(), file=sys.stderr)
    return len(features)


PARTS = {"polars": with_polars, "pandas": with_pandas, "check": check}
PARTS[sys.argv[1]](sys.argv[2])

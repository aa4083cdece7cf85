"""The sample shop as pandas and scikit-learn see it: faults, features, gap statistic, agreement with the planted groups.

Reads data/sample and test/sample/truth, shares no code with segbook or with the generator, writes sample-shop.json beside itself.
Run from the project's folder: python3 test/reference/sample-shop.py    (numpy, pandas, scikit-learn; OMP_NUM_THREADS=1 keeps it to some minutes)
Tolerances: counts exact; feature sums 1e-6 relative; adjusted Rand index 0.01; gap values differ with the random references
by about their standard error.
"""
import csv, gzip, hashlib, json, re
from pathlib import Path
import numpy as np, pandas as pd, sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

BASIS = ["age", "recency_days", "order_count", "average_order_value", "discount_share", "share_of_spend_eco", "web_sessions"]
LEVELS = ["low", "lower-middle", "middle", "upper-middle", "high"]
NUMBERS = {"orders": ["quantity", "unit_price", "discount"], "web": ["sessions", "pages", "carts"],
           "social": ["follows", "shares", "mentions"], "campaigns": ["sent", "opened", "clicked", "converted"]}
DATES = {"orders": "date", "web": "quarter", "campaigns": "sent_on"}


def is_number(text):
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def is_date(text):
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None and not pd.isna(pd.to_datetime(text, errors="coerce"))


def read_rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".gz" else open(path, encoding="utf-8", newline="")
    with opened as file:
        return list(csv.reader(file))


def drop_reason(source, row, known, as_of):
    if row["customer_id"] == "": return "missing-customer"
    if source == "orders" and is_number(row["unit_price"]) and float(row["unit_price"]) == 0: return "zero-price"
    if not all(is_number(row[c]) for c in NUMBERS.get(source, [])): return "not-a-number"
    if source in DATES:
        day = row[DATES[source]]
        if not is_date(day): return "not-a-date"
        if day > as_of: return "after-as-of"
        if day < "2024-04-01": return "before-window"
    if source != "customers" and row["customer_id"] not in known: return "unknown-customer"
    return None


def clean(source, path, known, as_of):
    header, *lines = read_rows(path)
    dropped, kept, seen = {}, [], set()
    for line in lines:
        row = dict(zip(header, line))
        reason = ("too-few-columns" if len(line) < len(header) else "too-many-columns" if len(line) > len(header)
                  else drop_reason(source, row, known, as_of))
        if reason is None and source == "customers" and row["customer_id"] in seen: reason = "duplicate-customer"
        if reason is None and source == "orders" and tuple(line) in seen: reason = "exact-duplicate"
        if reason is None:
            kept.append(row); seen.add(row["customer_id"] if source == "customers" else tuple(line))
        else: dropped[reason] = dropped.get(reason, 0) + 1
    return pd.DataFrame(kept, columns=header), dropped, len(lines)


def bad_cells(source, table):
    found = {}
    def count(reason): found[reason] = found.get(reason, 0) + 1
    columns = [("age", 16, 105)] if source == "customers" else [(f"q{i:02}", 1, 5) for i in range(1, 13)]
    for column, low, high in columns:
        for text in table[column]:
            if text == "": continue
            if not is_number(text): count("not-a-number")
            elif not low <= float(text) <= high: count("out-of-range")
    if source == "customers":
        for text in table.joined:
            if not is_date(text): count("not-a-date")
        for text in table.income_band:
            if text not in LEVELS + [""]: count("unknown-level")
    return found


def features(tables, as_of):
    customers, orders, web = tables["customers"], tables["orders"], tables["web"]
    age = pd.to_numeric(customers.age, errors="coerce")
    table = pd.DataFrame({"age": age.where((age >= 16) & (age <= 105)).values}, index=customers.customer_id)
    price = orders.unit_price.map(lambda text: int(text.replace(".", "")))
    percent = orders.discount.map(lambda text: round(float(text) * 100))
    listed = orders.quantity.astype(int) * price
    off = (listed.abs() * percent + 50) // 100 * np.sign(listed)
    orders = orders.assign(listed=listed, off=off, amount=listed - off, day=pd.to_datetime(orders.date))
    bought = orders[listed > 0]; by = bought.groupby("customer_id")
    table["recency_days"] = (pd.Timestamp(as_of) - by.day.max()).dt.days
    table["order_count"] = by.order_id.nunique(); table["order_count"] = table.order_count.fillna(0)
    table["average_order_value"] = by.amount.sum() / 100 / by.order_id.nunique()
    table["discount_share"] = by.off.sum() / by.listed.sum()
    eco = bought[bought.category.isin(["Organic basics", "Repair and reuse"])].groupby("customer_id").amount.sum()
    gross = by.amount.sum(); table["share_of_spend_eco"] = eco.reindex(gross.index).fillna(0) / gross
    table["web_sessions"] = web.assign(n=web.sessions.astype(int)).groupby("customer_id").n.sum()
    table["web_sessions"] = table.web_sessions.fillna(0)
    revenue = {"invoices": int(bought.order_id.nunique()), "netMinor": int(orders.amount.sum()), "grossMinor": int(bought.amount.sum())}
    return table.sort_index(), revenue


def matrix(table):
    columns, logged = [], []
    for name in BASIS:
        x = table[name].fillna(table[name].median())
        if table[name].skew() > 1: x = np.log1p(x); logged.append(name)
        columns.append((x - x.mean()) / x.std())
    return np.clip(np.column_stack(columns), -8, 8), logged


def gap_statistic(X, counts=10, references=20):
    """Tibshirani, Walther & Hastie 2001: box along the principal axes, squared distances."""
    random = np.random.default_rng(7); centred = X - X.mean(0)
    V = np.linalg.svd(centred, full_matrices=False)[2]; low, high = (centred @ V.T).min(0), (centred @ V.T).max(0)
    fits = [KMeans(k, n_init=50, random_state=7).fit(X) for k in range(1, counts + 1)]
    null = np.array([[np.log(KMeans(k, n_init=10, random_state=b).fit(Z).inertia_) for k in range(1, counts + 1)]
                     for b, Z in enumerate(random.uniform(low, high, size=X.shape) @ V for _ in range(references))])
    gap = null.mean(0) - np.log([fit.inertia_ for fit in fits]); error = null.std(0) * np.sqrt(1 + 1 / references)
    chosen = next((k for k in range(1, counts) if gap[k - 1] >= gap[k] - error[k]), counts)
    return fits, gap, error, chosen


def describe(date):
    folder = Path("data/sample") / date
    tables, dropped, read, cells, hashes, known = {}, {}, {}, {}, {}, set()
    for source in ["customers", "orders", "survey", "web", "social", "campaigns"]:
        path = next(folder.glob(f"{source}.csv*"))
        tables[source], dropped[source], read[source] = clean(source, path, known, date)
        if source == "customers": known = set(tables[source].customer_id)
        if source in ("customers", "survey"): cells[source] = bad_cells(source, tables[source])
        raw = path.read_bytes(); hashes[source] = hashlib.sha256(gzip.decompress(raw) if path.suffix == ".gz" else raw).hexdigest()
    table, revenue = features(tables, date); X, logged = matrix(table)
    truth = pd.read_csv(f"test/sample/truth/{date}.csv", dtype=str).set_index("customer_id").group[table.index]
    member = (truth != "none").values; fits, gap, error, chosen = gap_statistic(X)
    index = [adjusted_rand_score(truth[member], fit.labels_[member]) for fit in fits]
    return {"contentSha256": hashes, "rowsRead": read, "dropped": dropped, "cells": cells, **revenue,
            "customers": len(table), "withoutOrder": int((table.order_count == 0).sum()),
            "groups": {k: int(v) for k, v in truth.value_counts().items()},
            "features": {name: {"known": int(table[name].count()), "sum": float(table[name].sum())} for name in BASIS},
            "log1p": logged, "inertia": [round(fit.inertia_, 3) for fit in fits], "gap": gap.round(4).tolist(),
            "gapError": error.round(4).tolist(), "chosen": chosen, "adjustedRandIndex": np.round(index, 4).tolist(),
            "sizes": sorted(np.bincount(fits[chosen - 1].labels_).tolist(), reverse=True)}


versions = {"numpy": np.__version__, "pandas": pd.__version__, "scikit-learn": sklearn.__version__}
result = {"versions": versions, "basis": BASIS, **{date: describe(date) for date in ["2026-03-31", "2026-06-30"]}}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")

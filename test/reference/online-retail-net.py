"""UCI Online Retail net of cancellations. Usage: python online-retail-net.py DATASETS > online-retail-net.json

Wants pandas 3.1.1. Everything is compared exactly. Each cancellation (negative quantity) of a customer takes back the latest
earlier purchase of the same product, price and quantity that is still there; one that finds none takes its pieces from the
latest earlier purchase of the same product and price that has enough left; the rest are unmatched and dropped.
"""
import json
import sys
from collections import Counter, defaultdict
from decimal import Decimal

import pandas as pd

folder = sys.argv[1]
lines = pd.read_csv(
    f"{folder}/online_retail/online_retail_2010-12_2011-12.csv.gz", dtype=str, keep_default_na=False
)
lines["customer"] = lines["CustomerID"].str.replace(r"\.0$", "", regex=True)
lines["quantity"] = lines["Quantity"].astype("int64")
lines["mills"] = lines["UnitPrice"].map(lambda text: int(Decimal(text) * 1000)).astype("int64")
lines = lines[(lines["customer"] != "") & (lines["quantity"] != 0) & (lines["mills"] > 0)].copy()
lines["row"] = range(len(lines))
lines["is_return"] = (lines["quantity"] < 0) | lines["InvoiceNo"].str.startswith("C")
assert ((lines["quantity"] < 0) == lines["is_return"]).all()
lines = lines.sort_values(["InvoiceDate", "is_return", "InvoiceNo", "row"])

fate = {}
left = dict(zip(lines["row"], lines["quantity"]))
columns = ["row", "customer", "StockCode", "mills", "quantity", "InvoiceDate", "is_return"]
records = list(lines[columns].itertuples(index=False, name=None))

open_purchases = defaultdict(list)
for row, customer, code, mills, quantity, _, is_return in records:
    key = (customer, code, mills, abs(quantity))
    if not is_return:
        open_purchases[key].append(row)
    elif open_purchases[key]:
        fate[open_purchases[key].pop()] = "cancelled-purchase"
        fate[row] = "netted-cancellation"

earlier = defaultdict(list)
shrunk = set()
for row, customer, code, mills, quantity, _, is_return in records:
    key = (customer, code, mills)
    if row in fate:
        continue
    if not is_return:
        earlier[key].append(row)
        continue
    purchase = next((p for p in reversed(earlier[key]) if left[p] + quantity >= 0 and p not in fate), None)
    if purchase is None:
        fate[row] = "unmatched-cancellation"
        continue
    fate[row] = "netted-cancellation"
    left[purchase] += quantity
    shrunk.add(purchase)
    if left[purchase] == 0:
        fate[purchase] = "cancelled-purchase"
        shrunk.discard(purchase)

kept = lines[~lines["row"].isin(fate)].copy()
kept["amount"] = kept["row"].map(left) * kept["mills"]
spend = kept.groupby("customer")["amount"].sum().sort_values(ascending=False)
reasons = Counter(fate.values())
huge = lines[lines["InvoiceNo"].isin(["541431", "C541433", "581483", "C581484"])]
json.dump(
    {
        "dropped": {reason: reasons[reason] for reason in sorted(reasons)},
        "shrunk": len(shrunk),
        "rowsKept": len(kept),
        "customers": int(kept["customer"].nunique()),
        "invoices": int(kept["InvoiceNo"].nunique()),
        "revenueMills": str(int(kept["amount"].sum())),
        "largest": [[customer, int(amount)] for customer, amount in spend.head(5).items()],
        "hugePairs": {invoice: fate.get(row, "kept") for row, invoice in zip(huge["row"], huge["InvoiceNo"])},
    },
    sys.stdout,
    indent=2,
)
print()

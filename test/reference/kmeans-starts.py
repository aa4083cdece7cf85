"""Least sum of squares of 1,000 scikit-learn starts, and fits with sample weights. Writes kmeans-starts.json beside itself.

Usage: python kmeans-starts.py path/to/wholesale_customers_bom.csv path/to/marketing_campaign_iso_dates.csv
(after cluster-data.R)
"""

import csv
import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.cluster import KMeans

folder = pathlib.Path(__file__).parent
data = json.loads((folder / "cluster-data.json").read_text())
campaign_columns = "Income Recency MntWines MntFruits MntMeatProducts MntFishProducts MntSweetProducts MntGoldProds NumDealsPurchases NumWebPurchases NumCatalogPurchases NumStorePurchases NumWebVisitsMonth".split()


def log_scores(path, columns=None):
    rows = list(csv.DictReader(open(path, encoding="utf-8-sig")))
    columns = columns or list(rows[0])[2:]
    full = [row for row in rows if all(row[column] != "" for column in columns)]
    logs = np.log1p(np.array([[float(row[column]) for column in columns] for row in full]))
    return (logs - logs.mean(0)) / logs.std(0, ddof=1)


tables = {
    "wholesale": log_scores(sys.argv[1]),
    "campaign": log_scores(sys.argv[2], campaign_columns),
    "iris": np.array(data["iris"]),
    "ruspini": np.array(data["ruspini"], float),
    "chickwts": np.array(data["chickWeights"], float)[:, None],
}
counts = range(2, 11)
starts = []
weighted = []
for name, table in tables.items():
    weights = np.arange(len(table)) % 5
    for count in counts:
        options = {"tol": 0, "max_iter": 1000, "random_state": 1}
        fit = KMeans(count, n_init=1000, **options).fit(table)
        starts.append({"data": name, "clusterCount": count, "inertia": fit.inertia_})
        if count in (2, 5, 8):
            fit = KMeans(count, n_init=200, **options).fit(table, sample_weight=weights)
            weighted.append({"data": name, "clusterCount": count, "inertia": fit.inertia_})
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]}
content = {"versions": versions, "starts": starts, "weighted": weighted}
(folder / "kmeans-starts.json").write_text(json.dumps(content, indent=1) + "\n")

"""Best objectives of 1,000 random starts of FasterPAM (PyPI kmedoids) with Gower's distance on the marketing campaign,
where 24 customers have no income. Writes marketing.json beside itself; takes ten minutes.

Usage: python marketing.py path/to/marketing_campaign_iso_dates.csv
"""

import csv
import json
import math
import pathlib
import sys
from importlib.metadata import version

import kmedoids
import numpy as np

folder = pathlib.Path(__file__).resolve().parent
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")))
number_columns = ["Year_Birth", "Income", "Recency", "MntWines", "MntMeatProducts", "NumWebPurchases", "NumStorePurchases"]
word_columns = ["Education", "Marital_Status"]
numbers = np.array([[float(row[name] or math.nan) for name in number_columns] for row in rows])
words = np.array([[row[name] for name in word_columns] for row in rows])


def gower():
    """Mean over the columns that both rows have."""
    span = np.nanmax(numbers, axis=0) - np.nanmin(numbers, axis=0)
    total, shared = np.zeros((len(rows), len(rows))), np.zeros((len(rows), len(rows)))
    for j in range(numbers.shape[1]):
        part = np.abs(numbers[:, None, j] - numbers[None, :, j]) / span[j]
        shared += ~np.isnan(part)
        total += np.nan_to_num(part)
    for j in range(words.shape[1]):
        total += words[:, None, j] != words[None, :, j]
        shared += 1
    return total / shared


cases = []
distances = gower()
for count in (2, 3):
    losses = [kmedoids.fasterpam(distances, count, init="random", random_state=seed, n_cpu=1).loss for seed in range(1000)]
    cases.append({"clusterCount": count, "starts": 1000, "objective": float(min(losses))})
versions = {name: version(name) for name in ("kmedoids", "numpy")} | {"python": sys.version.split()[0]}
content = {"versions": versions, "numbers": number_columns, "words": word_columns, "cases": cases}
(folder / "marketing.json").write_text(json.dumps(content, indent=1) + "\n")

"""Best cost of many starts of k-prototypes (PyPI kmodes): 1,000 on chickwts, 40 on the marketing campaign, where a start
takes seconds. Writes kprototypes-starts.json beside itself.

Usage: python kprototypes-starts.py path/to/marketing_campaign_iso_dates.csv   (after cluster-data.R)
"""

import csv
import json
import pathlib
import sys
from importlib.metadata import version

import numpy as np
from kmodes.kprototypes import KPrototypes

folder = pathlib.Path(__file__).resolve().parent
data = json.loads((folder / "cluster-data.json").read_text())
rows = [row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")) if row["Income"]]
number_columns = ["Year_Birth", "Income", "Recency", "MntWines", "MntMeatProducts", "NumWebPurchases", "NumStorePurchases"]
word_columns = ["Education", "Marital_Status"]


def best_cost(table, places, options):
    count, gamma, starts = options
    costs = []
    for init in ("Huang", "random"):
        fit = KPrototypes(count, init=init, n_init=starts // 2, gamma=gamma, random_state=1, max_iter=300)
        costs.append(float(fit.fit(table, categorical=places).cost_))
    return min(costs)


cases = []
chicks = np.array(list(zip(data["chickWeights"], data["chickFeeds"])), dtype=object)
logs = np.log1p(np.array([[float(row[name]) for name in number_columns] for row in rows]))
scaled = (logs - logs.mean(axis=0)) / logs.std(axis=0, ddof=1)
words = np.array([[row[name] for name in word_columns] for row in rows], dtype=object)
campaign = np.concatenate([scaled.astype(object), words], axis=1)
wanted = [("marketing", campaign, [7, 8], (3, 1.5, 40)), ("marketing", campaign, [7, 8], (5, 1.5, 40))]
wanted += [("chickwts", chicks, [1], (count, gamma, 1000)) for gamma in (1000.0, 5000.0) for count in (2, 3, 4, 6)]
for name, table, places, options in wanted:
    count, gamma, starts = options
    objective = best_cost(table, places, options)
    cases.append({"data": name, "clusterCount": count, "gamma": gamma, "starts": starts, "objective": objective})
    print(cases[-1], flush=True)
versions = {name: version(name) for name in ("kmodes", "numpy")} | {"python": sys.version.split()[0]}
content = {"versions": versions, "numbers": number_columns, "words": word_columns, "cases": cases}
(folder / "kprototypes-starts.json").write_text(json.dumps(content, indent=1) + "\n")

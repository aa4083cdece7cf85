"""Best cost of 100 starts of k-prototypes (PyPI kmodes, Huang's and Cao's beginnings). Writes kprototypes.json beside itself.

Usage: python kprototypes.py path/to/wholesale_customers_bom.csv   (after cluster-data.R)
"""

import csv
import json
import pathlib
import sys
from importlib.metadata import version

import numpy as np
from kmodes.kmodes import KModes
from kmodes.kprototypes import KPrototypes

folder = pathlib.Path(__file__).parent
data = json.loads((folder / "cluster-data.json").read_text())
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))[1:]
logs = np.log1p(np.array(rows, float)[:, 2:])
wholesale = (logs - logs.mean(0)) / logs.std(0, ddof=1)
tables = {
    "iris": (np.array(data["iris"]), [data["irisSpecies"]], (0.5, 1.5)),
    "chickwts": (np.array(data["chickWeights"], float)[:, None], [data["chickFeeds"]], (1000.0, 5000.0)),
    "wholesale": (wholesale, [[row[0] for row in rows], [row[1] for row in rows]], (0.5, 1.5)),
}
cases = []
for name, (numbers, words, gammas) in tables.items():
    table = np.array([[*line, *word] for line, word in zip(numbers.tolist(), zip(*words))], dtype=object)
    columns = list(range(numbers.shape[1], table.shape[1]))
    for gamma in gammas:
        for count in (2, 3, 4, 6):
            costs = []
            for init, starts in (("Huang", 50), ("random", 49), ("Cao", 1)):
                fit = KPrototypes(count, init=init, n_init=starts, gamma=gamma, random_state=1, max_iter=200)
                fit.fit(table, categorical=columns)
                costs.append(fit.cost_)
            cases.append({"data": name, "gamma": gamma, "clusterCount": count, "objective": min(costs)})
random = np.random.default_rng(5)
groups = random.integers(0, 3, 120)
answers = np.where(random.random((120, 6)) < 0.7, (groups[:, None] + np.arange(6)) % 4, random.integers(0, 4, (120, 6)))
for count in (2, 3, 4, 6):
    costs = [KModes(count, init=init, n_init=200, random_state=1).fit(answers).cost_ for init in ("Huang", "random")]
    cases.append({"data": "answers", "gamma": 1, "clusterCount": count, "objective": min(costs)})
versions = {"kmodes": version("kmodes"), "numpy": np.__version__, "python": sys.version.split()[0]}
content = {"versions": versions, "answers": answers.tolist(), "cases": cases}
(folder / "kprototypes.json").write_text(json.dumps(content) + "\n")

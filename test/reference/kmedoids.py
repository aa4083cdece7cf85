"""Best objective of 1,000 random starts of FasterPAM (PyPI kmedoids). Writes kmedoids.json beside itself.

Usage: python kmedoids.py path/to/wholesale_customers_bom.csv   (after cluster-data.R)
"""

import csv
import json
import pathlib
import sys
from importlib.metadata import version

import numpy as np
from scipy.spatial.distance import cdist

# This file has the name of the package it asks: the folder must not come first.
folder = pathlib.Path(__file__).resolve().parent
sys.path = [entry for entry in sys.path if pathlib.Path(entry or ".").resolve() != folder]
import kmedoids  # noqa: E402

data = json.loads((folder / "cluster-data.json").read_text())
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))
logs = np.log1p(np.array(rows[1:], float)[:, 2:])
wholesale = (logs - logs.mean(0)) / logs.std(0, ddof=1)


def gower(numbers, words):
    span = np.ptp(numbers, axis=0)
    total = sum(np.abs(numbers[:, None, j] - numbers[None, :, j]) / span[j] for j in range(numbers.shape[1]))
    for word in words:
        total = total + (np.array(word)[:, None] != np.array(word)[None, :])
    return total / (numbers.shape[1] + len(words))


iris, ruspini = np.array(data["iris"]), np.array(data["ruspini"], float)
chicks = np.array(data["chickWeights"], float)[:, None]
distances = {
    ("iris", "euclidean"): cdist(iris, iris),
    ("iris", "manhattan"): cdist(iris, iris, "cityblock"),
    ("iris", "gower"): gower(iris, [data["irisSpecies"]]),
    ("ruspini", "euclidean"): cdist(ruspini, ruspini),
    ("ruspini", "manhattan"): cdist(ruspini, ruspini, "cityblock"),
    ("ruspini", "gower"): gower(ruspini, []),
    ("chickwts", "gower"): gower(chicks, [data["chickFeeds"]]),
    ("wholesale", "euclidean"): cdist(wholesale, wholesale),
    ("wholesale", "manhattan"): cdist(wholesale, wholesale, "cityblock"),
}
cases = []
for (name, distance), matrix in distances.items():
    for count in range(1, 9):
        losses = [kmedoids.fasterpam(matrix, count, random_state=seed, n_cpu=1).loss for seed in range(1000)]
        cases.append({"data": name, "distance": distance, "clusterCount": count, "objective": min(losses)})
versions = {"kmedoids": version("kmedoids"), "numpy": np.__version__, "python": sys.version.split()[0]}
(folder / "kmedoids.json").write_text(json.dumps({"versions": versions, "cases": cases}, indent=1) + "\n")

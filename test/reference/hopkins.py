"""Reference Hopkins statistics (exponent = number of columns), by SciPy. Writes hopkins.json beside itself.

Usage: python hopkins.py   (reads cluster-data.json, made by cluster-data.R)
"""

import json
import pathlib
import sys

import numpy as np
import scipy
from scipy.spatial import cKDTree

folder = pathlib.Path(__file__).parent
random = np.random.default_rng(17)


def hopkins(x, points, picked):
    tree = cKDTree(x)
    u = tree.query(points)[0]
    w = tree.query(x[picked], k=2)[0][:, 1]
    d = x.shape[1]
    return float((u**d).sum() / ((u**d).sum() + (w**d).sum()))


def draw(x, size):
    points = random.uniform(x.min(0), x.max(0), size=(size, x.shape[1]))
    return hopkins(x, points, random.choice(len(x), size, replace=False))


cases = []
for rows, columns, size in ((30, 1, 5), (60, 3, 6), (80, 7, 8)):
    x = np.round(random.normal(size=(rows, columns)), 3)
    points = np.round(random.uniform(x.min(0), x.max(0), size=(size, columns)), 3)
    picked = sorted(random.choice(rows, size, replace=False).tolist())
    cases.append(
        {"rows": x.tolist(), "points": points.ravel().tolist(), "picked": picked, "value": hopkins(x, points, picked)}
    )
means = {}
data = json.loads((folder / "cluster-data.json").read_text())
for name, size in (("iris", 15), ("ruspini", 7)):
    x = np.array(data[name], float)
    turned = (x - x.mean(0)) @ np.linalg.eigh(np.cov(x.T))[1]
    means[name] = {"sampleSize": size}
    for box, rows in (("columns", x), ("principal-axes", turned)):
        values = [draw(rows, size) for _ in range(4000)]
        means[name][box] = {"mean": float(np.mean(values)), "standardDeviation": float(np.std(values))}
content = {
    "versions": {"scipy": scipy.__version__, "numpy": np.__version__, "python": sys.version.split()[0]},
    "cases": cases,
    "means": means,
}
(folder / "hopkins.json").write_text(json.dumps(content, indent=1) + "\n")

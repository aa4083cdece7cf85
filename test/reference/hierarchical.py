"""Merge heights and cuts of SciPy's linkage. Writes hierarchical.json beside itself.

Usage: python hierarchical.py   (after cluster-data.R)
"""

import json
import pathlib
import sys

import numpy as np
import scipy
from scipy.cluster.hierarchy import fcluster, linkage

folder = pathlib.Path(__file__).parent
data = json.loads((folder / "cluster-data.json").read_text())
random = np.random.default_rng(11)
noise = np.round(random.normal(size=(200, 5)) + 2 * random.integers(0, 3, 200)[:, None], 9)
# Equal distances leave complete and average linkage a choice, which SciPy makes by row number: rows moved apart leave none.
apart = {
    name: np.round(np.array(data[name], float) + random.normal(scale=1e-4, size=np.shape(data[name])), 9)
    for name in ("iris", "ruspini")
}
tables = {"iris": np.array(data["iris"]), "ruspini": np.array(data["ruspini"], float), "noise": noise}
tables |= {f"{name}Apart": rows for name, rows in apart.items()}
cases = []
for name, rows in tables.items():
    for method in ("ward", "average", "complete", "single"):
        for metric in ("euclidean", "cityblock"):
            if method in ("average", "complete") and name in ("iris", "ruspini"):
                continue
            if method == "ward" and metric != "euclidean":
                continue
            tree = linkage(rows, method, metric)  # rows by Euclidean or city-block distance
            sizes = np.bincount(fcluster(tree, 4, "maxclust"))[1:]
            cases.append(
                {
                    "data": name,
                    "linkage": method,
                    "distance": "manhattan" if metric == "cityblock" else metric,
                    "heights": tree[:, 2].tolist(),
                    "sizesOfFour": sorted(sizes.tolist(), reverse=True),
                }
            )
versions = {"scipy": scipy.__version__, "numpy": np.__version__, "python": sys.version.split()[0]}
content = {"versions": versions, "tables": {k: v.tolist() for k, v in tables.items()}, "cases": cases}
(folder / "hierarchical.json").write_text(json.dumps(content) + "\n")

"""Best log-likelihood of 30 starts of scikit-learn's GaussianMixture, run to the end. Writes gaussian.json beside itself.

A solution counts only where every component holds more rows than there are columns, plus one, and no variance of a
component in any direction falls below a ten-thousandth: others climb without end. Half the starts begin at k-means,
half at random rows.

Usage: python gaussian.py path/to/wholesale_customers_bom.csv   (after cluster-data.R)
"""

import csv
import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
folder = pathlib.Path(__file__).parent
data = json.loads((folder / "cluster-data.json").read_text())
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))
wholesale = np.log1p(np.array(rows[1:], float)[:, 2:])


def scale(table, ddof=0):
    return (table - table.mean(0)) / table.std(0, ddof=ddof)


tables = {
    "iris": scale(np.array(data["iris"])),
    "ruspini": scale(np.array(data["ruspini"], float)),
    "wholesale": scale(wholesale, 1),
}
names = {"spherical": "spherical", "diagonal": "diag", "tied": "tied", "full": "full"}
cases = []
for name, table in tables.items():
    for covariance, kind in names.items():
        for count in (1, 2, 3, 4):
            best = None
            for seed in range(1 if count == 1 else 30):
                model = GaussianMixture(
                    count,
                    covariance_type=kind,
                    init_params="kmeans" if seed % 2 == 0 else "random_from_data",
                    random_state=seed,
                    tol=1e-7,
                    max_iter=1000,
                ).fit(table)
                covariances = {
                    "spherical": lambda: [np.eye(table.shape[1]) * value for value in model.covariances_],
                    "diag": lambda: [np.diag(value) for value in model.covariances_],
                    "tied": lambda: [model.covariances_],
                    "full": lambda: list(model.covariances_),
                }[kind]()
                smallest = min(np.linalg.eigvalsh(matrix)[0] for matrix in covariances)
                if smallest < 1e-4 or model.weights_.min() * len(table) < table.shape[1] + 1:
                    continue
                likelihood = model.score(table) * len(table)
                if best is None or likelihood > best[0]:
                    best = (likelihood, model.bic(table))
            cases.append(
                {"data": name, "covariance": covariance, "clusterCount": count, "logLikelihood": best[0], "bic": best[1]}
            )
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]}
(folder / "gaussian.json").write_text(json.dumps({"versions": versions, "cases": cases}, indent=1) + "\n")

"""Best log-likelihood of 1,000 starts of scikit-learn's GaussianMixture and of R's mclust. Writes gaussian.json beside itself.

A solution counts only where every component holds more rows than there are columns, plus one, and no variance of a
component in any direction falls below a ten-thousandth: others climb without end. Half the starts begin at k-means,
half at random rows. The first climb ends at a gain of 1e-4 per row, as is usual; the ten best climb on to 1e-9.
mclust (mclust.json, by mclust.R) has one start each, from its own hierarchical grouping; its sign of BIC is the other.

Usage: python gaussian.py path/to/wholesale_customers_bom.csv [starts]   (after cluster-data.R)
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
starts = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
wholesale = np.log1p(np.array(rows[1:], float)[:, 2:])


def scale(table, ddof=0):
    return (table - table.mean(0)) / table.std(0, ddof=ddof)


tables = {
    "iris": scale(np.array(data["iris"])),
    "ruspini": scale(np.array(data["ruspini"], float)),
    "wholesale": scale(wholesale, 1),
}
names = {"spherical": "spherical", "diagonal": "diag", "tied": "tied", "full": "full"}


def is_sound(model, columns, rows):
    covariances = {
        "spherical": lambda: [np.eye(columns) * value for value in model.covariances_],
        "diag": lambda: [np.diag(value) for value in model.covariances_],
        "tied": lambda: [model.covariances_],
        "full": lambda: list(model.covariances_),
    }[model.covariance_type]()
    smallest = min(np.linalg.eigvalsh(matrix)[0] for matrix in covariances)
    return smallest >= 1e-4 and model.weights_.min() * rows >= columns + 1


def climb_on(model, table):
    again = GaussianMixture(
        model.n_components,
        covariance_type=model.covariance_type,
        weights_init=model.weights_,
        means_init=model.means_,
        precisions_init=model.precisions_,
        tol=1e-9,
        max_iter=10000,
    )
    return again.fit(table)


cases = []
for name, table in tables.items():
    for covariance, kind in names.items():
        for count in (1, 2, 3, 4):
            ends = []
            for seed in range(1 if count == 1 else starts):
                model = GaussianMixture(
                    count,
                    covariance_type=kind,
                    init_params="kmeans" if seed % 2 == 0 else "random_from_data",
                    random_state=seed,
                    tol=1e-4,
                    max_iter=1000,
                ).fit(table)
                if is_sound(model, table.shape[1], len(table)):
                    ends.append((model.score(table), seed, model))
            best = None
            for _, _, model in sorted(ends, key=lambda end: -end[0])[:10]:
                model = climb_on(model, table)
                likelihood = model.score(table) * len(table)
                if is_sound(model, table.shape[1], len(table)) and (best is None or likelihood > best[0]):
                    best = (likelihood, model.bic(table))
            cases.append(
                {"data": name, "covariance": covariance, "clusterCount": count, "logLikelihood": best[0], "bic": best[1]}
            )
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]}
document = {"versions": versions, "starts": starts, "cases": cases}
(folder / "gaussian.json").write_text(json.dumps(document, indent=1) + "\n")

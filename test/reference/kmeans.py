"""Reference values for k-means and internal indices, by scikit-learn. Writes kmeans.json and indices.json beside itself.

Usage: python kmeans.py path/to/wholesale_customers_bom.csv
"""

import csv
import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_samples,
    silhouette_score,
)

folder = pathlib.Path(__file__).parent
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]}


def write(name, content):
    (folder / name).write_text(json.dumps({"versions": versions, **content}, indent=1) + "\n")


rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))
logs = np.log1p(np.array(rows[1:], float)[:, 2:])
z = (logs - logs.mean(0)) / logs.std(0, ddof=1)
wholesale = []
for count in (2, 3, 4, 6):
    fit = KMeans(count, n_init=5000, tol=0, max_iter=1000, random_state=1).fit(z)
    wholesale.append(
        {
            "clusterCount": count,
            "inertia": fit.inertia_,
            "sizes": sorted(np.bincount(fit.labels_).tolist(), reverse=True),
            "silhouette": silhouette_score(z, fit.labels_),
            "calinskiHarabasz": calinski_harabasz_score(z, fit.labels_),
            "daviesBouldin": davies_bouldin_score(z, fit.labels_),
        }
    )
write("kmeans.json", {"wholesale": wholesale})

random = np.random.default_rng(3)
cases = []
for size, columns, count in ((12, 1, 2), (40, 2, 3), (90, 5, 4), (60, 3, 7)):
    labels = np.concatenate([np.arange(count), random.integers(0, count, size - count)])
    other = random.integers(0, 3, size)
    x = np.round(random.normal(size=(size, columns)) + labels[:, None] * 0.7, 3)
    cases.append(
        {
            "rows": x.tolist(),
            "labels": labels.tolist(),
            "otherLabels": other.tolist(),
            "silhouettes": silhouette_samples(x, labels).tolist(),
            "calinskiHarabasz": calinski_harabasz_score(x, labels),
            "daviesBouldin": davies_bouldin_score(x, labels),
            "adjustedRand": adjusted_rand_score(labels, other),
        }
    )
write("indices.json", {"cases": cases})

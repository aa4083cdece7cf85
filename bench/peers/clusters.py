"""The Python side of bench/clusters.js: scikit-learn, kmedoids and kmodes, each as its own users would call it.

Reads one JSON request per line, {"task", "values", "columns", …} (paths of raw little-endian numbers), and answers
{"seconds", …}. Only the named call is timed; reading and preparing data is not.
"""

import functools
import json
import sys
import time

import kmedoids
import kmodes
import numpy as np
import sklearn
from kmodes.kprototypes import KPrototypes
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_info


@functools.lru_cache(maxsize=2)
def read(path, columns, dtype="<f8"):
    return np.fromfile(path, dtype=dtype).reshape(-1, columns)


def rows_of(request, kind=float):
    return read(request["values"], request["columns"]).astype(kind, copy=False)


def timed(work):
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def kmeans_from(request):
    """k-means from given centres to the strict fixed point."""
    rows = rows_of(request, request["type"])
    centres = read(request["centres"], request["columns"]).astype(rows.dtype)
    model = KMeans(len(centres), init=centres, n_init=1, algorithm=request["algorithm"], tol=0, max_iter=10_000)
    seconds, _ = timed(lambda: model.fit(rows))
    return {"seconds": seconds, "iterations": model.n_iter_, "inertia": float(model.inertia_)}


def kmeans_starts(request):
    """Every count with several starts, with the defaults of an analyst."""
    rows = rows_of(request, request["type"])

    def fit_all():
        return [
            KMeans(count, n_init=request["starts"], algorithm=request["algorithm"], random_state=1).fit(rows).inertia_
            for count in request["counts"]
        ]

    seconds, inertias = timed(fit_all)
    return {"seconds": seconds, "inertia": float(inertias[-1])}


def gap(request):
    """The gap statistic by a plain loop; references uniform in the box along the principal axes."""
    rows = rows_of(request)
    random = np.random.default_rng(1)

    def log_inertias(data):
        return [np.log(KMeans(count, n_init=request["starts"], random_state=1).fit(data).inertia_) for count in request["counts"]]

    def compute():
        centred = rows - rows.mean(axis=0)
        axes = np.linalg.svd(centred, full_matrices=False)[2]
        turned = centred @ axes.T
        box = turned.min(axis=0), turned.max(axis=0)
        references = [log_inertias(random.uniform(*box, rows.shape) @ axes) for _ in range(request["references"])]
        return np.mean(references, axis=0) - log_inertias(rows)

    seconds, gaps = timed(compute)
    return {"seconds": seconds, "gaps": gaps.tolist()}


def silhouette(request):
    rows = rows_of(request)
    labels = read(request["labels"], 1, "<i4")[:, 0]
    seconds, value = timed(lambda: silhouette_score(rows, labels))
    return {"seconds": seconds, "silhouette": float(value)}


def faster_pam(request):
    """FasterPAM from random medoids, with the distances between all rows."""
    rows = rows_of(request)

    def fit():
        distances = sklearn.metrics.pairwise_distances(rows)
        found = [
            kmedoids.fasterpam(distances, request["count"], random_state=start, init="random") for start in range(request["starts"])
        ]
        return min(solution.loss for solution in found)

    seconds, loss = timed(fit)
    return {"seconds": seconds, "objective": float(loss)}


def k_prototypes(request):
    numbers = rows_of(request)
    words = read(request["words"], request["wordCount"], "<i4")
    table = np.concatenate([numbers.astype(object), words.astype(object)], axis=1)
    places = list(range(numbers.shape[1], table.shape[1]))
    model = KPrototypes(request["count"], n_init=1, gamma=request["gamma"], random_state=1, init="Huang")
    seconds, _ = timed(lambda: model.fit(table, categorical=places))
    return {"seconds": seconds, "objective": float(model.cost_), "iterations": model.n_iter_}


def gaussian_mixture(request):
    rows = rows_of(request)
    model = GaussianMixture(
        request["count"], n_init=request["starts"], tol=request["tolerance"], max_iter=1000, random_state=1
    )
    seconds, _ = timed(lambda: model.fit(rows))
    return {"seconds": seconds, "iterations": model.n_iter_, "logLikelihood": float(model.score(rows) * len(rows))}


def predict(request):
    rows = rows_of(request, request["type"])
    centres = read(request["centres"], request["columns"]).astype(rows.dtype)
    model = KMeans(len(centres), init=centres, n_init=1, max_iter=1).fit(rows[:10_000])
    model.cluster_centers_ = centres
    seconds, _ = timed(lambda: model.predict(rows))
    return {"seconds": seconds}


def versions(_):
    threads = [info["num_threads"] for info in threadpool_info() if info["user_api"] == "openmp"]
    names = {"scikit-learn": sklearn, "numpy": np, "kmodes": kmodes}
    return {"threads": max(threads, default=1), "kmedoids": "0.5.5", **{name: module.__version__ for name, module in names.items()}}


tasks = {
    work.__name__: work
    for work in [
        kmeans_from,
        kmeans_starts,
        gap,
        silhouette,
        faster_pam,
        k_prototypes,
        gaussian_mixture,
        predict,
        versions,
    ]
}
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(tasks[request["task"]](request)), flush=True)

"""scikit-learn's side of bench/kmeans.js: Lloyd, double precision, from given centres to the strict fixed point.

Reads one JSON request per line, {"rows", "columns", "values", "centres"} (paths of raw little-endian doubles), and
answers {"seconds", "iterations", "inertia"}. Only the call of fit is timed; reading the data is not.
"""

import functools
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_info


@functools.lru_cache(maxsize=1)
def read_rows(path, columns):
    return np.fromfile(path, dtype="<f8").reshape(-1, columns)


def fit(request):
    rows = read_rows(request["values"], request["columns"])
    centres = np.fromfile(request["centres"], dtype="<f8").reshape(-1, request["columns"])
    model = KMeans(len(centres), init=centres, n_init=1, algorithm="lloyd", tol=0, max_iter=10_000)
    begin = time.perf_counter()
    model.fit(rows)
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "iterations": model.n_iter_, "inertia": model.inertia_}


for line in sys.stdin:
    request = json.loads(line)
    if "values" in request:
        answer = fit(request)
    else:
        threads = [info["num_threads"] for info in threadpool_info() if info["user_api"] == "openmp"]
        answer = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "threads": max(threads, default=1)}
    print(json.dumps(answer), flush=True)

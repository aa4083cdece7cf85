"""SciPy's tests of the same columns, as its users would write them. Started by ../inference.js; one JSON request per line."""
import json
import sys
import time

import numpy as np
import scipy
from scipy import stats

columns, labels, kinds, group_count = [], None, [], 0


def split(values):
    return [values[labels == group] for group in range(group_count)]


def welch(groups):
    """SciPy 1.17 has Welch's ANOVA as an option of f_oneway."""
    return stats.f_oneway(*groups, equal_var=False)


def count(values):
    return np.histogram2d(labels, values, bins=(group_count, 8))[0]


def test(kind, values):
    if kind == "category":
        return stats.chi2_contingency(count(values), correction=False)
    return welch(split(values)) if kind == "normal" else stats.kruskal(*split(values))


for line in sys.stdin:
    request = json.loads(line)
    if request["task"] == "read":
        kinds, group_count = request["kinds"], request["groupCount"]
        labels = np.fromfile(f"{request['folder']}/labels", dtype=np.int32)
        columns = [np.fromfile(f"{request['folder']}/column{j}") for j in range(len(kinds))]
        answer = {"scipy": scipy.__version__, "numpy": np.__version__}
    else:
        begin = time.perf_counter()
        for kind, values in zip(kinds, columns):
            test(kind, values)
        answer = {"seconds": time.perf_counter() - begin}
    print(json.dumps(answer), flush=True)

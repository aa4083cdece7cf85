"""Reference values for k-means under constraints. Writes constrained-kmeans.json beside itself.

assignments: least sums of squared distances of rows to given centres under limits of size, by OR-Tools' minimum-cost flow
(whole numbers, exact), each confirmed by SciPy's linear programming (HiGHS).
fits: best inertia of 50 starts of the k-means-constrained package.
groups: the least inertia of all ways to put whole groups into clusters within limits, by trying every one.
Rows and centres are whole numbers; divide by 1024 to be on the lattice.

Usage: python constrained-kmeans.py
"""

import itertools
import json
import math
import pathlib
import sys
from importlib.metadata import version

import numpy as np
from k_means_constrained import KMeansConstrained
from ortools.graph.python import min_cost_flow
from scipy.optimize import linprog

random = np.random.default_rng(11)


def flow_cost(costs, least, most):
    rows, count = costs.shape
    flow = min_cost_flow.SimpleMinCostFlow()
    sink, extra = rows + count, rows + count + 1
    for i in range(rows):
        for c in range(count):
            flow.add_arc_with_capacity_and_unit_cost(i, rows + c, 1, int(costs[i, c]))
        flow.set_node_supply(i, 1)
    for c in range(count):
        flow.set_node_supply(rows + c, -least)
        flow.add_arc_with_capacity_and_unit_cost(rows + c, sink, most - least, 0)
    flow.set_node_supply(sink, -(rows - count * least))
    assert flow.solve() == flow.OPTIMAL
    return flow.optimal_cost()


def programme_cost(costs, least, most):
    rows, count = costs.shape
    once = np.kron(np.eye(rows), np.ones(count))
    per_cluster = np.tile(np.eye(count), rows)
    result = linprog(
        costs.ravel(),
        A_ub=np.vstack([per_cluster, -per_cluster]),
        b_ub=[most] * count + [-least] * count,
        A_eq=once,
        b_eq=np.ones(rows),
        bounds=(0, 1),
        method="highs",
    )
    assert result.status == 0
    return result.fun


def draw_rows(rows, columns, groups, width):
    centres = random.normal(size=(groups, columns)) * 1.5
    x = centres[random.integers(0, groups, rows)] + random.normal(size=(rows, columns))
    return np.round(x * width).astype(int)


def draw_limits(rows, count):
    kind = random.integers(0, 4)
    if kind == 0:
        return rows // count, math.ceil(rows / count)
    if kind == 1:
        return 0, int(random.integers(math.ceil(rows / count), rows + 1))
    if kind == 2:
        return int(random.integers(1, rows // count + 1)), rows
    return int(random.integers(1, rows // count + 1)), int(random.integers(math.ceil(rows / count), rows + 1))


assignments = []
for case in range(60):
    rows, columns, count = int(random.integers(6, 60)), int(random.integers(1, 5)), int(random.integers(2, 7))
    count = min(count, rows // 2)
    width = (2, 1024)[case % 2]  # a coarse grid has many ties and equal rows
    x = draw_rows(rows, columns, 3, width)
    centres = draw_rows(count, columns, 2, width)
    least, most = draw_limits(rows, count)
    costs = ((x[:, None, :] - centres[None]) ** 2).sum(2)
    best = flow_cost(costs, least, most)
    assert abs(best - programme_cost(costs, least, most)) <= 1e-9 * max(1, best)
    assignments.append(
        {"rows": x.tolist(), "centres": centres.tolist(), "least": least, "most": most, "cost": best}
    )

fits = []
for case in range(20):
    rows, columns, count = int(random.integers(40, 120)), int(random.integers(2, 5)), int(random.integers(2, 7))
    x = draw_rows(rows, columns, int(random.integers(1, 6)), 1024)
    least, most = draw_limits(rows, count)
    fit = KMeansConstrained(
        count, size_min=least, size_max=most, n_init=50, max_iter=1000, tol=0, random_state=case
    ).fit(x / 1024)
    labels = fit.labels_
    inertia = sum(
        ((x[labels == c] / 1024 - x[labels == c].mean(0) / 1024) ** 2).sum()
        for c in range(count)
        if (labels == c).any()
    )
    fits.append(
        {"rows": x.tolist(), "clusterCount": count, "least": least, "most": most, "inertia": inertia}
    )


def best_of_all(x, groups, count, least, most):
    names = sorted(set(groups))
    members = [np.flatnonzero(np.array(groups) == name) for name in names]
    best = math.inf
    for choice in itertools.product(range(count), repeat=len(names)):
        labels = np.empty(len(x), int)
        for rows, label in zip(members, choice):
            labels[rows] = label
        sizes = np.bincount(labels, minlength=count)
        if sizes.min() < max(1, least) or sizes.max() > most:
            continue
        inertia = sum(((x[labels == c] - x[labels == c].mean(0)) ** 2).sum() for c in range(count))
        best = min(best, inertia)
    return best


groups = []
while len(groups) < 15:
    count, group_count = int(random.integers(2, 4)), int(random.integers(5, 9))
    sizes = random.integers(1, 5, group_count)
    of_row = np.repeat(np.arange(group_count), sizes)
    x = draw_rows(len(of_row), 2, 3, 1024)
    spare = int(random.integers(1, 5))
    least, most = max(1, len(x) // count - spare), math.ceil(len(x) / count) + spare
    inertia = best_of_all(x / 1024, of_row.tolist(), count, least, most)
    if math.isinf(inertia):
        continue
    groups.append(
        {
            "rows": x.tolist(),
            "groups": of_row.tolist(),
            "clusterCount": count,
            "least": least,
            "most": most,
            "inertia": inertia,
        }
    )

versions = {name: version(name) for name in ("k-means-constrained", "ortools", "scipy", "numpy")}
versions["python"] = sys.version.split()[0]
content = {"versions": versions, "assignments": assignments, "fits": fits, "groups": groups}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(content) + "\n")

"""p-values of k-means clusters given the path of Lloyd's algorithm, by brute force. Writes selective.json beside itself.

The definition of Chen & Witten (2023, JMLR 24(152), equation 9) and of Chen & Gao (2025, arXiv:2311.16375) for one column:
the data are moved along the difference of two centres, Lloyd's algorithm is run again from the same rows at every point of a
fine grid, of which a second one takes the part that counts, and the distribution of the difference is summed over the points where every assignment is the same. No formula of
the truncation set is used.

Usage: python selective.py
"""

import json
import pathlib
import sys
from importlib.metadata import version

import numpy as np
from scipy.stats import chi, norm

folder = pathlib.Path(__file__).parent
grid = 6_001


def lloyd(data, first):
    centres = data[first].copy()
    path = []
    while True:
        labels = ((data[:, None, :] - centres[None]) ** 2).sum(2).argmin(1)
        if len(set(labels)) < len(first):
            return None
        if path and (labels == path[-1]).all():
            return path
        path.append(labels)
        centres = np.array([data[labels == k].mean(0) for k in range(len(first))])


def same(path, other):
    return other is not None and len(path) == len(other) and all((a == b).all() for a, b in zip(path, other))


def p_value(data, first, sigma, column):
    path = lloyd(data, first)
    labels = path[-1]
    sizes = np.bincount(labels)
    one, other = sorted(range(len(first)), key=lambda k: (-sizes[k], k))[:2]
    nu = (labels == one) / sizes[one] - (labels == other) / sizes[other]
    length = np.sqrt((nu**2).sum())
    difference = data.T @ nu
    scale = sigma * length
    if column is None:
        statistic = np.sqrt((difference**2).sum())
        direction = difference / statistic
        law, end = chi(data.shape[1]), max(statistic / scale, 3) + 8
        begin = 0
    else:
        statistic = difference[column]
        direction = np.eye(data.shape[1])[column]
        law, end = norm(), max(abs(statistic) / scale, 3) + 8
        begin = -end

    def keeps(point):
        return same(path, lloyd(data + np.outer(nu / length**2, direction) * (point * scale - statistic), first))

    coarse = np.linspace(begin, end, grid)
    inside = [statistic / scale, *(point for point in coarse if keeps(point))]
    step = coarse[1] - coarse[0]
    points = np.linspace(max(begin, min(inside) - step), min(end, max(inside) + step), grid)
    weight = law.pdf(points) * np.array([keeps(point) for point in points])
    beyond = points >= statistic / scale if column is None else abs(points) >= abs(statistic) / scale
    return float(statistic), float(weight[beyond].sum() / weight.sum())


random = np.random.default_rng(23)
cases = []
for rows, columns, clusters, gap, column in [
    (30, 2, 2, 0, None), (30, 2, 3, 0, None), (40, 3, 3, 0, None), (40, 2, 2, 3, None), (36, 2, 3, 2, None),
    (30, 2, 2, 0, 0), (30, 2, 3, 0, 1), (40, 3, 3, 0, 2), (40, 2, 2, 3, 1), (36, 2, 3, 2, 0),
]:
    groups = np.arange(rows) % clusters
    data = np.round(random.normal(size=(rows, columns)) + gap * np.eye(max(clusters, columns))[groups][:, :columns], 6)
    while True:
        first = random.choice(rows, clusters, replace=False)
        if lloyd(data, first) is not None:
            break
    statistic, p = p_value(data, first, 1.0, column)
    cases.append({"data": data.tolist(), "firstRows": first.tolist(), "sigma": 1.0, "column": column,
                  "statistic": statistic, "pValue": p})
versions = {"numpy": version("numpy"), "scipy": version("scipy"), "python": sys.version.split()[0]}
(folder / "selective.json").write_text(json.dumps({"versions": versions, "grid": grid, "cases": cases}) + "\n")
for case in cases:
    print(case["column"], case["statistic"], case["pValue"])

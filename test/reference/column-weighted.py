"""Plain and column-weighted k-means by straight NumPy. Writes column-weighted.json beside itself.

The column-weighted route makes the sum over free columns of log(max(v, floor)) + min(v / floor, 1) - 1 small, where v is
the column's variance within clusters (divided by n) and the floor 0.10; the other columns add v - 1. Each step assigns
rows to the nearest centre with weights 1 / max(v, floor), after three steps with the weights of the start.

Usage: python column-weighted.py (after cluster-data.R)
"""

import json
import pathlib
import sys

import numpy as np

folder = pathlib.Path(__file__).parent
data = json.loads((folder / "cluster-data.json").read_text())
floor = 0.10


def standardise(table):
    return (table - table.mean(0)) / table.std(0, ddof=1)


def square(rng):
    """Four groups in two of six columns, a third column with many zeros."""
    group = rng.integers(0, 4, 300)
    table = rng.normal(size=(300, 6))
    table[:, 0] += 3.5 * (group % 2)
    table[:, 1] += 3.5 * (group // 2)
    table[:, 2] = np.where(rng.random(300) < 0.4, 0, np.abs(table[:, 2]))
    return np.round(table, 4)


def cost(variances, free):
    own = np.where(variances >= floor, np.log(np.maximum(variances, floor)), np.log(floor) + variances / floor - 1)
    return float(np.where(free, own, variances - 1).sum())


def run(table, centres, weights, free, weighted):
    """Lloyd's steps from these centres and weights to where no label changes; ties to the lowest number."""
    labels = np.full(len(table), -1)
    for step in range(200):
        distances = (((table[:, None, :] - centres) ** 2) * weights).sum(2)
        new = distances.argmin(1)
        changed = (new != labels).any()
        labels = new
        if len(set(labels)) < len(centres):
            return None
        centres = np.array([table[labels == c].mean(0) for c in range(len(centres))])
        variances = ((table - centres[labels]) ** 2).mean(0)
        if not changed and (not weighted or step > 4):
            break
        if weighted and step >= 2:
            weights = np.where(free, 1 / np.maximum(variances, floor), 1.0)
    objective = cost(variances, free) if weighted else float(variances.sum() * len(table))
    return labels, centres, weights, objective


def seed(table, count, weights, rng):
    rows = [int(rng.integers(len(table)))]
    nearest = np.full(len(table), np.inf)
    for _ in range(count - 1):
        nearest = np.minimum(nearest, (((table - table[rows[-1]]) ** 2) * weights).sum(1))
        rows.append(int(rng.choice(len(table), p=nearest / nearest.sum())))
    return rows


def start_weights(columns, start, rng):
    if start % 3 == 0:
        return np.ones(columns)
    weights = np.full(columns, 0.05)
    weights[rng.integers(columns, size=rng.integers(1, min(3, columns) + 1))] = 1
    return weights


rng = np.random.default_rng(7)
made = square(rng)
tables = {
    "iris": (np.array(data["iris"]), [True] * 4),
    "ruspini": (np.array(data["ruspini"], float), [True] * 2),
    "square": (made, [True, True, False, True, True, True]),
}
starts, best = [], []
for name, (raw, free) in tables.items():
    table = standardise(raw)
    for weighted in (False, True):
        for count in (2, 3, 4, 6):
            lowest = np.inf
            for start in range(200):
                weights = start_weights(table.shape[1], start, rng) if weighted else np.ones(table.shape[1])
                rows = seed(table, count, weights, rng)
                ended = run(table, table[rows], weights, np.array(free), weighted)
                if ended is None:
                    continue
                labels, centres, ending, objective = ended
                lowest = min(lowest, objective)
                if start < 4:
                    starts.append({
                        "data": name, "route": "weighted" if weighted else "plain", "rows": rows,
                        "startWeights": weights.tolist(), "labels": labels.tolist(), "weights": ending.tolist(),
                        "centres": centres.tolist(), "objective": objective,
                    })
            # With more clusters 200 starts seldom meet the best twice.
            if count <= 4:
                route = "weighted" if weighted else "plain"
                best.append({"data": name, "route": route, "clusterCount": count, "objective": lowest})
versions = {"numpy": np.__version__, "python": sys.version.split()[0]}
free = {name: list(columns) for name, (_, columns) in tables.items()}
result = {"versions": versions, "square": made.tolist(), "free": free, "best": best, "starts": starts}
(folder / "column-weighted.json").write_text(json.dumps(result) + "\n")

"""Units of the verdict: valleys, limits, one-mode quantiles and latent correlations, on made customers, written with
NumPy and SciPy alone: isotonic regression, quantiles and eigenvalues are theirs.

Run: python test/reference/verdict.py > test/reference/verdict-units.json    (numpy 2.4.6, scipy 1.17.1)
"""
import json
import math

import numpy as np
import scipy
from scipy.optimize import isotonic_regression
from scipy.special import ndtr, ndtri

TABLE = json.load(open(__file__.replace("verdict.py", "verdict-limits.json")))


def zscores(rows):
    return (rows - rows.mean(0)) / rows.std(0, ddof=1)


# Valleys ------------------------------------------------------------------------------------------------------------


def valley(rows, labels, a, b):
    one, other = rows[labels == a], rows[labels == b]
    n, p = len(one) + len(other), rows.shape[1]
    within = (len(one) * np.cov(one.T, ddof=0) + len(other) * np.cov(other.T, ddof=0)) / (n - 2)
    within = np.atleast_2d(within)
    kept = 1 - min(1, max(0.05, p / n))
    shrunk = np.where(np.eye(p, dtype=bool), within + 0.01, within * kept)
    direction = np.linalg.solve(shrunk, other.mean(0) - one.mean(0))
    low, high = one @ direction, other @ direction
    spread = math.sqrt((len(low) * low.var() + len(high) * high.var()) / n)
    width = 1.3 * spread * n**-0.2
    start = low.mean() - 1.5 * spread
    step = (high.mean() + 1.5 * spread - start) / 200
    points = start + step * np.arange(201)
    positions = np.concatenate([low, high])
    # A row adds to the points within four widths of the point below it, and one more on the right.
    reach = int(4 * width / step) + 1
    cell = np.floor((positions - start) / step)
    offset = np.arange(201)[None, :] - cell[:, None]
    kernel = np.exp(-0.5 * ((points[None, :] - positions[:, None]) / width) ** 2)
    density = np.where((offset >= -reach) & (offset <= reach + 1), kernel, 0).sum(0)
    left = np.maximum.accumulate(density)
    right = np.maximum.accumulate(density[::-1])[::-1]
    first = int((low.mean() - start) / step)
    last = int((high.mean() - start) / step) + 1
    ratio = density / np.maximum(np.minimum(left, right), 1e-300)
    return min(1.0, ratio[first : last + 1].min())


def limit(size_a, size_b, p):
    n = 2 * min(size_a, size_b)
    if n < 30:
        return 0.0
    logs = np.log(TABLE["rows"])
    flat = np.interp(np.log(n), logs, TABLE["flat"])
    normal = np.array(TABLE["normal"])
    if n < 40:
        by_rows = normal[0][int(np.argmin(np.abs(np.array(TABLE["columns"]) - p)))]
    else:
        in_rows = [np.interp(np.log(n), logs, normal[:, j]) for j in range(normal.shape[1])]
        by_rows = np.interp(np.log(p), np.log(TABLE["columns"]), in_rows)
    return float(min(0.8, flat, by_rows))


# Margins ------------------------------------------------------------------------------------------------------------


def unimodal(column):
    x = np.sort(column)
    n = len(x)
    ranks = np.arange(n)
    if n > 400:
        middle = np.round(np.linspace(20, n - 21, 400)).astype(int)
        ranks = np.unique(np.concatenate([np.arange(20), middle, np.arange(n - 20, n)]))
    # Ties make no interval of their own: their rows count in the next one that has a width, or in the last.
    places = np.concatenate([[0], np.flatnonzero(np.diff(x[ranks]) > 0) + 1])
    knots, counts = x[ranks][places], np.diff(ranks[places]).astype(float)
    counts[-1] += ranks[-1] - ranks[places[-1]]
    widths = np.diff(knots)
    density = counts / widths / counts.sum()
    m = len(widths)
    window = max(3, m // 20)
    mass, width = np.concatenate([[0], np.cumsum(density * widths)]), np.concatenate([[0], np.cumsum(widths)])
    cap = ((mass[window:] - mass[:-window]) / (width[window:] - width[:-window])).max()
    best, chosen = -np.inf, None
    for mode in np.unique(np.round(np.linspace(0, m, 60)).astype(int)):
        fit = np.empty(m)
        fit[:mode] = isotonic_regression(density[:mode], weights=widths[:mode]).x if mode > 0 else 0
        fit[mode:] = (
            isotonic_regression(density[mode:], weights=widths[mode:], increasing=False).x if mode < m else 0
        )
        likelihood = (counts * np.log(np.clip(fit, 1e-300, cap))).sum()
        if likelihood > best:
            best, chosen = likelihood, fit
    return knots, chosen * widths / (chosen * widths).sum()


def quantile_table(column, length):
    values, counts = np.unique(column, return_counts=True)
    atom = counts >= max(0.05 * len(column), 3)
    parts = [np.full(round(length * c / len(column)), v) for v, c in zip(values[atom], counts[atom])]
    rest = length - sum(len(part) for part in parts)
    knots, masses = unimodal(column[~np.isin(column, values[atom])])
    below = np.concatenate([[0], np.cumsum(masses)])
    parts.append(np.interp((np.arange(rest) + 0.5) / rest, below / below[-1], knots))
    return np.sort(np.concatenate(parts))


# Copies -------------------------------------------------------------------------------------------------------------


def factor(correlations):
    values, vectors = np.linalg.eigh(correlations)
    raised = (vectors * np.maximum(values, 1e-3)) @ vectors.T
    scale = np.sqrt(np.diag(raised))
    return np.linalg.cholesky(raised / np.outer(scale, scale))


def mixing(rows, normals, length):
    tables = [quantile_table(column, length) for column in rows.T]

    def turned(latent):
        places = np.minimum((ndtr(normals @ factor(latent).T) * length).astype(int), length - 1)
        return np.stack([table[place] for table, place in zip(tables, places.T)], 1)

    wanted = np.corrcoef(rows.T)
    latent = wanted
    for _ in range(5):
        latent = np.clip(latent + wanted - np.corrcoef(turned(latent).T), -0.985, 0.985)
        np.fill_diagonal(latent, 1)
    return factor(latent)


def even_normals(count, p):
    """Normals without a generator: multiples of square roots of primes, modulo 1, turned into quantiles."""
    roots = np.sqrt([2, 3, 5, 7, 11][:p])
    return ndtri(((np.arange(count) + 1)[:, None] * roots[None, :]) % 1)


# Made customers -----------------------------------------------------------------------------------------------------


def corners(random, n):
    group = np.arange(n) % 4
    centres = np.array([[0, 0], [3.5, 0], [0, 3.5], [3.5, 3.5]])
    return np.hstack([centres[group] + random.normal(size=(n, 2)), random.normal(size=(n, 2))]), group


def shoppers(random, n):
    trait = random.normal(size=n)
    spend = 4 + trait + random.normal(size=n)
    orders = np.log1p(np.maximum(0, np.floor(3 * np.exp(0.8 * (0.7 * trait + 0.7 * random.normal(size=n))) - 2.5)))
    days = np.exp(0.5 * random.normal(size=n)) - 0.3 * trait
    return np.stack([spend, orders, days], 1), np.digitize(trait, [-0.5, 0.6])


def unit(name, rows, labels):
    rows = np.round(zscores(rows), 9)
    k, p = labels.max() + 1, rows.shape[1]
    sizes = np.bincount(labels)
    pairs = [(a, b) for a in range(k) for b in range(a + 1, k)]
    return {
        "name": name,
        "columnCount": p,
        "rows": rows.ravel().tolist(),
        "labels": labels.tolist(),
        "pairs": [
            {"a": int(a), "b": int(b), "valley": valley(rows, labels, a, b), "limit": limit(sizes[a], sizes[b], p)}
            for a, b in pairs
        ],
        # Quantiles at every hundredth place of a table of 8,192.
        "quantiles": [quantile_table(c, 8192)[np.linspace(0, 8191, 101).astype(int)].tolist() for c in rows.T],
        "mixing": mixing(rows, even_normals(2000, p), 8192).ravel().tolist(),
    }


random = np.random.default_rng(20)
print(
    json.dumps(
        {
            "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
            "units": [
                unit("four corners", *corners(random, 300)),
                unit("more rows than knots", *corners(random, 460)),
                unit("shoppers, many without orders", *shoppers(random, 300)),
            ],
            "limits": [
                {"sizeA": a, "sizeB": b, "columnCount": p, "limit": limit(a, b, p)}
                for a, b, p in [(14, 90, 2), (15, 15, 5), (19, 40, 6), (20, 20, 7), (60, 300, 3), (125, 125, 6), (900, 400, 10), (9000, 5000, 20)]
            ],
        }
    )
)

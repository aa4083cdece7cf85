"""Reference numbers for drift between two dates: distances, tests adjusted together, dates told apart by a classifier.

Run: python drift.py > drift.json     Versions are in the file. Tolerance: 1e-9 relative, p-values 1e-7.
"""
import json
from importlib.metadata import version

import numpy as np
from scipy import special, stats
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261122)


def holes(values, share):
    return np.where(rng.random(len(values)) < share, np.nan, values)


n, m = 160, 190
spend = [holes(np.round(rng.gamma(2, 30, n), 2), 0.05), holes(np.round(rng.gamma(2, 36, m), 2), 0.2)]
orders = [rng.poisson(3, n).astype(float), rng.poisson(3, m).astype(float)]
regions = [rng.choice(["north", "south", "east"], n, p=[0.5, 0.3, 0.2]).tolist(),
           rng.choice(["north", "south", "east", "islands"], m, p=[0.4, 0.3, 0.15, 0.15]).tolist()]


def chi_square(table):
    return stats.chi2_contingency(np.array(table), correction=False)


def number(before, after):
    a, b = np.sort(before[~np.isnan(before)]), np.sort(after[~np.isnan(after)])
    cuts = np.unique(np.quantile(a, np.arange(1, 10) / 10))
    counts = [np.bincount(np.searchsorted(cuts, x), minlength=len(cuts) + 1) for x in (a, b)]
    used = (counts[0] + counts[1]) > 0
    p, q = [(c[used] + 0.5) / (c[used].sum() + 0.5 * used.sum()) for c in counts]
    psi, unit = float(((p - q) * np.log(p / q)).sum()), 1 / len(a) + 1 / len(b)
    ks = stats.ks_2samp(a, b).statistic
    return dict(psi=psi, limit=unit * stats.chi2.ppf(0.95, used.sum() - 1), ks=ks,
                wasserstein=stats.wasserstein_distance(a, b) / a.std(ddof=1),
                medians=[float(np.median(a)), float(np.median(b))],
                outOfRange=float(((b < a[0]) | (b > a[-1])).mean()),
                pValues=[stats.chi2.sf(psi / unit, used.sum() - 1),
                         float(special.kolmogorov(ks * np.sqrt(len(a) * len(b) / (len(a) + len(b)))))])


def missing(before, after):
    gone = [int(np.isnan(x).sum()) for x in (before, after)]
    return float(chi_square([gone, [len(before) - gone[0], len(after) - gone[1]]]).pvalue)


names = ["north", "south", "east", "islands"]
table = np.array([[side.count(name) for side in regions] for name in names])
mix = chi_square(table)
total = table.sum()
phi = max(0, mix.statistic / total - 3 / (total - 1))
v = float(np.sqrt(phi / (min(4 - 9 / (total - 1), 2 - 1 / (total - 1)) - 1)))
unseen = chi_square([[0, table[3, 1]], [n, m - table[3, 1]]]).pvalue
spends, counts = number(*spend), number(*orders)
raw = spends["pValues"] + [missing(*spend)] + counts["pValues"] + [float(mix.pvalue), float(unseen)]
features = dict(spend=[[None if np.isnan(x) else x for x in side] for side in spend], orders=[o.tolist() for o in orders], regions=regions,
                spends=spends, counts=counts, cramersV=v, pValues=raw, adjusted=multipletests(raw, method="fdr_bh")[1].tolist())


def mixed(text, seed):
    """FNV-1a and MurmurHash3's last mix, as a share of 2^32."""
    mask = 0xFFFFFFFF
    h = (0x811C9DC5 ^ seed) & mask
    for letter in text:
        h = ((h ^ ord(letter)) * 0x01000193) & mask
    h ^= h >> 16
    h = (h * 0x85EBCA6B) & mask
    h ^= h >> 13
    h = (h * 0xC2B2AE35) & mask
    return (h ^ (h >> 16)) / 2**32


# Spread and correlation differ, means do not; the second 100 customers of the first date are the first 100 of the second.
keys = [[f"c{i:04d}" for i in range(200)], [f"c{i:04d}" for i in range(100, 320)]]
rows = [np.round(rng.multivariate_normal([0, 0], [[1, 0.1], [0.1, 1]], 200), 4),
        np.round(rng.multivariate_normal([0, 0], [[1.6, 0.7], [0.7, 1]], 220), 4)]
for side in rows:
    side[rng.random(len(side)) < 0.1, 1] = np.nan
raw_values = np.vstack(rows)
after = np.repeat([0, 1], [200, 220])
flags = np.isnan(raw_values)
lattice = np.floor(np.clip(np.where(flags, 0.25, raw_values), -8, 8) * 2**20 + 0.5) / 2**20
lattice = np.clip(lattice, -4, 4)
columns = np.column_stack([lattice, flags[:, 1].astype(float), lattice[:, 0] ** 2, lattice[:, 0] * lattice[:, 1], lattice[:, 1] ** 2])
columns = (columns - columns.mean(0)) / columns.std(0)
folds = np.array([int(5 * mixed(key, 2)) for side in keys for key in side])
pairs, area, variance = 0, 0, 0
for fold in range(5):
    test = folds == fold
    model = Ridge(alpha=0.01 * (~test).sum(), fit_intercept=False).fit(columns[~test], after[~test] - after.mean())
    scores, truth = model.predict(columns[test]), after[test]
    x, y = scores[truth == 1], scores[truth == 0]
    wins = (x[:, None] > y[None]) + 0.5 * (x[:, None] == y[None])
    weight = len(x) * len(y)
    pairs, area = pairs + weight, area + weight * roc_auc_score(truth, scores)
    variance += weight**2 * (wins.mean(1).var(ddof=1) / len(x) + wins.mean(0).var(ddof=1) / len(y))
auc, error = area / pairs, np.sqrt(variance) / pairs
classifier = dict(keys=keys, rows=[[[None if np.isnan(x) else x for x in row] for row in side] for side in rows],
                  auc=auc, low=auc - 1.959964 * error, high=auc + 1.959964 * error)

print(json.dumps(dict(versions={k: version(k) for k in ("numpy", "scipy", "scikit-learn", "statsmodels")}, features=features, classifier=classifier), default=float))

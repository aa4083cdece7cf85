"""Reference numbers for comparing two dates: drift, marginal homogeneity, one-to-one match.

Run: python refresh.py > refresh.json     Versions are in the file. Tolerance: 1e-9 relative.
"""
import json
from importlib.metadata import version

import numpy as np
from scipy import optimize, special, stats
from statsmodels.stats.contingency_tables import SquareTable

rng = np.random.default_rng(20260630)
before = np.round(rng.gamma(2, 30, 400), 2)
after = np.round(rng.gamma(2, 34, 350), 2)
ks = stats.ks_2samp(before, after)
distance = dict(before=before.tolist(), after=after.tolist(), ks=ks.statistic,
                pValue=float(special.kolmogorov(ks.statistic * np.sqrt(400 * 350 / 750))),
                wasserstein=stats.wasserstein_distance(before, after) / before.std(ddof=1))

n, m = np.array([40, 40, 40, 40, 40, 0]), np.array([30, 45, 60, 38, 20, 7])
p, q = (n + 0.5) / (n.sum() + 3), (m + 0.5) / (m.sum() + 3)
unit = 1 / n.sum() + 1 / m.sum()
value = float(((p - q) * np.log(p / q)).sum())
psi = dict(before=n.tolist(), after=m.tolist(), value=value, limit=unit * stats.chi2.ppf(0.95, 5), pValue=stats.chi2.sf(value / unit, 5))

# Unaided distance vision of 7,477 women, left by right eye: Stuart (1955), table 1.
vision = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
test = SquareTable(np.array(vision), shift_zeros=False).homogeneity()
stuart = dict(counts=vision, statistic=test.statistic, df=int(test.df), pValue=test.pvalue)

table = rng.integers(0, 60, (6, 5))
rows, columns = optimize.linear_sum_assignment(-table)
match = dict(table=table.tolist(), origins=[int(rows[list(columns).index(c)]) for c in range(5)])

print(json.dumps(dict(versions={k: version(k) for k in ("numpy", "scipy", "statsmodels")}, distance=distance, psi=psi, stuart=stuart, match=match), indent=1, default=float))

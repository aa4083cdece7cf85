"""Reference agreement of groupings, by scikit-learn and SciPy entropies. Writes agreement.json beside itself.

Usage: python agreement.py
"""

import json
import pathlib
import sys

import numpy as np
import scipy
import sklearn
from scipy.stats import entropy
from sklearn.metrics import adjusted_rand_score, mutual_info_score

random = np.random.default_rng(23)


def variation_of_information(a, b):
    return float(entropy(np.bincount(a)) + entropy(np.bincount(b)) - 2 * mutual_info_score(a, b))


cases = []
for size, groups_a, groups_b, noise in ((12, 2, 3, 1), (60, 4, 4, 0.2), (400, 6, 5, 0.5), (50, 1, 7, 1), (1000, 12, 12, 0.05)):
    a = random.integers(0, groups_a, size)
    b = np.where(random.random(size) < noise, random.integers(0, groups_b, size), a % groups_b)
    a[random.random(size) < 0.05] = -1
    b[random.random(size) < 0.05] = -1
    both = (a >= 0) & (b >= 0)
    cases.append(
        {
            "labelsA": a.tolist(),
            "labelsB": b.tolist(),
            "variationOfInformation": variation_of_information(a[both], b[both]),
            "adjustedRand": adjusted_rand_score(a[both], b[both]),
        }
    )
versions = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "python": sys.version.split()[0]}
content = {"versions": versions, "cases": cases}
(pathlib.Path(__file__).parent / "agreement.json").write_text(json.dumps(content) + "\n")

"""Reference shares of variance by feature and block, by NumPy and scikit-learn. Writes variance-shares.json beside itself.

Usage: python variance-shares.py
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.metrics import r2_score

random = np.random.default_rng(11)
blocks = ["customers", "transactions", "transactions", "survey", "survey"]
cases = []
for size, count in ((40, 2), (90, 4)):
    labels = np.concatenate([np.arange(count), random.integers(0, count, size - count)])
    scales = np.array([1, 2, 0.5, 1, 3])
    x = np.round((random.normal(size=(size, 5)) + labels[:, None] * np.array([1, 0.2, 0, 0.8, 0.4])) * scales, 3)
    means = np.array([x[labels == label].mean(0) for label in range(count)])[labels]
    total = x.var(0) * size
    between = means.var(0) * size
    by_block = [
        {
            "name": block,
            "ofVariance": sum(t for t, b in zip(total, blocks) if b == block) / total.sum(),
            "ofSolution": sum(t for t, b in zip(between, blocks) if b == block) / between.sum(),
        }
        for block in dict.fromkeys(blocks)
    ]
    cases.append(
        {
            "rows": x.tolist(),
            "labels": labels.tolist(),
            "ofVariance": (total / total.sum()).tolist(),
            "ofSolution": (between / between.sum()).tolist(),
            "between": [r2_score(x[:, j], means[:, j]) for j in range(5)],
            "betweenOfAll": between.sum() / total.sum(),
            "blocks": by_block,
        }
    )
content = {
    "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "python": sys.version.split()[0]},
    "blockOf": blocks,
    "cases": cases,
}
(pathlib.Path(__file__).parent / "variance-shares.json").write_text(json.dumps(content, indent=1) + "\n")

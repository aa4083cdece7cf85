"""Nearest-centre assignment on the lattice, written apart from segbook: Python 3.11, whole numbers of any size, no package.

Run: python3 test/reference/assign.py > test/reference/assign.json
"""

import json
import math
import random

STEPS = [
    {"feature": "spend", "impute": 25.5, "whenMissing": "impute", "transform": "log1p", "centre": 3.1, "scale": 0.9},
    {"feature": "visits", "impute": 4, "whenMissing": "fallback", "transform": "sqrt", "centre": 2.2, "scale": 0.7},
    {"feature": "balance", "impute": -3, "whenMissing": "impute", "transform": "signedLog", "centre": 0.2, "scale": 2.5},
    {"feature": "age", "impute": 44, "whenMissing": "impute", "transform": "identity", "centre": 45.25, "scale": 13.5},
]
CENTRES = [[-900000, 12, 400000, 1], [500000, -300000, -500000, 700000], [500000, 300000, -500000, 700000], [0, 0, 0, 0]]


def transform(x, name):
    if x is None or not math.isfinite(x):
        return None
    if name == "identity":
        return x
    if name == "log1p":
        return math.log(1 + x) if x > -1 else None
    if name == "signedLog":
        return math.copysign(math.log(1 + abs(x)), x)
    return math.sqrt(x) if x >= 0 else None


def lattice(x, step):
    t = transform(x, step["transform"])
    if t is None:
        t = transform(step["impute"], step["transform"])
    z = max(-8.0, min(8.0, (t - step["centre"]) / step["scale"]))
    return math.floor(z * 2**20 + 0.5)


def place(row):
    for x, step in zip(row, STEPS):
        if step["whenMissing"] == "fallback" and transform(x, step["transform"]) is None:
            return {"segment": -1}
    q = [lattice(x, step) for x, step in zip(row, STEPS)]
    squared = [sum((a - b) ** 2 for a, b in zip(q, centre)) for centre in CENTRES]
    first, second = sorted(range(len(squared)), key=lambda s: (squared[s], s))[:2]
    d1, d2 = math.sqrt(squared[first]), math.sqrt(squared[second])
    return {"segment": first, "runnerUp": second, "distance": d1 / 2**20, "margin": (d2 - d1) / d2}


def value(source, step):
    if source.random() < 0.1:
        return source.choice([None, -5.0, 1e12, -1e12, 0.0])
    z = source.gauss(0, 1.5)
    return round(z * step["scale"] + step["centre"], 3) if step["transform"] == "identity" else round(math.exp(z), 2)


source = random.Random(2024)
rows = [[value(source, step) for step in STEPS] for _ in range(300)]
document = {"steps": STEPS, "centres": CENTRES, "rows": rows, "placed": [place(row) for row in rows]}
print(json.dumps(document, separators=(",", ":")))

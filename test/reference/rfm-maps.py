"""Two published RFM maps, and how often each score cell is claimed, counted cell by cell.

Sources of the maps (facts, no code is taken over):
- pymc-marketing, pymc_marketing/clv/utils.py, `_default_rfm_segment_config`, commit 00a07a446acd64d5b21f6737d68edbdcd728f512:
  lists of quartile codes; a code that is in no list becomes "Other".
- rfm 0.3.0 for R (cran/rfm, R/rfm-segment.R, commit 89e8be15fb78ab862e9d51ad119809bb725e04a7), the example of `rfm_segment`: ranges of quintile scores, the first that fits decides.

Run: python3 test/reference/rfm-maps.py > test/reference/rfm-maps.json (Python 3.11, standard library only)
"""

import json
from itertools import product

pymc = {
    "Premium Customer": "334 443 444 344 434 433 343 333",
    "Repeat Customer": "244 234 232 332 143 233 243",
    "Top Spender": "424 414 144 314 324 124 224 423 413 133 323 313 134",
    "At Risk Customer": "422 223 212 122 222 132 322 312 412 123 214",
    "Inactive Customer": "411 111 113 114 112 211 311",
}
codes = {name: text.split() for name, text in pymc.items()}

names = [
    "Champions", "Potential Loyalist", "Loyal Customers", "Promising", "New Customers",
    "Can't Lose Them", "At Risk", "Need Attention", "About To Sleep", "Lost",
]
ranges = {
    "recency": ([5, 3, 2, 3, 4, 1, 1, 1, 2, 1], [5, 5, 4, 4, 5, 2, 2, 3, 3, 1]),
    "frequency": ([5, 3, 2, 1, 1, 3, 2, 3, 1, 1], [5, 5, 4, 3, 3, 4, 5, 5, 3, 5]),
    "monetary": ([5, 2, 2, 3, 1, 4, 4, 3, 1, 1], [5, 5, 4, 5, 5, 5, 5, 5, 4, 5]),
}


def pymc_claims(code):
    return [name for name in codes if "".join(map(str, code)) in codes[name]]


def rfm_claims(code):
    return [
        name
        for i, name in enumerate(names)
        if all(low[i] <= score <= high[i] for score, (low, high) in zip(code, ranges.values()))
    ]


def summary(scores, claims):
    cells = list(product(range(1, scores + 1), repeat=3))
    found = {code: claims(code) for code in cells}
    text = lambda code: "-".join(map(str, code))
    order = list(codes) if scores == 4 else names
    decided = {found[code][0] for code in cells if found[code]}
    return {
        "cells": len(cells),
        "uncovered": [text(code) for code in cells if not found[code]],
        "overlapping": [text(code) for code in cells if len(found[code]) > 1],
        "neverFirst": [name for name in order if name not in decided],
    }


print(json.dumps({
    "pymcMarketing": {"segments": codes, **summary(4, pymc_claims)},
    "rfm": {"names": names, "ranges": ranges, **summary(5, rfm_claims)},
}, indent=1))

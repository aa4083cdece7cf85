"""Satisfaction by group: mean, top-two-box, net promoter score with 95 % intervals. Usage: python survey-outcomes.py > survey-outcomes.json

Wants SciPy 1.17.1, statsmodels 0.15.0. Tolerance in the tests: relative 1e-8. The net promoter interval is Bonett & Price's (2012),
equation 3, written out here from the paper: one answer is added to promoters and to detractors; bounds are cut to −1…1.
"""
import json
import sys

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

draw = np.random.default_rng(11)
groups = {
    "s1": draw.integers(0, 11, 60).tolist(),
    "s2": np.clip(draw.normal(8, 2, 25).round(), 0, 10).astype(int).tolist(),
    "s3": np.clip(draw.normal(4, 3, 12).round(), 0, 10).astype(int).tolist(),
}


def measures(answers):
    answers = np.array(answers)
    n = len(answers)
    top = int((answers >= 9).sum())
    low = int((answers <= 6).sum())
    up, down = (top + 1) / (n + 2), (low + 1) / (n + 2)
    reach = stats.norm.ppf(0.975) * np.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return {
        "mean": [answers.mean(), *stats.t.interval(0.95, n - 1, answers.mean(), stats.sem(answers))],
        "top-2-box": [top / n, *proportion_confint(top, n, method="wilson")],
        "net-promoter": [(top - low) / n, max(-1, up - down - reach), min(1, up - down + reach)],
    }


json.dump({
    "versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "answers": groups,
    "measures": {key: measures(answers) for key, answers in groups.items()},
}, sys.stdout)
print()

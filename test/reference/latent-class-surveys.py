"""Latent classes of two surveys and bootstrap likelihood-ratio tests. Writes latent-class-surveys.json beside itself.

students: R's MASS::survey, with the answers missing that are missing there (survey-data.R). marketing: eleven columns of
the marketing campaign, without the answers for which (7 · row + 13 · column) mod 17 is 0. complete and missing: the
made surveys of latent-class.json.

Likelihoods: the best of 1,000 random starts of the formulas of Collins & Lanza (2010) and R's poLCA, all starts at once
in NumPy, 200 steps each and the 30 best to the end; StepMix, with fewer starts, must agree that there is none above.
Tests: samples drawn from the best k classes with the same answers missing, each fitted by the classes that drew it and
100 random starts (k classes) and by 300 random starts (k + 1).

Usage: python latent-class-surveys.py path/to/marketing_campaign_iso_dates.csv
"""

import csv
import json
import pathlib
import sys
import warnings
from importlib.metadata import version

import numpy as np
from stepmix.stepmix import StepMix

warnings.filterwarnings("ignore")
folder = pathlib.Path(__file__).parent
samples = 199
stepmix_starts = {"students": 20, "marketing": 4}
columns = ["Education", "Marital_Status", "Kidhome", "Teenhome", "AcceptedCmp1", "AcceptedCmp2", "AcceptedCmp3"]
columns += ["AcceptedCmp4", "AcceptedCmp5", "Response", "Complain"]


def code(answers):
    levels = sorted({answer for answer in answers if answer is not None})
    return [np.nan if answer is None else levels.index(answer) for answer in answers]


def indicators(answers, levels):
    """One column per answer of every item: 1 where it was given; different rows once, with their counts."""
    rows, counts = np.unique(np.nan_to_num(answers, nan=-1), axis=0, return_counts=True)
    given = [rows[:, [j]] == np.arange(count) for j, count in enumerate(levels)]
    return np.concatenate(given, 1).astype(float), counts.astype(float)


def per_item(values, levels):
    """Sums over the answers of each item, repeated for each of them; values has shape (answers, classes, starts)."""
    begins = np.concatenate([[0], np.cumsum(levels)[:-1]])
    return np.repeat(np.add.reduceat(values, begins, axis=0), levels, axis=0)


def climb(given, counts, levels, weights, shares, steps, tolerance):
    """EM of all starts at once: weights (classes, starts), shares (answers, classes, starts)."""
    likelihood = np.full(weights.shape[1], -np.inf)
    for _ in range(steps):
        logs = np.tensordot(given, np.log(np.maximum(shares, 1e-300)), 1) + np.log(np.maximum(weights, 1e-300))
        largest = logs.max(1)
        chances = np.exp(logs - largest[:, None])
        total = chances.sum(1)
        before, likelihood = likelihood, counts @ (largest + np.log(total))
        if np.max(likelihood - before) < tolerance:
            break
        rows = chances * (counts[:, None] / total)[:, None]
        weights = rows.sum(0) / counts.sum()
        sums = np.tensordot(given.T, rows, 1)
        shares = sums / np.maximum(per_item(sums, levels), 1e-300)
    return likelihood, weights, shares


def search(answers, levels, classes, starts, random, begin=None):
    given, counts = indicators(answers, levels)
    if classes == 1:
        starts = 1
    weights = np.full((classes, starts), 1 / classes)
    shares = random.exponential(size=(sum(levels), classes, starts))
    shares /= per_item(shares, levels)
    if begin is not None:
        weights = np.concatenate([begin[0][:, None], weights], 1)
        shares = np.concatenate([begin[1][:, :, None], shares], 2)
    likelihood, weights, shares = climb(given, counts, levels, weights, shares, 200, 1e-3)
    best = np.argsort(-likelihood)[:30]
    likelihood, weights, shares = climb(given, counts, levels, weights[:, best], shares[..., best], 20000, 1e-6)
    at = np.argmax(likelihood)
    return float(likelihood[at]), weights[:, at], shares[..., at]


def draw(weights, shares, levels, answers, random):
    classes = random.choice(len(weights), len(answers), p=weights / weights.sum())
    parts = np.split(shares, np.cumsum(levels)[:-1])
    drawn = [
        (random.random(len(answers))[:, None] > np.cumsum(part[:, classes].T, 1)[:, :-1]).sum(1) for part in parts
    ]
    return np.where(np.isnan(answers), np.nan, np.stack(drawn, 1))


made = json.loads((folder / "latent-class.json").read_text())
students = json.loads((folder / "survey-data.json").read_text())["students"]
rows = list(csv.DictReader(open(sys.argv[1])))
marketing = [
    [None if (7 * i + 13 * j) % 17 == 0 else row[column] for i, row in enumerate(rows)]
    for j, column in enumerate(columns)
]
tables = {
    "students": np.array([code(answers) for answers in students.values()]).T,
    "marketing": np.array([code(answers) for answers in marketing]).T,
    "complete": np.array(made["complete"], float),
    "missing": np.array([[np.nan if value is None else value for value in row] for row in made["missing"]]),
}
levels_of = {name: [int(np.nanmax(column)) + 1 for column in table.T] for name, table in tables.items()}
random = np.random.default_rng(23)
cases = []
for name, starts in stepmix_starts.items():
    for count in (2, 3, 4):
        answers, levels = tables[name], levels_of[name]
        likelihood, weights, shares = search(answers, levels, count, 1000, random)
        model = StepMix(
            count,
            measurement="categorical_nan",
            n_init=starts,
            abs_tol=1e-6,
            rel_tol=0,
            random_state=1,
            progress_bar=0,
            verbose=0,
        ).fit(answers)
        stepmix = float(model.score(answers) * len(answers))
        assert likelihood >= stepmix - 0.01, (name, count, likelihood, stepmix)
        cases.append({"data": name, "clusterCount": count, "logLikelihood": likelihood, "stepmix": stepmix})
tests = []
for name, count in (("complete", 3), ("missing", 2)):
    answers, levels = tables[name], levels_of[name]
    null, weights, shares = search(answers, levels, count, 1000, random)
    observed = 2 * (search(answers, levels, count + 1, 1000, random)[0] - null)
    drawn = []
    for _ in range(samples):
        table = draw(weights, shares, levels, answers, random)
        under = search(table, levels, count, 100, random, (weights, shares))[0]
        drawn.append(2 * (search(table, levels, count + 1, 300, random)[0] - under))
    exceedances = int(np.sum(np.array(drawn) >= observed))
    tests.append(
        {
            "data": name,
            "clusterCount": count,
            "statistic": observed,
            "pValue": (exceedances + 1) / (samples + 1),
            "meanUnderNull": float(np.mean(drawn)),
            "deviationUnderNull": float(np.std(drawn, ddof=1)),
        }
    )
versions = {"stepmix": version("stepmix"), "numpy": np.__version__, "python": sys.version.split()[0]}
document = {"versions": versions, "starts": 1000, "cases": cases, "samples": samples, "tests": tests}
(folder / "latent-class-surveys.json").write_text(json.dumps(document, indent=1) + "\n")

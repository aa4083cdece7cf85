"""Best log-likelihood of 20 starts of latent class models by StepMix. Writes latent-class.json beside itself.

Two made surveys: four groups with six items of two to four answers, complete; and the same with a sixth of the answers
missing at random (full information in both programs).

Usage: python latent-class.py
"""

import json
import pathlib
import sys
import warnings
from importlib.metadata import version

import numpy as np
from stepmix.stepmix import StepMix

warnings.filterwarnings("ignore")
folder = pathlib.Path(__file__).parent
random = np.random.default_rng(17)
levels = np.array([2, 2, 3, 3, 4, 4])
rows = 300
groups = random.choice(4, rows, p=[0.4, 0.3, 0.2, 0.1])
favourite = np.array([[(g * (j + 1) + j) % levels[j] for j in range(6)] for g in range(4)])
likely = random.random((rows, 6)) < 0.75
complete = np.where(likely, favourite[groups], random.integers(0, levels, (rows, 6)))
missing = complete.astype(float)
missing[random.random((rows, 6)) < 1 / 6] = np.nan
cases = []
for name, answers, measurement in (("complete", complete, "categorical"), ("missing", missing, "categorical_nan")):
    for count in (1, 2, 3, 4):
        model = StepMix(
            count,
            measurement=measurement,
            n_init=20 if count > 1 else 1,
            abs_tol=1e-7,
            rel_tol=0,
            max_iter=1000,
            random_state=1,
            progress_bar=0,
            verbose=0,
        ).fit(answers)
        cases.append(
            {
                "data": name,
                "clusterCount": count,
                "logLikelihood": float(model.score(answers) * rows),
                "bic": float(model.bic(answers)),
                "relativeEntropy": float(model.relative_entropy(answers)) if count > 1 else 1,
            }
        )
tables = {
    "complete": complete.tolist(),
    "missing": [[None if np.isnan(value) else int(value) for value in row] for row in missing],
}
versions = {"stepmix": version("stepmix"), "numpy": np.__version__, "python": sys.version.split()[0]}
(folder / "latent-class.json").write_text(json.dumps({"versions": versions, **tables, "cases": cases}) + "\n")

"""Class means and shares of an outside variable by three steps with the BCH correction in StepMix. Writes distal.json beside itself.

A made survey of three classes with overlapping answers; a number and a word that depend on the class alone. The measurement
model is fitted once; its memberships are written, so that both programs correct the same ones.

Usage: python distal.py
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
random = np.random.default_rng(31)
rows = 400
classes = random.choice(3, rows, p=[0.5, 0.3, 0.2])
yes = np.array([[0.8] * 6, [0.3] * 3 + [0.75] * 3, [0.2] * 6])
answers = (random.random((rows, 6)) < yes[classes]).astype(int)
number = np.round(np.array([0.0, 1.0, 3.0])[classes] + random.normal(size=rows), 4)
word = (random.random((rows, 1)) > np.array([[0.6, 0.9], [0.2, 0.5], [0.1, 0.4]])[classes]).sum(1)


def fitted(structural):
    return StepMix(3, n_steps=3, measurement="binary", structural=structural, assignment="modal", correction="BCH",
                   n_init=1, random_state=5, abs_tol=1e-10, rel_tol=0, max_iter=5000, progress_bar=0, verbose=0)


numbers = fitted("gaussian_unit").fit(answers, number[:, None])
words = fitted("categorical").fit(answers, word[:, None])
memberships = numbers.predict_proba(answers)
assert np.allclose(memberships, words.predict_proba(answers))
shares = np.asarray(words.get_parameters()["structural"]["pis"])
print(shares)
result = {
    "versions": {"stepmix": version("stepmix"), "numpy": np.__version__, "python": sys.version.split()[0]},
    "memberships": memberships.tolist(),
    "number": number.tolist(),
    "word": word.tolist(),
    "means": np.asarray(numbers.get_parameters()["structural"]["means"]).ravel().tolist(),
    "shares": shares.tolist(),
}
(folder / "distal.json").write_text(json.dumps(result) + "\n")
print(result["means"])

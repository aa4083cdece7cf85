"""Fits of lifetimes on the same histories. Started by ../value.js; one JSON request per line."""
import json
import sys
import time

import lifetimes
import numpy as np
import scipy
from lifetimes import BetaGeoFitter, ParetoNBDFitter

histories = {}

for line in sys.stdin:
    request = json.loads(line)
    if request["task"] == "read":
        histories = {name: np.fromfile(f"{request['folder']}/{name}") for name in ("repeats", "lastRepeat", "observed")}
        answer = {"lifetimes": lifetimes.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
    else:
        fitter = BetaGeoFitter() if request["model"] == "BG/NBD" else ParetoNBDFitter()
        size = request["customers"]
        begin = time.perf_counter()
        fitter.fit(histories["repeats"][:size], histories["lastRepeat"][:size], histories["observed"][:size])
        answer = {"seconds": time.perf_counter() - begin, "parameters": {name: float(value) for name, value in fitter.params_.items()}}
    print(json.dumps(answer), flush=True)

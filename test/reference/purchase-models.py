"""Purchase models by their published formulas at 40 digits, and the fits of lifetimes on the CDNOW sample.

Run: python purchase-models.py CDNOW_sample.txt > purchase-models.json
Versions: mpmath 1.4, lifetimes 0.11.3. Tolerance: 1e-9 relative for formulas (quadrature against hypergeometric functions).
"""
import json
import sys
from importlib.metadata import version

import mpmath as mp

mp.mp.dps = 40
HISTORIES = [(0, 0, 38.86), (0, 0, 5), (2, 30.43, 38.86), (1, 1 / 7, 39), (7, 20.5, 30), (40, 38, 39), (300, 150.25, 160), (500, 100, 520)]
TIMES = [0.5, 13, 39, 400]
MODELS = {
    "BG/NBD": [dict(r=0.243, alpha=4.414, a=0.793, b=2.426), dict(r=2.5, alpha=1.2, a=1.0, b=3.0), dict(r=9, alpha=40, a=3.5, b=0.4)],
    "MBG/NBD": [dict(r=0.525, alpha=6.183, a=0.891, b=1.614), dict(r=3, alpha=2, a=2.2, b=6)],
    "Pareto/NBD": [dict(r=0.553, alpha=10.58, s=0.606, beta=11.656), dict(r=2, alpha=0.3, s=1.0, beta=50), dict(r=8, alpha=90, s=2.5, beta=1.5)],
}


def geometric(model, p, x, tx, T):
    r, al, a, b = (mp.mpf(p[k]) for k in ("r", "alpha", "a", "b"))
    k = 1 if model == "MBG/NBD" else 0
    stay = mp.beta(a, b + x + k) / mp.beta(a, b) * (al + T) ** (-(r + x))
    stop = mp.beta(a + 1, b + x + k - 1) / mp.beta(a, b) * (al + tx) ** (-(r + x)) if x + k > 0 else mp.mpf(0)
    log_likelihood = mp.log(mp.gamma(r + x) * al**r / mp.gamma(r) * (stay + stop))
    alive = stay / (stay + stop)

    def expected(t):
        # E[Y] = alive · ∫∫ (expected purchases with rate λ and drop-out p): the published closed form, a ≠ 1.
        aa = a + mp.mpf(10) ** -15 if a == 1 else a
        z = t / (al + T + t)
        top = (aa + b + x + k - 1) / (aa - 1) * (1 - ((al + T) / (al + T + t)) ** (r + x) * mp.hyp2f1(r + x, b + x + k, aa + b + x + k - 1, z))
        return top * alive

    return log_likelihood, alive, expected


def pareto(p, x, tx, T):
    r, al, s, be = (mp.mpf(p[k]) for k in ("r", "alpha", "s", "beta"))

    def part(t):
        if al >= be:
            return mp.hyp2f1(r + s + x, s + 1, r + s + x + 1, (al - be) / (al + t)) / (al + t) ** (r + s + x)
        return mp.hyp2f1(r + s + x, r + x, r + s + x + 1, (be - al) / (be + t)) / (be + t) ** (r + s + x)

    stay = (al + T) ** (-(r + x)) * (be + T) ** (-s)
    stop = s / (r + s + x) * (part(mp.mpf(tx)) - part(mp.mpf(T)))
    log_likelihood = mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(al) + s * mp.log(be) + mp.log(stay + stop)
    alive = stay / (stay + stop)

    def expected(t):
        length = mp.log((be + T + t) / (be + T)) if s == 1 else (1 - ((be + T) / (be + T + t)) ** (s - 1)) / (s - 1)
        return alive * (r + x) * (be + T) / (al + T) * length

    return log_likelihood, alive, expected


def formulas():
    for model, sets in MODELS.items():
        for p in sets:
            for x, tx, T in HISTORIES:
                x_, tx_, T_ = mp.mpf(x), mp.mpf(tx), mp.mpf(T)
                ll, alive, expected = pareto(p, x_, tx_, T_) if model == "Pareto/NBD" else geometric(model, p, x_, tx_, T_)
                yield dict(model=model, parameters=p, repeats=x, lastRepeat=float(tx), observed=float(T),
                           logLikelihood=float(ll), alive=float(alive), expected=[float(expected(mp.mpf(t))) for t in TIMES])


def cdnow(path):
    import pandas as pd
    from lifetimes import BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter
    from lifetimes.utils import summary_data_from_transaction_data

    lines = pd.read_csv(path, sep=r"\s+", header=None, names=["full", "id", "day", "cds", "dollars"], dtype={"id": str, "day": str})
    lines["day"] = pd.to_datetime(lines["day"], format="%Y%m%d")
    table = summary_data_from_transaction_data(lines, "id", "day", "dollars", observation_period_end="1997-09-30", freq="D", freq_multiplier=7)
    fits = {}
    for name, fitter in [("BG/NBD", BetaGeoFitter()), ("MBG/NBD", ModifiedBetaGeoFitter()), ("Pareto/NBD", ParetoNBDFitter())]:
        fitter.fit(table["frequency"], table["recency"], table["T"])
        fits[name] = {k: float(v) for k, v in fitter.params_.items()}
    return fits


print(json.dumps(dict(times=TIMES, versions={p: version(p) for p in ("mpmath", "lifetimes")}, formulas=list(formulas()), cdnow=cdnow(sys.argv[1])), indent=1))

"""Expected numbers of test/inference. Usage: python inference.py DATASETS > inference.json

Wants scipy 1.17.1, statsmodels 0.15.0, pingouin 0.7.0, pandas 3.1.1, numpy 2.4.6.
Tolerance in the tests: relative 1e-9, of p-values 1e-8 (smaller than 1e-100: 1e-6, of χ² above 2,000: 2e-3).
"""
import json
import sys

import numpy as np
import pandas as pd
import pingouin
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

folder = sys.argv[1]
wholesale = pd.read_csv(f"{folder}/wholesale/wholesale_customers_bom.csv")
campaign = pd.read_csv(f"{folder}/marketing_campaign/marketing_campaign_iso_dates.csv")


def groups_of(frame, column, by):
    return [frame.loc[frame[by] == level, column].to_numpy(float) for level in sorted(frame[by].unique())]


def welch(column, by):
    row = pingouin.welch_anova(data=wholesale, dv=column, between=by).iloc[0]
    names = [name for name in row.index if name.lower().startswith("p")]
    f, d1, d2, n = float(row["F"]), float(row["ddof1"]), float(row["ddof2"]), len(wholesale)
    excess = d1 * (f - 1)
    return {
        "column": column, "by": by, "statistic": f, "degreesOfFreedom": [d1, d2],
        "pValue": float(stats.f.sf(f, d1, d2)), "pingouinP": float(row[names[0]]), "omegaSquared": max(0.0, excess / (excess + n)),
    }


def kruskal(frame, column, by):
    groups = groups_of(frame, column, by)
    h, p = stats.kruskal(*groups)
    return {"column": column, "by": by, "statistic": float(h), "pValue": float(p),
            "rankEpsilonSquared": float(h) / (sum(map(len, groups)) - 1)}


def one_way(column, by):
    groups = groups_of(wholesale, column, by)
    everything = np.concatenate(groups)
    n, k = len(everything), len(groups)
    total = ((everything - everything.mean()) ** 2).sum()
    between = sum(len(g) * (g.mean() - everything.mean()) ** 2 for g in groups)
    ms = (total - between) / (n - k)
    table = pingouin.anova(data=wholesale, dv=column, between=by, effsize="n2")
    return {"column": column, "by": by, "eta": float(table["n2"].iloc[0]) if "n2" in table else between / total,
            "etaByHand": between / total,
            "omega": (between - (k - 1) * ms) / (total + ms), "epsilon": (between - (k - 1) * ms) / total}


def chi_square(table):
    table = np.asarray(table)
    statistic, p, df, expected = stats.chi2_contingency(table, correction=False)
    n = table.sum()
    r, c = table.shape
    phi = max(0.0, statistic / n - (r - 1) * (c - 1) / (n - 1))
    rt, ct = r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)
    return {"table": table.tolist(), "statistic": float(statistic), "degreesOfFreedom": int(df), "pValue": float(p),
            "cramersV": float(np.sqrt(phi / min(rt - 1, ct - 1))),
            "plainV": float(stats.contingency.association(table, method="cramer")),
            "residuals": Table(table, shift_zeros=False).standardized_resids.tolist()}


def pairs(column, by, levels):
    a = wholesale.loc[wholesale[by] == levels[0], column].to_numpy(float)
    b = wholesale.loc[wholesale[by] == levels[1], column].to_numpy(float)
    d = np.sign(a[:, None] - b[None, :])
    delta = d.mean()
    m, n = d.shape
    di, dj = d.mean(axis=1), d.mean(axis=0)
    variance = (n * n * ((di - delta) ** 2).sum() + m * m * ((dj - delta) ** 2).sum() - ((d - delta) ** 2).sum()) / (m * n * (m - 1) * (n - 1))
    z = stats.norm.ppf(0.975)
    reach = z * np.sqrt(variance) * np.sqrt((1 - delta**2) ** 2 + z * z * variance)
    bottom = 1 - delta**2 + z * z * variance
    degrees = m + n - 2
    cohen = pingouin.compute_effsize(a, b, eftype="cohen")
    exact = np.exp(scipy.special.gammaln(degrees / 2) - scipy.special.gammaln((degrees - 1) / 2)) / np.sqrt(degrees / 2)
    g = cohen * exact
    se = np.sqrt((m + n) / (m * n) + g * g / (2 * (m + n)))
    return {"column": column, "by": by, "levels": levels, "hedgesG": float(g), "pingouinG": float(pingouin.compute_effsize(a, b, eftype="hedges")),
            "hedgesLow": float(g - z * se), "hedgesHigh": float(g + z * se),
            "cliffsDelta": float(delta), "cliffLow": float((delta - delta**3 - reach) / bottom), "cliffHigh": float((delta - delta**3 + reach) / bottom)}


tails = {"f": [], "chiSquare": []}
for d1, d2 in [(1, 1.5), (2, 7.3), (2, 437), (5, 212.7), (5, 3990.2), (9, 1e6), (30, 12.5)]:
    for p in [0.9, 0.05, 1e-3, 1e-60, 1e-200]:
        f = float(stats.f.isf(p, d1, d2))
        if 0 < f < 1e200:
            tails["f"].append([f, d1, d2, float(stats.f.sf(f, d1, d2))])
for df in [1, 2, 5, 20, 150, 900]:
    for p in [0.999, 0.05, 1e-3, 1e-60, 1e-200]:
        x = float(stats.chi2.isf(p, df))
        tails["chiSquare"].append([x, df, float(stats.chi2.sf(x, df))])

family = [0.01, 0.04, 0.03, 0.005, 0.5, 0.04, 1e-12]
columns = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
json.dump({
    "versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "pingouin": pingouin.__version__},
    "tails": tails,
    "welch": [welch(c, by) for c in columns for by in ["Channel", "Region"]],
    "kruskal": [kruskal(wholesale, c, by) for c in columns for by in ["Channel", "Region"]]
    + [kruskal(campaign, c, "Education") for c in ["NumDealsPurchases", "NumStorePurchases", "Recency"]],
    "oneWay": [one_way(c, "Region") for c in columns],
    "chiSquare": [
        chi_square(pd.crosstab(wholesale.Channel, wholesale.Region)),
        chi_square(pd.crosstab(campaign.Education, campaign.Response)),
        chi_square(pd.crosstab(campaign.Education, campaign.Marital_Status)),
        chi_square([[10, 20], [20, 10]]),
    ],
    "pairs": [pairs("Frozen", "Region", [1, 2]), pairs("Milk", "Channel", [1, 2]), pairs("Delicassen", "Channel", [2, 1])],
    "adjusted": {"pValues": family, **{ours: multipletests(family, method=theirs)[1].tolist() for ours, theirs in
                 [("holm", "holm"), ("benjamini-hochberg", "fdr_bh"), ("bonferroni", "bonferroni")]}},
    "wilson": [[s, n, level, *map(float, proportion_confint(s, n, alpha=1 - level, method="wilson"))]
               for s, n, level in [(0, 10, 0.95), (10, 10, 0.95), (3, 17, 0.95), (334, 2240, 0.99), (1, 1, 0.9)]],
}, sys.stdout, indent=1)
print()

"""Expected numbers of test/inference/against-python.test.ts. Usage: python tests-python.py DATASETS > tests-python.json

Wants scipy 1.17.1, pingouin 0.7.0, scikit-posthocs 0.17.1, statsmodels 0.15.0, pandas 3.1.1, numpy 2.4.6, mpmath 1.3.0 or later.
Tolerance in the test: relative 1e-8; of the studentized range 1e-6, where SciPy is taken up to 100,000 degrees of freedom (above
it puts infinity) and mpmath for the far tail, where SciPy's 1 - cdf has no digits left.
"""
import itertools
import json
import sys
from fractions import Fraction

import mpmath
import numpy as np
import pandas as pd
import pingouin
import scikit_posthocs
import scipy
from scipy import stats

folder = sys.argv[1]
wholesale = pd.read_csv(f"{folder}/wholesale/wholesale_customers_bom.csv")
campaign = pd.read_csv(f"{folder}/marketing_campaign/marketing_campaign_iso_dates.csv")


def groups_of(frame, column, by):
    known = frame[frame[column].notna()]
    return [known.loc[known[by] == level, column].to_numpy(float) for level in sorted(known[by].unique())]


def far_tail(q, k):
    """P(range of k standard normals >= q), the one difference taken with 60 digits."""
    mpmath.mp.dps = 60
    inner = lambda z: k * mpmath.npdf(z) * (mpmath.ncdf(z) ** (k - 1) - (mpmath.ncdf(z) - mpmath.ncdf(z - q)) ** (k - 1))
    return float(mpmath.quad(inner, [q / 2 + step for step in range(-25, 26)]))


def enumerated(first, second):
    """Share of all choices of the first group's rows whose rank sum is at least as far from its expectation; shared ranks kept."""
    ranks = [Fraction(int(2 * r), 2) for r in stats.rankdata(np.concatenate([first, second]))]
    centre = Fraction(len(first) * (len(ranks) + 1), 2)
    seen = abs(sum(ranks[: len(first)]) - centre)
    sums = [sum(ranks[i] for i in chosen) for chosen in itertools.combinations(range(len(ranks)), len(first))]
    return sum(abs(s - centre) >= seen for s in sums) / len(sums)


def split(frame, column, by, name):
    groups = groups_of(frame, column, by)
    long = pd.DataFrame({"y": np.concatenate(groups), "g": np.repeat(np.arange(len(groups)), [len(g) for g in groups])})
    levene = stats.levene(*groups, center="median")
    dunn = scikit_posthocs.posthoc_dunn(long, val_col="y", group_col="g", p_adjust=None)
    dunn_holm = scikit_posthocs.posthoc_dunn(long, val_col="y", group_col="g", p_adjust="holm")
    howell = pingouin.pairwise_gameshowell(data=long, dv="y", between="g")
    pairs = list(itertools.combinations(range(len(groups)), 2))
    names = {c.lower(): c for c in howell.columns}
    return {
        "data": name, "column": column, "by": by,
        "brownForsythe": {"statistic": float(levene.statistic), "pValue": float(levene.pvalue)},
        "dunn": [{"pValue": float(dunn.iloc[i, j]), "adjustedPValue": float(dunn_holm.iloc[i, j])} for i, j in pairs],
        "gamesHowell": [{"statistic": float(row[names["t"]]), "degreesOfFreedom": float(row[names["df"]]),
                         "adjustedPValue": float(row[names["pval"] if "pval" in names else names["p_tukey"] if "p_tukey" in names else names["p-tukey"]])}
                        for _, row in howell.iterrows()],
        "mannWhitney": [{"statistic": float(r.statistic), "pValue": float(r.pvalue)} for i, j in pairs
                        for r in [stats.mannwhitneyu(groups[i], groups[j], method="asymptotic")]],
        "welch": [{"statistic": float(r.statistic), "degreesOfFreedom": float(r.df), "pValue": float(r.pvalue),
                   "low": float(r.confidence_interval().low), "high": float(r.confidence_interval().high)} for i, j in pairs
                  for r in [stats.ttest_ind(groups[i], groups[j], equal_var=False)]],
    }


def g_test(table):
    r = stats.chi2_contingency(np.asarray(table), correction=False, lambda_="log-likelihood")
    return {"table": np.asarray(table).tolist(), "statistic": float(r.statistic), "pValue": float(r.pvalue)}


small = [([1, 2, 2, 5], [2, 3, 5, 5, 8]), ([1, 1, 1, 4, 9, 9], [1, 4, 4, 4, 7, 7, 9]), ([3.5, 1.25, 8], [2, 9, 10, 11, 12, 13]), ([7, 7], [7, 7, 8])]
ranges = [(3.5, 3, 20), (0.5, 3, 20), (10, 6, 30), (40, 4, 3), (1.2, 2, 1.5), (300, 10, 1), (4, 50, 100), (3.3, 2, 7.3), (5, 20, 43.21), (6, 8, 5000),
          # InsectSprays A-C and iris versicolor-virginica by Games and Howell.
          (11.889773557, 6, 14.7390116), (7.9608417, 3, 94.0254863)]
json.dump({
    "versions": {"scipy": scipy.__version__, "pingouin": pingouin.__version__, "scikit-posthocs": scikit_posthocs.__version__,
                 "numpy": np.__version__, "pandas": pd.__version__, "mpmath": mpmath.__version__},
    "normalTail": [[z, float(mpmath.erfc(mpmath.mpf(z) / mpmath.sqrt(2)) / 2)] for z in [-9, -2.999, -0.5, 0, 1e-9, 0.3, 1.96, 2.999, 3, 3.001, 5, 12, 30]],
    "range": [[q, k, v, float(stats.studentized_range.cdf(q, k, v)), float(stats.studentized_range.sf(q, k, v))] for q, k, v in ranges],
    "farTail": [[q, k, far_tail(q, k)] for q, k in [(8, 3), (12, 2), (15, 6), (25, 10)]],
    "quantile": [[p, k, v, float(stats.studentized_range.ppf(p, k, v))] for p, k, v in
                 [(0.95, 3, 20), (0.99, 5, 12.5), (0.5, 10, 60), (0.05, 4, 8), (0.999, 2, 4), (0.95, 6, 433)]],
    "exactRanks": [{"first": a, "second": b, "pValue": enumerated(a, b)} for a, b in small],
    "splits": [split(wholesale, c, by, "wholesale") for c in ["Fresh", "Frozen", "Delicassen"] for by in ["Region", "Channel"]]
    + [split(campaign, c, "Education", "campaign") for c in ["Income", "NumStorePurchases"]],
    "gTest": [g_test(pd.crosstab(wholesale.Channel, wholesale.Region)), g_test(pd.crosstab(campaign.Response, campaign.Education)),
              g_test([[5, 0, 9], [1, 7, 4], [3, 3, 0]])],
}, sys.stdout, indent=1)
print()

"""Quantiles of columns with ties and gaps, by pandas: where scores are cut.

Run: python test/reference/score-cuts.py > test/reference/score-cuts.json (numbers hold to 1e-12, relative)
"""

import json

import numpy
import pandas

generator = numpy.random.default_rng(7)
columns = [
    generator.poisson(2.0, 200).astype(float),
    numpy.round(generator.lognormal(3, 1, 150), 2),
    numpy.array([1.0, 1, 1, 1, 2]),
    numpy.array([5.0]),
    generator.integers(0, 400, 97).astype(float),
]
columns[1][[3, 70]] = numpy.nan
cases = []
for bins, column in zip([5, 4, 5, 3, 10], columns):
    series = pandas.Series(column)
    cuts = [series.quantile(i / bins) for i in range(1, bins)]
    values = [None if numpy.isnan(value) else value for value in column.tolist()]
    cases.append({"bins": bins, "values": values, "cuts": cuts})
print(json.dumps({"versions": {"pandas": pandas.__version__, "numpy": numpy.__version__}, "cases": cases}))

"""Certified values of one-way analysis of variance. Usage: python nist-anova.py > nist-anova.json

NIST Statistical Reference Datasets, one-way ANOVA (https://www.itl.nist.gov/div898/strd/anova/anova.html): SiRstv and AtmWtAg as
published; SmLs01 to SmLs09 (Simon & Lesage 1989) by their definition: nine treatments, the offset 1, 1,000,000 or 1,000,000,000,000
plus 0.4, 0.3, 0.5, 0.3, …, each first replicate that value and the others by turns 0.1 below and above it.
"certified" is F from exact rational arithmetic on the decimal data, checked here against NIST's published digits; "ofDoubles" the
same on the numbers as a computer holds them, which at the largest offset are themselves rounded to 1/8192. Python's fractions only.
Tolerance in the test: relative 1e-12 of "ofDoubles"; of "certified" 1e-8 up to offset 1,000,000 and what the rounded data allow above.
"""
import json
import sys
from fractions import Fraction

SIRSTV = """196.3052 196.1240 196.1890 196.2569 196.3403 / 196.3042 196.3825 196.1669 196.3257 196.0422 /
196.1303 196.2005 196.2889 196.0343 196.1811 / 196.2795 196.1748 196.1494 196.1485 195.9885 / 196.2119 196.1051 196.1850 196.0052 196.2090"""
ATMWTAG = """107.8681568 107.8681465 107.8681572 107.8681785 107.8681446 107.8681903 107.8681526 107.8681494 107.8681616 107.8681587
107.8681519 107.8681486 107.8681419 107.8681569 107.8681508 107.8681672 107.8681385 107.8681518 107.8681662 107.8681424 107.8681360
107.8681333 107.8681610 107.8681477 / 107.8681079 107.8681344 107.8681513 107.8681197 107.8681604 107.8681385 107.8681642 107.8681365
107.8681151 107.8681082 107.8681517 107.8681448 107.8681198 107.8681482 107.8681334 107.8681609 107.8681101 107.8681512 107.8681469
107.8681360 107.8681254 107.8681261 107.8681450 107.8681368"""
PUBLISHED = {"SiRstv": "1.18046237440255", "AtmWtAg": "15.9467335677930", **{
    f"SmLs0{3 * i + j + 1}": f"{replicates // 10 * 10 + 1}" for i in range(3) for j, replicates in enumerate([21, 201, 2001])}}


def tenths(offset, replicates):
    for treatment in range(9):
        centre = 4 if treatment == 0 else 3 if treatment % 2 == 1 else 5
        yield [f"{offset}.{centre if i == 0 else centre - 1 if i % 2 == 1 else centre + 1}" for i in range(replicates)]


def f_statistic(groups):
    n, k = sum(map(len, groups)), len(groups)
    sums = [sum(g) for g in groups]
    grand = Fraction(sum(sums), 1) / n
    between = sum(len(g) * (s / len(g) - grand) ** 2 for g, s in zip(groups, sums))
    within = sum(sum(x * x for x in g) - s * s / len(g) for g, s in zip(groups, sums))
    return (between / (k - 1)) / (within / (n - k))


def entry(name, texts, **extra):
    certified = f_statistic([[Fraction(t) for t in g] for g in texts])
    digits = f"{float(certified):.15g}"
    assert abs(float(certified) / float(PUBLISHED[name]) - 1) < 2e-14, (name, digits)
    of_doubles = f_statistic([[Fraction(float(t)) for t in g] for g in texts])
    return {"name": name, "certified": float(certified), "ofDoubles": float(of_doubles), **extra}


def parse(text):
    return [part.split() for part in text.split("/")]


out = []
for name, text in [("SiRstv", SIRSTV), ("AtmWtAg", ATMWTAG)]:
    groups = parse(text)
    out.append(entry(name, groups, groups=[[float(t) for t in g] for g in groups]))
for i, offset in enumerate(["1", "1000000", "1000000000000"]):
    for j, replicates in enumerate([21, 201, 2001]):
        out.append(entry(f"SmLs0{3 * i + j + 1}", list(tenths(offset, replicates)), offset=offset, replicates=replicates))
json.dump({"versions": {"python": sys.version.split()[0]}, "sets": out}, sys.stdout, indent=1)
print()

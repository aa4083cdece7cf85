"""How well a threshold tree says the segments, at so many leaves. Usage: python rule-trees.py DATASETS > rule-trees.json

Wants scikit-learn 1.9.1, pandas 3.1.1. scikit-learn draws the order in which it tries features, which decides ties: the best of 20
draws stands. No tolerance: a tree of ours with as many leaves and conditions has to name at least as many customers rightly.
"""
import json
import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from sklearn.tree import DecisionTreeClassifier


def best_tree(values, labels, leaves, depth, smallest):
    counts = []
    for seed in range(20):
        tree = DecisionTreeClassifier(
            max_leaf_nodes=leaves, max_depth=depth, min_samples_leaf=smallest, random_state=seed
        ).fit(values, labels)
        counts.append(int((tree.predict(values) == labels).sum()))
    return max(counts)


def cases(values, labels, smallest):
    count = int(max(labels)) + 1
    return [
        {"leaves": leaves, "depth": depth, "smallest": smallest, "right": best_tree(values, labels, leaves, depth, smallest)}
        for leaves in (count, count + 2, 2 * count, 3 * count)
        for depth in (3, 4)
    ]


iris = load_iris()
wholesale = pd.read_csv(f"{sys.argv[1]}/wholesale/wholesale_customers_bom.csv")
spends = wholesale[["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]].to_numpy(float)
logs = np.log1p(spends)
scaled = (logs - logs.mean(0)) / logs.std(0, ddof=1)
# Overlapping groups, so that no small tree is right everywhere; four decimals, so that thresholds have to be chosen among thousands.
made = np.random.default_rng(3)
centres = made.normal(0, 2, (5, 4))
groups = made.integers(0, 5, 1500)
points = np.round(centres[groups] + made.normal(0, 1, (1500, 4)), 4)

sets = {"iris": {"labels": iris.target.tolist(), "cases": cases(iris.data, iris.target, 5)}}
for count in (3, 4, 6):
    labels = KMeans(count, n_init=50, random_state=1).fit_predict(scaled)
    sets[f"wholesale{count}"] = {"labels": labels.tolist(), "cases": cases(spends, labels, 5)}
sets["made"] = {"labels": groups.tolist(), "values": points.tolist(), "cases": cases(points, groups, 10)}
json.dump({"versions": {"scikit-learn": sklearn.__version__}, "irisValues": iris.data.tolist(), "sets": sets}, sys.stdout)
print()

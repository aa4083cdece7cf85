"""Scores a file as an analyst would with pandas and scikit-learn: read, pipeline, nearest two centres, write.

assign.py MODEL.json INPUT OUTPUT; Parquet or CSV by name.
"""

import json
import sys

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

with open(sys.argv[1], encoding="utf8") as file:
    definition = json.load(file)
source, target = sys.argv[2:4]
steps = definition["recipe"]["steps"]
columns = [step["feature"] for step in steps]
names = np.array([segment["name"] for segment in definition["segments"]])
keys = np.array([segment["key"] for segment in definition["segments"]])

imputer = SimpleImputer().fit(np.zeros((1, len(steps))))
imputer.statistics_ = np.array([step["impute"] for step in steps])
scaler = StandardScaler().fit(np.zeros((1, len(steps))))
scaler.mean_ = np.array([step["centre"] for step in steps])
scaler.scale_ = np.array([step["scale"] for step in steps])
prepare = make_pipeline(
    imputer,
    FunctionTransformer(np.log1p),
    scaler,
    FunctionTransformer(np.clip, kw_args={"a_min": -8, "a_max": 8}),
)
centres = np.array(definition["model"]["centres"]) / 2**20
model = KMeans(n_clusters=len(centres), init=centres, n_init=1, max_iter=1).fit(centres)

customers = pd.read_parquet(source) if source.endswith(".parquet") else pd.read_csv(source)
distances = model.transform(prepare.transform(customers[columns].to_numpy()))
order = np.argpartition(distances, 1, axis=1)[:, :2]
rows = np.arange(len(customers))
first = distances[rows, order[:, 0]] <= distances[rows, order[:, 1]]
nearest = np.where(first, order[:, 0], order[:, 1])
second = np.where(first, order[:, 1], order[:, 0])
distance = distances[rows, nearest]
beyond = distances[rows, second]
assigned = pd.DataFrame(
    {
        "customer_id": customers[definition["keyName"]],
        "segment": keys[nearest],
        "segment_name": names[nearest],
        "distance": distance,
        "runner_up": keys[second],
        "margin": (beyond - distance) / beyond,
    }
)
if target.endswith(".parquet"):
    assigned.to_parquet(target, index=False)
else:
    assigned.to_csv(target, index=False)

"""Explained variance of the first two principal components of Fisher's irises.

Python 3.11, scikit-learn as printed into the file. Run: python test/reference/charts.py > test/reference/charts.json
"""

import json

import sklearn
from sklearn.datasets import load_iris
from sklearn.decomposition import PCA

data = load_iris().data
pca = PCA(n_components=2).fit(data)
points = pca.transform(data)
print(
    json.dumps(
        {
            "versions": {"scikit-learn": sklearn.__version__},
            "tolerance": 1e-9,
            "iris": data.tolist(),
            "varianceShares": pca.explained_variance_ratio_.tolist(),
            "components": pca.components_.tolist(),
            "firstRow": points[0].tolist(),
        }
    )
)

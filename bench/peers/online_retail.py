"""The same analysis as our notebooks on UCI Online Retail, as a careful Python analyst would write it.

A notebook in percent format. Run it whole with `python bench/peers/online_retail.py FILE.csv.gz OUTPUT.html`: the cells go into a notebook,
nbclient executes it in a fresh kernel, nbconvert writes the HTML report. Needs: pandas, scikit-learn, scipy, plotly, nbclient, nbconvert, ipykernel.
"""

CELLS = r'''
# %% imports
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
from scipy import stats
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import calinski_harabasz_score, silhouette_samples, silhouette_score
pio.renderers.default = "notebook_connected"
SEED = 7
# %% load
lines = pd.read_csv(DATA, dtype={"InvoiceNo": str, "StockCode": str, "CustomerID": str}, parse_dates=["InvoiceDate"])
account = {"read": len(lines), "without customer": int(lines.CustomerID.isna().sum())}
lines = lines.dropna(subset=["CustomerID"])
lines["CustomerID"] = lines.CustomerID.str.replace(r"\.0$", "", regex=True)
lines = lines[~lines.InvoiceNo.str.startswith("C") & (lines.Quantity > 0) & (lines.UnitPrice > 0)].copy()
lines["amount"] = lines.Quantity * lines.UnitPrice
account["kept"] = len(lines)
pd.Series(account)
# %% features
as_of = pd.Timestamp("2011-12-10")
lines["day"] = lines.InvoiceDate.dt.normalize()
customers = lines.groupby("CustomerID").agg(
    last=("day", "max"), first=("day", "min"), order_count=("InvoiceNo", "nunique"), spend=("amount", "sum"),
    products_bought=("StockCode", "nunique"), days=("day", "nunique"),
    region=("Country", lambda values: values.mode().iat[0]))
customers["recency_days"] = (as_of - customers["last"]).dt.days
customers["tenure_days"] = (as_of - customers["first"]).dt.days
customers["average_order_value"] = customers.spend / customers.order_count
customers["days_between_orders"] = ((customers["last"] - customers["first"]).dt.days / (customers.days - 1)).where(customers.days > 1)
customers.describe()
# %% distributions
for name in ["recency_days", "order_count", "spend"]:
    go.Figure(go.Histogram(x=customers[name]), layout_title_text=name).show()
# %% correlation
numeric = ["recency_days", "order_count", "spend", "average_order_value", "products_bought", "tenure_days"]
rho = customers[numeric].corr(method="spearman")
go.Figure(go.Heatmap(z=rho, x=numeric, y=numeric, zmin=-1, zmax=1)).show()
# %% scale
basis = np.log1p(customers[["recency_days", "order_count", "spend"]].to_numpy(float))
X = (basis - basis.mean(axis=0)) / basis.std(axis=0, ddof=1)
# %% choose the count
rows, fits = [], {}
for k in range(1, 11):
    fit = KMeans(k, n_init=50, random_state=SEED).fit(X)
    fits[k] = fit
    rows.append({"k": k, "inertia": fit.inertia_,
                 "silhouette": silhouette_score(X, fit.labels_) if k > 1 else np.nan,
                 "calinski_harabasz": calinski_harabasz_score(X, fit.labels_) if k > 1 else np.nan})
choice = pd.DataFrame(rows)
choice
# %% gap statistic
rng = np.random.default_rng(SEED)
centred = X - X.mean(axis=0)
_, _, axes = np.linalg.svd(centred, full_matrices=False)
turned = centred @ axes.T
low, high = turned.min(axis=0), turned.max(axis=0)
reference = np.empty((REFERENCES, 10))
for b in range(REFERENCES):
    box = rng.uniform(low, high, size=X.shape) @ axes
    for k in range(1, 11):
        reference[b, k - 1] = np.log(KMeans(k, n_init=REFERENCE_STARTS, random_state=b).fit(box).inertia_)
choice["gap"] = reference.mean(axis=0) - np.log(choice.inertia)
choice["gap_se"] = reference.std(axis=0) * np.sqrt(1 + 1 / REFERENCES)
stops = [k for k in range(1, 10) if choice.gap[k - 1] >= choice.gap[k] - choice.gap_se[k]]
recommended = stops[0] if stops else 10
go.Figure(go.Scatter(x=choice.k, y=choice.gap, error_y={"array": choice.gap_se})).show()
go.Figure(go.Scatter(x=choice.k, y=choice.silhouette)).show()
# %% stability
clusters = CLUSTERS
labels = fits[clusters].labels_
jaccard = np.zeros((RESAMPLES, clusters))
for b in range(RESAMPLES):
    drawn = rng.integers(0, len(X), len(X))
    again = KMeans(clusters, n_init=10, random_state=b).fit(X[drawn])
    distinct = np.unique(drawn)
    old, new = labels[distinct], again.predict(X[distinct])
    for c in range(clusters):
        jaccard[b, c] = max(((old == c) & (new == d)).sum() / ((old == c) | (new == d)).sum() for d in range(clusters))
pd.DataFrame(jaccard).describe()
# %% segments
customers["segment"] = labels
profile = customers.groupby("segment")[numeric].agg(["mean", "median"])
sizes = customers.groupby("segment").agg(customers=("spend", "size"), revenue=("spend", "sum"))
go.Figure(go.Bar(x=sizes.index, y=sizes.customers / sizes.customers.sum())).show()
index = 100 * customers.groupby("segment")[numeric].mean() / customers[numeric].mean()
go.Figure(go.Heatmap(z=index, x=numeric, y=[f"s{c}" for c in index.index])).show()
axes2 = PCA(2).fit_transform(X)
go.Figure(go.Scatter(x=axes2[:, 0], y=axes2[:, 1], mode="markers", marker_color=labels)).show()
go.Figure(go.Scatter(y=np.sort(silhouette_samples(X, labels)))).show()
profile
# %% tests
groups = [customers[customers.segment == c] for c in range(clusters)]
tests = {name: stats.kruskal(*[g[name].dropna() for g in groups]).pvalue for name in ["average_order_value", "products_bought", "tenure_days", "days_between_orders"]}
tests["region"] = stats.chi2_contingency(pd.crosstab(customers.segment, customers.region))[1]
pd.Series(tests)
# %% export
customers[["segment"]].to_csv(ASSIGNMENTS)
'''


def main():
    import os
    import sys
    import tempfile

    import nbformat
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    data, output = os.path.abspath(sys.argv[1]), sys.argv[2]
    settings = {
        "DATA": data,
        "ASSIGNMENTS": os.path.join(tempfile.mkdtemp(), "assignments.csv"),
        "REFERENCES": int(os.environ.get("REFERENCES", "50")),
        "REFERENCE_STARTS": int(os.environ.get("REFERENCE_STARTS", "10")),
        "RESAMPLES": int(os.environ.get("RESAMPLES", "50")),
        "CLUSTERS": int(os.environ.get("CLUSTERS", "4")),
    }
    cells = [text.split("\n", 1)[1] for text in CELLS.split("# %%")[1:]]
    first = "\n".join(f"{name} = {value!r}" for name, value in settings.items())
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in [first, *cells]])
    NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
    html, _ = HTMLExporter().from_notebook_node(notebook)
    with open(output, "w") as file:
        file.write(html)


if __name__ == "__main__":
    main()

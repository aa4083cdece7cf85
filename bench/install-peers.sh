#!/usr/bin/env bash
# Installs what the bench compares with: Python packages into FOLDER (default bench/.venv), R and its packages cluster, fpc
# and mclust from Debian, and flexclust from CRAN where that can be reached.
set -euo pipefail
folder="${1:-$(dirname "$0")/.venv}"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 \
  polars==2.1.0 pyarrow==26.0.1 lifetimes==0.11.3 \
  kmedoids==0.5.5 kmodes==0.12.2 plotly nbclient==0.11.0 nbconvert ipykernel jupyter_client==8.10.0
if ! Rscript -e 'library(cluster); library(fpc)' >/dev/null 2>&1; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends r-base-core r-cran-cluster r-cran-fpc r-cran-mclust r-cran-modeltools >/dev/null
fi
if ! Rscript -e 'library(flexclust)' >/dev/null 2>&1; then
  Rscript -e 'install.packages("flexclust", quiet = TRUE)' >/dev/null 2>&1 ||
    echo "flexclust could not be installed; bench/stability.js then times its pairs with stats::kmeans" >&2
fi
echo "$folder/bin/python"

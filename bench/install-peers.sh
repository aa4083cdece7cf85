#!/usr/bin/env bash
# Installs what the bench compares with: Python packages into FOLDER (default bench/.venv), R and its package cluster from Debian.
set -euo pipefail
folder="${1:-$(dirname "$0")/.venv}"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1 pandas \
  kmedoids==0.5.5 kmodes==0.12.2 plotly nbclient==0.11.0 nbconvert ipykernel jupyter_client==8.10.0
if ! command -v Rscript >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends r-base-core r-cran-cluster >/dev/null
fi
echo "$folder/bin/python"

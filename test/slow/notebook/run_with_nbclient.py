"""Runs a notebook with Jupyter's own client and checks files: run_with_nbclient.py FOLDER IN.ipynb OUT.ipynb [MORE.ipynb ...]"""

import sys

import nbformat
from nbclient import NotebookClient

folder, source, target, *more = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
client = NotebookClient(
    notebook, kernel_name="segbook", timeout=60, allow_errors=True, resources={"metadata": {"path": folder}}
)
client.execute()
nbformat.write(notebook, target)
for path in [source, target, *more]:
    nbformat.validate(nbformat.read(path, as_version=4))

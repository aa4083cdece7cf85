"""Writes notebook-layout.ipynb with Python's own library: nbformat 5.x, `pip install nbformat`."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

notebook = new_notebook(metadata={"kernelspec": {"name": "segbook", "display_name": "TypeScript", "language": "typescript"}})
notebook.metadata["empty"] = {}
notebook.metadata["list"] = [1, 2.5, True, None, []]
notebook.cells = [
    new_markdown_cell("# Größe\n\nText with “quotes” and \\ and \t tab", id="title"),
    new_code_cell("", id="empty"),
    new_code_cell("const a = 1;\nconst b = 2;\u2028c\x0cd\x7f\x01", id="lines", metadata={"tags": ["parameters"]}),
    new_code_cell(
        "a",
        id="outputs",
        execution_count=3,
        outputs=[
            new_output("stream", name="stdout", text="one\r\ntwo\n"),
            new_output(
                "display_data",
                {
                    "text/plain": "x\ny",
                    "text/html": "<b>\n</b>\n",
                    "image/svg+xml": "<svg>\n</svg>",
                    "image/png": "aGk=\n",
                    "application/json": {"z": [1, {"a": "b\nc"}], "a": "b\nc"},
                },
            ),
            new_output("execute_result", {"text/plain": "1"}, execution_count=3),
            new_output("error", ename="Error", evalue="x", traceback=["Error: x", "    at cell"]),
        ],
    ),
]
with open("notebook-layout.ipynb", "w", encoding="utf8", newline="") as file:
    nbformat.write(notebook, file)

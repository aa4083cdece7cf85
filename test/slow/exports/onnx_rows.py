"""Checks ONNX models with the onnx package and runs them in onnxruntime: rows placed or measured otherwise than stated."""
import json
import re
import sys

import numpy as np
import onnx
import onnxruntime

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def column(given):
    values = given["values"]
    if given["type"] == "text":
        return np.array([["\uffff" if value is None else value] for value in values], dtype=object)
    if given["type"] == "date":
        values = [
            float(value.replace("-", "")) if value is not None and DAY.fullmatch(value) else np.nan
            for value in values
        ]
    return np.array(values, dtype=np.float64).reshape(-1, 1)


folder, count = sys.argv[1], int(sys.argv[2])
rows = differences = 0
for number in range(count):
    path = f"{folder}/{number}.onnx"
    with open(f"{folder}/{number}.json", encoding="utf-8") as file:
        task = json.load(file)
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path)
    names = ["segment"] if task["kind"] == "rules" else ["segment", "distance", "margin", "runner_up_index"]
    feeds = {given["onnx"]: column(given) for given in task["inputs"]}
    answers = dict(zip(names, session.run(names, feeds)))
    rows += len(task["segment"])
    differences += int(np.sum(answers.pop("segment") != np.array(task["segment"], dtype=object)))
    for name, answer in answers.items():
        stated = np.array(task[name], dtype=np.float64)
        differences += int(np.sum(~((answer == stated) | (np.isnan(answer) & np.isnan(stated)))))
print(json.dumps({"rows": rows, "differences": differences}))

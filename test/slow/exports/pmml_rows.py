"""Runs PMML documents in PMML4S through pypmml: rows placed otherwise than stated."""
import json
import sys

from pypmml import Model

folder, count = sys.argv[1], int(sys.argv[2])
rows = differences = 0
for number in range(count):
    with open(f"{folder}/{number}.json", encoding="utf-8") as file:
        task = json.load(file)
    columns = [given["values"] for given in task["inputs"]]
    # JSON has no NaN and no infinities: null is missing, and 1e400 reads as an infinity.
    data = [[None if value != value else value for value in row] for row in zip(*columns)]
    table = json.dumps({"columns": [given["name"] for given in task["inputs"]], "data": data})
    model = Model.fromFile(f"{folder}/{number}.pmml")
    answers = json.loads(model.predict(table.replace("-Infinity", "-1e400").replace("Infinity", "1e400")))
    place = answers["columns"].index(task["answer"])
    rows += len(task["segment"])
    differences += sum(answer[place] != stated for answer, stated in zip(answers["data"], task["segment"]))
Model.close()
print(json.dumps({"rows": rows, "differences": differences}))

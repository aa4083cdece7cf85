import assert from "node:assert/strict";
import { test } from "node:test";
import { watchNotebooks } from "#src/commands/run-progress.js";
import { parseNotebook } from "#src/notebook/notebook-file.js";
import { madeDocument } from "../notebook/made-notebook.js";

test("each notebook that has begun keeps one line, with the time left while it runs", () => {
  const notebook = parseNotebook(JSON.stringify(madeDocument(["1"])), "a");
  const notebooks = ["01-a.ipynb", "02-long.ipynb"].map((file) => ({ file, notebook, declared: [] }));
  let shown: readonly string[] = [];
  const watch = watchNotebooks(notebooks, {
    heading: "1 of 2: k=3",
    progress: (...lines) => (shown = lines),
  });
  const step = { notebookCount: 2, cellCount: 8 };
  watch({ ...step, notebook: "02-long.ipynb", notebookNumber: 2, cellsDone: 1, secondsLeft: 130 });
  watch({ ...step, notebook: "01-a.ipynb", notebookNumber: 1, cellsDone: 8, secondsLeft: 0 });
  assert.deepEqual(shown, [
    "1 of 2: k=3",
    "1/2 01-a     8 of 8 cells, done",
    "2/2 02-long  1 of 8 cells, about 2 min left",
  ]);
});

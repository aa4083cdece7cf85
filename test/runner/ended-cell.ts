import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readNotebook } from "#src/notebook/notebook-file.js";
import { runNotebooks } from "#src/runner/run-notebooks.js";
import { scratchFolder, writeMade } from "../notebook/made-notebook.js";
import { assertValidNotebook } from "../notebook/notebook-schema.js";
import { cellOf } from "./executed-notebook.js";

/** Code that ends its cell in another way than by throwing, and the error that the run must show. */
export interface Ending {
  readonly code: string;
  readonly name: string;
  readonly message: RegExp;
}

/** Tests that a run ends at the cell with that code, in a notebook with one more cell. */
export function testEnding({ code, name, message }: Ending): void {
  test(`a run names the cell that ended with ${JSON.stringify(code)}, also if it may raise exceptions`, async (context) => {
    const folder = scratchFolder(context);
    const tags = name === "Error" ? [] : ["raises_exception"];
    const path = writeMade(folder, "a.ipynb", [[code, ...tags], "2"]);
    const options = { outputFolder: join(folder, "out"), timeoutSeconds: 1, now: () => 0 };
    const [run] = await runNotebooks([path], options);
    assert.deepEqual([run?.failed?.cell, run?.failed?.id, run?.failed?.name], [1, "c1", name]);
    assert.match(run?.failed?.message ?? "", message);
    const errors = cellOf(readNotebook(run!.executed), "c1").outputs?.filter(
      (output) => output.output_type === "error",
    );
    assert.equal(errors?.length, 1);
    assert.match(String(errors[0]?.evalue), message);
    assertValidNotebook(run!.executed);
  });
}

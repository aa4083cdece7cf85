import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { before, test } from "node:test";
import type { JsonObject } from "#src/notebook/notebook.js";
import { readNotebook } from "#src/notebook/notebook-file.js";
import { writeMade } from "../../notebook/made-notebook.js";
import { type Jupyter, setUpJupyter, withoutJupyter } from "./jupyter-tools.js";

/** A tool of Jupyter's that runs a notebook as its users call it. */
interface Tool {
  readonly name: string;
  readonly program: string;
  readonly extension: "ipynb" | "html";
  readonly words: (notebook: string, target: string) => readonly string[];
}

const figureMime = "application/vnd.plotly.v1+json";
const shipped = readdirSync("notebooks").filter((file) => file.endsWith(".ipynb"));
const pageTool: Tool = {
  name: "nbconvert",
  program: "jupyter-nbconvert",
  extension: "html",
  words: (notebook, target) => ["--execute", "--to", "html", notebook, "--output", target],
};
const tools: readonly Tool[] = [
  {
    name: "nbclient",
    program: "jupyter-execute",
    extension: "ipynb",
    words: (notebook, target) => [notebook, "--output", target],
  },
  {
    name: "papermill",
    program: "papermill",
    extension: "ipynb",
    words: (notebook, target) => [notebook, target, "--cwd", join(notebook, ".."), "--no-progress-bar"],
  },
];

let jupyter: Jupyter;
const ends: (() => void)[] = [];
before(() => {
  if (withoutJupyter) return;
  jupyter = setUpJupyter({ after: (end) => void ends.push(end) });
  cpSync("notebooks", join(jupyter.folder, "notebooks"), { recursive: true });
  const filter = (path: string): boolean => !path.includes(".segbook");
  cpSync("data/sample", join(jupyter.folder, "data/sample"), { recursive: true, filter });
});
process.once("exit", () => {
  for (const end of ends) end();
});

function execute(
  { name, program, extension, words }: Tool,
  notebook: string,
): { target: string; errors: string; exitCode: number | null } {
  const target = join(jupyter.folder, `${name}-${basename(notebook, ".ipynb")}.${extension}`);
  const { exitCode, errors } = jupyter.run(program, words(join(jupyter.folder, notebook), target), 180);
  return { target, errors, exitCode };
}

const figureCounts = new Map<string, number>();

for (const tool of tools)
  test(`${tool.name} runs every shipped notebook to its end`, { skip: withoutJupyter }, () => {
    for (const file of shipped) {
      const { target, errors, exitCode } = execute(tool, `notebooks/${file}`);
      assert.equal(exitCode, 0, `${file}: ${errors}`);
      const code = readNotebook(target).cells.filter(({ cell_type }) => cell_type === "code");
      assert.ok(
        code.every(({ execution_count }) => typeof execution_count === "number"),
        file,
      );
      const outputs = code.flatMap((cell) => cell.outputs ?? []);
      assert.deepEqual(
        outputs.filter(({ output_type }) => output_type === "error"),
        [],
        file,
      );
      const figures = outputs.filter(({ data }) => figureMime in ((data as JsonObject | undefined) ?? {}));
      assert.equal(figures.length, figureCounts.get(file) ?? figures.length, `${file}: figures`);
      figureCounts.set(file, figures.length);
    }
    assert.ok([...figureCounts.values()].reduce((sum, count) => sum + count, 0) >= shipped.length);
  });

test("nbconvert runs every shipped notebook into a page with a picture for every figure", {
  skip: withoutJupyter,
}, () => {
  for (const file of shipped) {
    const { target, errors, exitCode } = execute(pageTool, `notebooks/${file}`);
    assert.equal(exitCode, 0, `${file}: ${errors}`);
    const page = readFileSync(target, "utf8");
    const pictures = page.match(/<img[^>]+src="data:image\/svg\+xml/g) ?? [];
    assert.equal(pictures.length, figureCounts.get(file), file);
  }
});

for (const tool of [...tools, pageTool])
  test(`${tool.name} stops at a cell that throws and names the cell and what it threw`, {
    skip: withoutJupyter,
  }, () => {
    writeMade(jupyter.folder, "failing.ipynb", ["1 + 1", 'throw new RangeError("too far")', '"unreached"']);
    const { errors, exitCode } = execute(tool, "failing.ipynb");
    assert.notEqual(exitCode, 0);
    assert.match(errors, /In \[2\]|throw new RangeError\("too far"\)/);
    assert.match(errors, /RangeError: too far/);
    assert.doesNotMatch(errors, /unreached/);
  });
